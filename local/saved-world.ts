import { join } from "node:path";
import { z } from "zod";
import { createSaver, loadSaved, type Saver } from "./saved.ts";
import type { LocalBill, World, WorldData } from "./world.ts";

const at = z.number();
const figure = z.number().nullable();

const channel = z.object({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  platform: z.string(),
  output: z.enum(["hls", "rtmp"]),
  url: z.string(),
  streamName: z.string(),
  state: z.enum([
    "CREATING",
    "CREATE_FAILED",
    "IDLE",
    "STARTING",
    "RUNNING",
    "RECOVERING",
    "STOPPING",
    "UPDATING",
    "UPDATE_FAILED",
    "DELETING",
    "DELETED",
  ]),
  changedAt: at,
});

const bill = z.object({
  since: at,
  factor: z.number().positive(),
  runs: z.array(
    z.object({
      of: z.enum(["channel", "flow", "source"]),
      id: z.string(),
      from: at,
      to: at.nullable(),
      bitrateBps: figure,
    }),
  ),
});

const worldData = z.object({
  channels: z.record(z.string(), channel),
  flow: z.object({
    arn: z.string(),
    name: z.string(),
    status: z.enum(["STANDBY", "STARTING", "ACTIVE", "UPDATING", "STOPPING", "ERROR", "DELETING"]),
    changedAt: at,
  }),
  source: z.object({
    by: z.enum(["media", "switch"]),
    connected: z.boolean(),
    bitrateBps: figure,
    rttMs: figure,
    lossPercent: figure,
    changedAt: at,
  }),
  clock: z.object({ offsetMs: z.number().nonnegative() }).default({ offsetMs: 0 }),
  bill: bill.optional(),
  events: z.array(z.object({ at, text: z.string() })),
});

const fileIn = (home: string) => join(home, "world.json");

/**
 * The world as it was left, or null on a new home. What was measured on real media is measured anew, and
 * a jump of the clock ends with the world that made it.
 */
export function loadWorld(home: string): Promise<WorldData | null> {
  return loadSaved(fileIn(home), (value) => {
    const { data } = worldData.safeParse(value);
    if (data === undefined) return null;
    const unknown = { connected: false, bitrateBps: null, rttMs: null, lossPercent: null };
    const source =
      data.source.by === "media"
        ? { ...data.source, ...unknown, by: "switch" as const }
        : data.source;
    const clock = { ...data.clock, jump: null };
    return { ...data, source, outputs: {}, clock, bill: data.bill ?? newBill(data.flow.changedAt) };
  });
}

/** A world that was saved before there were bills is billed from its last sign of life. */
const newBill = (since: number): LocalBill => ({ since, factor: 1, runs: [] });

/** Saves each change of the world soon after it. */
export function keepWorld(world: World, home: string): Saver {
  const saver = createSaver(fileIn(home), () => ({ ...world.data, outputs: {} }));
  world.onChange(saver.saveSoon);
  return saver;
}
