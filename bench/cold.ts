import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { buildLambda } from "../build.ts";
import { commandBody, eventsOf } from "../test/support/functions.ts";
import { quantile } from "./environment.ts";
import { aWorld } from "./world.ts";

const run = promisify(execFile);
const rounds = 15;

/** From the start of the process to the answer. */
const caller = `
  const [file, event] = process.argv.slice(1);
  const { slack } = await import(file);
  const { statusCode } = await slack(JSON.parse(event));
  const rssMb = process.memoryUsage().rss / 1e6;
  console.log(JSON.stringify({ ms: performance.now(), rssMb, statusCode }));
  process.exit(0);
`;

const sample = z.object({ ms: z.number(), rssMb: z.number(), statusCode: z.number() });
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
  const variants: Record<string, Variant> = {
    floor: { file: child("floor.mjs"), body: help, wants: 200 },
    refused: { file: built, body: help, forged: true, wants: 401 },
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
  const { stdout } = await run(process.execPath, args, { env });
  const read = sample.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  if (read.statusCode !== wants) throw new Error(`${file} answered ${read.statusCode}`);
  return read;
}

function report(samples: Map<string, Sample[]>) {
  const floor = quantile(samples.get("floor")?.map(({ ms }) => ms) ?? [], 0.5);
  const rows = [...samples].map(([name, each]) => {
    const ms = each.map((one) => one.ms);
    const median = quantile(ms, 0.5);
    const rssMb = quantile(
      each.map((one) => one.rssMb),
      0.5,
    );
    const least = quantile(ms, 0);
    return [
      name,
      { median, p90: quantile(ms, 0.9), least, rssMb, timesFloor: quantile([median / floor], 0) },
    ];
  });
  const table: Record<string, Record<string, number>> = Object.fromEntries(rows);
  console.table(table);
  return table;
}
