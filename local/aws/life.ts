import { createTimers } from "../timers.ts";
import type { LocalChannelState, LocalFlowStatus, World } from "../world.ts";
import type { Faults } from "./faults.ts";

/** Where a channel state that takes time ends (MediaLive: starting, stopping and deleting channels). */
const channelSettles: Partial<Record<LocalChannelState, LocalChannelState>> = {
  CREATING: "IDLE",
  STARTING: "RUNNING",
  RECOVERING: "RUNNING",
  STOPPING: "IDLE",
  UPDATING: "IDLE",
  DELETING: "DELETED",
};

const flowSettles: Partial<Record<LocalFlowStatus, LocalFlowStatus>> = {
  STARTING: "ACTIVE",
  UPDATING: "ACTIVE",
  STOPPING: "STANDBY",
};

/** Moves channels and the flow through the states that take time. */
export type Life = {
  /** Puts the channel in `state`, and after the step time in what follows from it. */
  moveChannel(id: string, state: LocalChannelState): void;
  moveFlow(status: LocalFlowStatus): void;
  close(): void;
};

/** Which operation brings a channel into a state that a fault can meet. */
const broughtBy: Partial<Record<LocalChannelState, "StartChannel" | "StopChannel">> = {
  STARTING: "StartChannel",
  STOPPING: "StopChannel",
};

export type LifeOptions = { stepMs: number; faults: Pick<Faults, "takeLife" | "onClear"> };

/** A step of 0 ms settles with the next timers, so that the answer to the call still shows the state between. */
export function createLife(world: World, { stepMs, faults }: LifeOptions): Life {
  const timers = createTimers(world);
  const stuck = new Set<string>();

  const settleChannel = (id: string, state: LocalChannelState, next = channelSettles[state]) => {
    if (next === undefined) return;
    timers.set(id, stepMs, () => {
      if (world.data.channels[id]?.state === state) moveChannel(id, next);
    });
  };

  const settleFlow = (status: LocalFlowStatus) => {
    const next = flowSettles[status];
    if (next === undefined) return;
    timers.set("flow", status === "UPDATING" ? stepMs / 2 : stepMs, () => {
      if (world.data.flow.status === status) moveFlow(next);
    });
  };

  /** A flow is UPDATING for a moment whenever one of its channels starts or stops (MediaConnect with MediaLive). */
  const disturbFlow = (state: LocalChannelState) => {
    const { status } = world.data.flow;
    const passes = state === "STARTING" || state === "STOPPING";
    if (passes && (status === "ACTIVE" || status === "UPDATING")) moveFlow("UPDATING");
  };

  const moveChannel = (id: string, state: LocalChannelState) => {
    world.change(({ channels }) => {
      const channel = channels[id];
      if (channel) Object.assign(channel, { state, changedAt: world.now() });
    });
    world.log(`${world.data.channels[id]?.name ?? id} is ${state}`);
    goOn(id, state);
    disturbFlow(state);
  };

  /** Lets the state pass, unless a fault keeps the channel in it or lets it fall back. */
  const goOn = (id: string, state: LocalChannelState) => {
    stuck.delete(id);
    const operation = broughtBy[state];
    const fault = operation === undefined ? null : faults.takeLife(operation);
    if (fault === "stuck") stuck.add(id);
    else settleChannel(id, state, fault === "falls-back" ? "IDLE" : channelSettles[state]);
  };

  const moveFlow = (status: LocalFlowStatus) => {
    if (status !== world.data.flow.status) {
      world.change(({ flow }) => Object.assign(flow, { status, changedAt: world.now() }));
      world.log(`${world.data.flow.name} is ${status}`);
    }
    settleFlow(status);
  };

  // A world that was saved in the middle of a change goes on with it.
  for (const channel of Object.values(world.data.channels))
    settleChannel(channel.id, channel.state);
  settleFlow(world.data.flow.status);

  const forget = faults.onClear(() => {
    for (const id of stuck) settleChannel(id, world.data.channels[id]?.state ?? "DELETED");
    stuck.clear();
  });

  return {
    moveChannel,
    moveFlow,
    close: () => {
      forget();
      timers.close();
    },
  };
}
