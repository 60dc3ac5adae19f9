import type { LocalChannelState, World } from "../../world.ts";
import type { Faults } from "../faults.ts";
import { settleAttachments } from "../medialive/attachments.ts";
import { longestMakingMs, type Pace } from "./flow-life.ts";

/** Where a channel state that takes time ends (MediaLive: starting, stopping and deleting channels). */
const settles: Partial<Record<LocalChannelState, LocalChannelState>> = {
  CREATING: "IDLE",
  STARTING: "RUNNING",
  RECOVERING: "RUNNING",
  STOPPING: "IDLE",
  UPDATING: "IDLE",
  DELETING: "DELETED",
};

/** Which operation brings a channel into a state that a fault can meet. */
const broughtBy: Partial<Record<LocalChannelState, "StartChannel" | "StopChannel">> = {
  STARTING: "StartChannel",
  STOPPING: "StopChannel",
};

type Surroundings = Pace & {
  faults: Pick<Faults, "takeLife" | "onClear">;
  disturbFlow(): void;
};

/** The states of channels; a world that was saved in the middle of a change goes on with it. */
export function channelLife(world: World, { timers, stepMs, faults, disturbFlow }: Surroundings) {
  const stuck = new Set<string>();

  const settle = (id: string, state: LocalChannelState, next = settles[state]) => {
    if (next === undefined) return;
    const isMade = state === "CREATING" || state === "DELETING";
    timers.set(id, isMade ? Math.min(stepMs, longestMakingMs) : stepMs, () => {
      if (world.data.channels[id]?.state === state) move(id, next);
    });
  };

  const move = (id: string, state: LocalChannelState) => {
    world.change((data) => {
      const channel = data.channels[id];
      if (channel) Object.assign(channel, { state, changedAt: world.now() });
      if (state === "DELETED") settleAttachments(data);
    });
    world.log(`${world.data.channels[id]?.name ?? id} is ${state}`);
    goOn(id, state);
    if (state === "STARTING" || state === "STOPPING") disturbFlow();
  };

  /** Lets the state pass, unless a fault keeps the channel in it or lets it fall back. */
  const goOn = (id: string, state: LocalChannelState) => {
    stuck.delete(id);
    const operation = broughtBy[state];
    const fault = operation === undefined ? null : faults.takeLife(operation);
    if (fault === "stuck") stuck.add(id);
    else settle(id, state, fault === "falls-back" ? "IDLE" : settles[state]);
  };

  for (const { id, state } of Object.values(world.data.channels)) settle(id, state);
  const forget = faults.onClear(() => {
    for (const id of stuck) settle(id, world.data.channels[id]?.state ?? "DELETED");
    stuck.clear();
  });
  return { move, close: forget };
}
