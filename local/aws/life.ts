import { createTimers } from "../timers.ts";
import type { LocalChannelState, LocalFlowStatus, LocalInputState, World } from "../world.ts";
import type { Faults } from "./faults.ts";
import { channelLife } from "./life/channel-life.ts";
import { flowLife } from "./life/flow-life.ts";
import { inputLife } from "./life/input-life.ts";

/** Moves channels, inputs and the flow through the states that take time. */
export type Life = {
  /** Puts the channel in `state`, and after the step time in what follows from it. */
  moveChannel(id: string, state: LocalChannelState): void;
  /** A flow that was DELETING is gone after the step time. */
  moveFlow(status: LocalFlowStatus): void;
  /** As a channel; an input that was DELETING is gone after the step time. */
  moveInput(id: string, state: LocalInputState): void;
  close(): void;
};

export type LifeOptions = { stepMs: number; faults: Pick<Faults, "takeLife" | "onClear"> };

/** A step of 0 ms settles with the next timers, so that the answer to the call still shows the state between. */
export function createLife(world: World, { stepMs, faults }: LifeOptions): Life {
  const timers = createTimers(world);
  const pace = { timers, stepMs };
  const flow = flowLife(world, pace);
  const channels = channelLife(world, { ...pace, faults, disturbFlow: flow.disturb });
  const inputs = inputLife(world, { ...pace, disturbFlow: flow.disturb });
  return {
    moveChannel: channels.move,
    moveFlow: flow.move,
    moveInput: inputs.move,
    close: () => {
      channels.close();
      timers.close();
    },
  };
}
