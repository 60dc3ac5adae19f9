import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { buildLambda } from "../build.ts";
import { tokens } from "../local/slack/people.ts";
import { Secret } from "../src/domain/secret.ts";
import { seal, slackSource } from "../src/lambda/sealed.ts";
import { commandBody, eventsOf } from "../test/support/functions.ts";
import { quantile } from "./environment.ts";
import { onCore } from "./processes.ts";
import { aWorkFunction } from "./work-function.ts";
import { aWorld } from "./world.ts";

const run = promisify(execFile);
const rounds = 15;

/** From the start of the process to what the function returns. */
const caller = `
  const [file, name, event] = process.argv.slice(1);
  const { [name]: call } = await import(file);
  const returned = await call(JSON.parse(event), { awsRequestId: "1", getRemainingTimeInMillis: () => 40_000 });
  const statusCode = returned?.statusCode ?? null;
  const ms = performance.now();
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  console.log(JSON.stringify({ ms, cpuMs, rssMb: process.memoryUsage().rss / 1e6, statusCode }));
  process.exit(0);
`;

const sample = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  rssMb: z.number(),
  statusCode: z.number().nullable(),
});
type Sample = z.infer<typeof sample>;
type Variant = { file: string; name: "slack" | "work"; event: () => object; wants: number | null };

/** Cold starts to the first answer, each in a process of its own, the variants in turn. */
export async function cold() {
  const folder = await mkdtemp(join(tmpdir(), "patchbay-bench-"));
  await buildLambda(folder);
  const world = await aWorld();
  const work = await aWorkFunction(world.environment);
  const child = (name: string) => resolve(import.meta.dirname, "children", name);
  const built = { file: join(folder, "lambda.mjs"), name: "slack" } as const;
  const worker = { file: join(folder, "lambda-worker.mjs"), name: "work", wants: null } as const;
  const variants: Record<string, Variant> = {
    floor: { file: child("floor.mjs"), name: "slack", event: help, wants: 200 },
    refused: { ...built, event: forged, wants: 401 },
    acknowledged: { ...built, event: help, wants: 200 },
    "answered: help": { ...worker, event: () => handedOver("help") },
    "answered: start": { ...worker, event: () => handedOver("start twitch") },
    naive: { file: child("naive.mjs"), name: "slack", event: help, wants: 200 },
  };
  const samples = new Map<string, Sample[]>(Object.keys(variants).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const [name, variant] of Object.entries(variants))
        samples.get(name)?.push(await measure(variant, world.environment));
  } finally {
    work.close();
    world.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { rounds, variants: report(samples) };
}

const help = () => eventsOf(commandBody("help"), Date.now()).functionUrl;

const forged = () => {
  const event = help();
  return { ...event, body: `A${event.body.slice(1)}` };
};

/** What `slack` leaves for `work`. */
function handedOver(text: string) {
  const body = commandBody(text);
  const request = { mediaType: "application/x-www-form-urlencoded", key: body, body };
  const sealed = seal(JSON.stringify(request), new Secret(tokens.bot));
  return { source: slackSource, sealed };
}

async function measure({ file, name, event, wants }: Variant, world: Record<string, string>) {
  const args = ["--input-type=module", "--eval", caller, file, name, JSON.stringify(event())];
  const env = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    TZ: "UTC",
    PATCHBAY_LOG: "error",
    ...world,
  };
  const { stdout } = await run(...onCore(0, args), { env });
  const read = sample.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  if (read.statusCode !== wants) throw new Error(`${file} answered ${read.statusCode}`);
  return read;
}

function report(samples: Map<string, Sample[]>) {
  const of = (name: string, what: "ms" | "cpuMs" | "rssMb", part = 0.5) =>
    quantile(samples.get(name)?.map((each) => each[what]) ?? [], part);
  const times = (name: string, what: "ms" | "cpuMs") =>
    Math.round((100 * of(name, what)) / of("floor", what)) / 100;
  const rows = [...samples.keys()].map((name) => [
    name,
    {
      ...{ median: of(name, "ms"), p90: of(name, "ms", 0.9), least: of(name, "ms", 0) },
      timesFloor: times(name, "ms"),
      ...{ cpuMs: of(name, "cpuMs"), cpuTimesFloor: times(name, "cpuMs") },
      rssMb: of(name, "rssMb"),
    },
  ]);
  const table: Record<string, Record<string, number>> = Object.fromEntries(rows);
  console.table(table);
  return table;
}
