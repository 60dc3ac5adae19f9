import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildDaemon, buildLambda } from "../build.ts";
import { tokens } from "../local/slack/people.ts";
import { commandBody } from "../test/support/functions.ts";
import { slackSigned } from "../test/support/slack-signed.ts";
import { quantile } from "./environment.ts";
import { refusals } from "./flood.ts";
import { cpuSeconds, start } from "./processes.ts";
import { aWorld } from "./world.ts";

const seconds = 5;
const connections = 32;
/** Beyond this many a second dynalite is what is measured. */
const rates = { stub: 200, dynalite: 20 };

type Answer = { status: number; ms: number };
type Bot = Awaited<ReturnType<typeof startBot>>;

/**
 * Signed commands at a steady rate, each of which is safe before its answer: the built function leaves it with a Lambda that
 * only takes it; the daemon claims it by a conditional write and does what it says, with a store that only keeps claims,
 * and, slower, with dynalite behind the whole local AWS. Then floods of what Slack did not sign.
 */
export async function ack() {
  const folder = await mkdtemp(join(tmpdir(), "patchbay-bench-"));
  await Promise.all([buildDaemon(folder), buildLambda(folder)]);
  const world = await aWorld();
  const { AWS_ENDPOINT_URL: aws = "" } = world.environment;
  const claims = await start(1, ["--import", "tsx", "bench/children/claims.ts", aws]);
  const args = [join(folder, "main.mjs")];
  const functionArgs = ["--import", "tsx", "local/function-runtime.ts", join(folder, "lambda.mjs")];
  const { environment } = world;
  const stub = { ...environment, AWS_ENDPOINT_URL: claims.line };
  try {
    const rows = {
      ...(await withBot({ args: [...functionArgs, "slack"], environment: stub }, async (bot) => ({
        "function, 200/s, left in memory": await steady(bot, rates.stub),
      }))),
      ...(await withBot({ args, environment: stub }, async (bot) => ({
        "daemon, 200/s, claims in memory": await steady(bot, rates.stub),
        ...(await refusals(bot, { connections, signed: signedCommand() })),
      }))),
      ...(await withBot({ args, environment }, async (bot) => ({
        "daemon, 20/s, claims in dynalite": await steady(bot, rates.dynalite),
      }))),
    };
    console.table(rows);
    return rows;
  } finally {
    claims.child.kill();
    world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Started = { args: string[]; environment: Record<string, string> };

async function withBot<Rows>(started: Started, measure: (bot: Bot) => Promise<Rows>) {
  const bot = await startBot(started);
  try {
    await warmUp(bot);
    return await measure(bot);
  } finally {
    bot.child.kill("SIGKILL");
    bot.agent.destroy();
  }
}

/** Nothing but commands is to come. */
const quiet = { PATCHBAY_EVENTS_QUEUE_URL: "" };

async function startBot({ args, environment }: Started) {
  const { SLACK_APP_TOKEN: _, ...rest } = environment;
  const own = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    TZ: "UTC",
    PATCHBAY_LOG: "error",
    PORT: "0",
  };
  const { child, line } = await start(0, args, {
    ...own,
    NODE_NO_WARNINGS: "1",
    ...rest,
    ...quiet,
  });
  const port = Number(/:(\d+)\b/.exec(line)?.[1]);
  return { child, port, agent: new Agent({ keepAlive: true, maxSockets: connections }) };
}

/** An open loop: each request leaves at its time, whatever became of those before. */
async function steady(bot: Bot, perSecond: number) {
  const cpuBefore = cpuSeconds(bot.child);
  const started = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let count = 0; count < seconds * perSecond; count += 1) {
    const waitMs = started + (count * 1000) / perSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    answers.push(send(bot));
  }
  const all = await Promise.all(answers);
  const cpu = cpuBefore === null ? null : (cpuSeconds(bot.child) ?? 0) - cpuBefore;
  return { ...summary(all), "cpu ms each": cpu === null ? null : (1000 * cpu) / all.length };
}

/** Until the code is compiled, which the first seconds of a load would otherwise be about. */
async function warmUp(bot: Bot): Promise<void> {
  for (let count = 0; count < 1_000; count += 1) await send(bot);
}

function signedCommand() {
  const body = commandBody("help");
  const at = Math.floor(Date.now() / 1000);
  const type = "application/x-www-form-urlencoded";
  return { body, headers: slackSigned(body, { secret: tokens.signing, at, type }) };
}

function send({ agent, port }: Bot) {
  const { body, headers } = signedCommand();
  return new Promise<Answer>((resolve, reject) => {
    const started = performance.now();
    const place = { agent, port, method: "POST", path: "/slack/events", host: "127.0.0.1" };
    const sent = request({ ...place, headers }, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      answer.on("end", () => resolve({ status, ms: performance.now() - started }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function summary(answers: readonly Answer[]) {
  const ms = answers.map((each) => each.ms);
  const errors = answers.filter(({ status }) => status !== 200).length;
  return { p50: quantile(ms, 0.5), p99: quantile(ms, 0.99), most: quantile(ms, 1), errors };
}
