import { createTimers } from "../timers.ts";
import type { LocalChannelState, LocalFlowStatus, World } from "../world.ts";

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

/** A step of 0 ms settles with the next timers, so that the answer to the call still shows the state between. */
export function createLife(world: World, stepMs: number): Life {
  const timers = createTimers(world);

  const settleChannel = (id: string, state: LocalChannelState) => {
    const next = channelSettles[state];
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
    settleChannel(id, state);
    disturbFlow(state);
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

  return {
    moveChannel,
    moveFlow,
    close: timers.close,
  };
}
