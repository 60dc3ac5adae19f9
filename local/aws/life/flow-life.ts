import type { createTimers } from "../../timers.ts";
import type { LocalFlowStatus, World } from "../../world.ts";

const settles: Partial<Record<LocalFlowStatus, LocalFlowStatus>> = {
  STARTING: "ACTIVE",
  UPDATING: "ACTIVE",
  STOPPING: "STANDBY",
};

/** What waits, and how long a state takes that takes time, in milliseconds. */
export type Pace = { timers: ReturnType<typeof createTimers>; stepMs: number };

/** Making and deleting takes no longer than this: it is what a first start waits for. In AWS it takes up to minutes. */
export const longestMakingMs = 100;

/** The states of the flow; a world that was saved in the middle of a change goes on with it. */
export function flowLife(world: World, { timers, stepMs }: Pace) {
  const settle = (status: LocalFlowStatus) => {
    const next = settles[status];
    if (next === undefined && status !== "DELETING") return;
    timers.set("flow", status === "UPDATING" ? stepMs / 2 : stepMs, () => {
      if (world.data.flow?.status !== status) return;
      if (next === undefined) end();
      else move(next);
    });
  };

  const move = (status: LocalFlowStatus) => {
    const { flow } = world.data;
    if (flow !== null && flow.status !== status) {
      world.change((data) => Object.assign(data.flow ?? {}, { status, changedAt: world.now() }));
      world.log(`${flow.name} is ${status}`);
    }
    settle(status);
  };

  const end = () => {
    const name = world.data.flow?.name;
    world.change((data) => {
      data.flow = null;
    });
    world.log(`${name} is deleted`);
  };

  if (world.data.flow !== null) settle(world.data.flow.status);
  return {
    move,
    /** It is UPDATING for a moment whenever a channel or input of it comes, goes, starts or stops (MediaConnect). */
    disturb: () => {
      const status = world.data.flow?.status;
      if (status === "ACTIVE" || status === "UPDATING") move("UPDATING");
    },
  };
}
