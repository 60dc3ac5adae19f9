import { join } from "node:path";
import { z } from "zod";
import { seedFlowSpec } from "./aws/seed.ts";
import { seedInput, seedSpec } from "./aws/seed-channels.ts";
import { createSaver, loadSaved, type Saver } from "./saved.ts";
import { channelSpec, flowSpec, input, securityGroup } from "./saved-specs.ts";
import type { LocalBill, LocalChannel, LocalFlow, LocalInput, World, WorldData } from "./world.ts";

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
  spec: channelSpec.optional(),
  createdAt: at.default(0),
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

const flow = z.object({
  arn: z.string(),
  name: z.string(),
  spec: flowSpec.optional(),
  status: z.enum(["STANDBY", "STARTING", "ACTIVE", "UPDATING", "STOPPING", "ERROR", "DELETING"]),
  changedAt: at,
});

const worldData = z.object({
  channels: z.record(z.string(), channel),
  inputs: z.record(z.string(), input).optional(),
  securityGroups: z.record(z.string(), securityGroup).default({}),
  flow: flow.nullable(),
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
    const bill = data.bill ?? newBill(data.flow?.changedAt ?? 0);
    return { ...data, ...resourcesOf(data), source, outputs: {}, clock, bill };
  });
}

type Saved = z.infer<typeof worldData>;

/** A world that was saved before channels were created has those of the seed, and gets what the seed has made of. */
function resourcesOf(data: Saved): Pick<WorldData, "channels" | "inputs" | "flow"> {
  const channels = Object.values(data.channels).map(
    (each): LocalChannel => ({ ...each, spec: each.spec ?? seedSpec(each) }),
  );
  const flow: LocalFlow | null =
    data.flow === null ? null : { ...data.flow, spec: data.flow.spec ?? seedFlowSpec(data.flow) };
  const inputs: LocalInput[] =
    data.inputs === undefined
      ? channels.map((channel) => seedInput(channel, flow?.arn ?? ""))
      : Object.values(data.inputs);
  return { channels: byId(channels), inputs: byId(inputs), flow };
}

const byId = <T extends { id: string }>(items: readonly T[]) =>
  Object.fromEntries(items.map((item) => [item.id, item]));

/** A world that was saved before there were bills is billed from its last sign of life. */
const newBill = (since: number): LocalBill => ({ since, factor: 1, runs: [] });

/** Saves each change of the world soon after it. */
export function keepWorld(world: World, home: string): Saver {
  const saver = createSaver(fileIn(home), () => ({ ...world.data, outputs: {} }));
  world.onChange(saver.saveSoon);
  return saver;
}
