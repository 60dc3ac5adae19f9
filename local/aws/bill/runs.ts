import type {
  LocalChannelState,
  LocalFlowStatus,
  LocalRun,
  World,
  WorldData,
} from "../../world.ts";
import { isPassing } from "../mediaconnect/flow.ts";

/** A channel is billed as running from the accepted start to the end of the stop; AWS does not say it more exactly. */
const running: readonly LocalChannelState[] = ["STARTING", "RUNNING", "RECOVERING", "STOPPING"];

const idle: readonly LocalFlowStatus[] = ["STANDBY", "DELETING"];

/** Cost Explorer keeps a little more than a year. */
export const keptMs = 400 * 86_400_000;

/** Notes in the world what runs and for how long; answers how to stop noting. */
export function noteRuns(world: World): () => void {
  const note = () => {
    const now = runningIn(world.data);
    const open = world.data.bill.runs.filter(({ to }) => to === null);
    const ended = open.filter((run) => !now.some((each) => isSame(each, run)));
    const begun = now.filter((each) => !open.some((run) => isSame(each, run)));
    if (ended.length + begun.length === 0) return;
    const at = world.now();
    world.change(({ bill }) => {
      for (const run of ended) run.to = at;
      bill.runs = bill.runs.filter(({ to }) => to === null || to > at - keptMs);
      bill.runs.push(...begun.map((each) => ({ ...each, from: at, to: null })));
    });
  };
  note();
  return world.onChange(note);
}

type Running = Pick<LocalRun, "of" | "id" | "bitrateBps">;

const isSame = (left: Running, right: Running) => left.of === right.of && left.id === right.id;

function runningIn(world: Readonly<WorldData>): Running[] {
  const { flow, source } = world;
  const channels = Object.values(world.channels)
    .filter(({ state }) => running.includes(state))
    .map(({ id }): Running => ({ of: "channel", id, bitrateBps: null }));
  if (flow === null || idle.includes(flow.status)) return channels;
  const flows: Running[] = [{ of: "flow", id: flow.arn, bitrateBps: null }];
  const sources: Running[] =
    isPassing(world) && source.connected
      ? [{ of: "source", id: flow.arn, bitrateBps: source.bitrateBps }]
      : [];
  return [...channels, ...flows, ...sources];
}
