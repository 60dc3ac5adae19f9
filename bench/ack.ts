import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { tokens } from "../local/slack/people.ts";
import { commandBody } from "../test/support/functions.ts";
import { slackSigned } from "../test/support/slack-signed.ts";
import { quantile } from "./environment.ts";
import { aWorld } from "./world.ts";

const signedSeconds = 5;
const perSecond = 200;
const floodSeconds = 3;
const connections = 32;
const port = 43_900;

type Answer = { status: number; ms: number };

/** Signed commands at a steady rate, each of which is claimed in DynamoDB before its answer; then a flood of unsigned ones. */
export async function ack() {
  const world = await aWorld();
  const { SLACK_APP_TOKEN: _, ...environment } = world.environment;
  const bot = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    env: {
      PATH: process.env.PATH,
      HOME: ".",
      TZ: "UTC",
      PATCHBAY_LOG: "error",
      PORT: String(port),
      ...environment,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    await untilReady(agent);
    await steady(agent, 1);
    const signed = summary(await steady(agent, signedSeconds));
    const flood = await refuse(agent);
    console.table({ signed, flood });
    return { signed, flood };
  } finally {
    agent.destroy();
    bot.kill("SIGKILL");
    world.close();
  }
}

async function untilReady(agent: Agent): Promise<void> {
  for (;;) {
    const healthy = await ask(agent, { method: "GET", path: "/healthz" }).catch(() => null);
    if (healthy?.status === 200) return;
    await sleep(100);
  }
}

/** An open loop: each request leaves at its time, whatever became of those before. */
async function steady(agent: Agent, seconds: number): Promise<Answer[]> {
  const started = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let count = 0; count < seconds * perSecond; count += 1) {
    const waitMs = started + (count * 1000) / perSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    answers.push(ask(agent, signedCommand()));
  }
  return Promise.all(answers);
}

function signedCommand() {
  const body = commandBody("help");
  const at = Math.floor(Date.now() / 1000);
  const type = "application/x-www-form-urlencoded";
  return { body, headers: slackSigned(body, { secret: tokens.signing, at, type }) };
}

async function refuse(agent: Agent) {
  const { body, headers } = signedCommand();
  const forged = { body, headers: { ...headers, "x-slack-signature": `v0=${"0".repeat(64)}` } };
  const started = performance.now();
  let refused = 0;
  const one = async (): Promise<void> => {
    while (performance.now() - started < floodSeconds * 1000) {
      const { status } = await ask(agent, forged);
      if (status === 401) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { refusedPerSecond: Math.round(refused / floodSeconds) };
}

type Asked = { method?: string; path?: string; body?: string; headers?: Record<string, string> };

function ask(
  agent: Agent,
  { method = "POST", path = "/slack/events", body = "", headers = {} }: Asked,
) {
  return new Promise<Answer>((resolve, reject) => {
    const started = performance.now();
    const sent = request({ agent, port, method, path, headers, host: "127.0.0.1" }, (answer) => {
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
