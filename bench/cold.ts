import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { buildLambda } from "../build.ts";
import { commandBody, eventsOf } from "../test/support/functions.ts";
import { quantile } from "./environment.ts";
import { onCore } from "./processes.ts";
import { aWorld } from "./world.ts";

const run = promisify(execFile);
const rounds = 15;

/** From the start of the process to the answer. */
const caller = `
  const [file, event] = process.argv.slice(1);
  const { slack } = await import(file);
  const { statusCode } = await slack(JSON.parse(event));
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
  statusCode: z.number(),
});
type Sample = z.infer<typeof sample>;
type Variant = { file: string; body: () => string; forged?: boolean; wants: number };

/** Cold starts to the first answer, each in a process of its own, the variants in turn. */
export async function cold() {
  const folder = await mkdtemp(join(tmpdir(), "patchbay-bench-"));
  await buildLambda(folder);
  const world = await aWorld();
  const built = join(folder, "lambda.mjs");
  const child = (name: string) => resolve(import.meta.dirname, "children", name);
  const help = () => commandBody("help");
  /** Answered by Bolt and all of patchbay, but nothing is claimed or read for it. */
  const foreign = () => help().replace(/team_id=\w+/, "team_id=T0ELSEWHERE");
  const variants: Record<string, Variant> = {
    floor: { file: child("floor.mjs"), body: help, wants: 200 },
    refused: { file: built, body: help, forged: true, wants: 401 },
    unclaimed: { file: built, body: foreign, wants: 200 },
    help: { file: built, body: help, wants: 200 },
    start: { file: built, body: () => commandBody("start twitch"), wants: 200 },
    naive: { file: child("naive.mjs"), body: help, wants: 200 },
  };
  const samples = new Map<string, Sample[]>(Object.keys(variants).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const [name, variant] of Object.entries(variants))
        samples.get(name)?.push(await measure(variant, world.environment));
  } finally {
    world.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { rounds, variants: report(samples) };
}

async function measure({ file, body, forged, wants }: Variant, world: Record<string, string>) {
  const { functionUrl } = eventsOf(body(), Date.now());
  const event = forged ? { ...functionUrl, body: `A${functionUrl.body.slice(1)}` } : functionUrl;
  const args = ["--input-type=module", "--eval", caller, file, JSON.stringify(event)];
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
