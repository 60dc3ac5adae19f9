import type { LocalInputState, World } from "../../world.ts";
import { longestMakingMs, type Pace } from "./flow-life.ts";

const settles: Partial<Record<LocalInputState, LocalInputState>> = {
  CREATING: "DETACHED",
  DELETING: "DELETED",
};

/** The states of inputs that take time; ATTACHED and DETACHED follow from the channels. */
export function inputLife(
  world: World,
  { timers, stepMs, disturbFlow }: Pace & { disturbFlow(): void },
) {
  const settle = (id: string, state: LocalInputState) => {
    const next = settles[state];
    if (next === undefined) return;
    timers.set(`input ${id}`, Math.min(stepMs, longestMakingMs), () => {
      if (world.data.inputs[id]?.state === state) move(id, next);
    });
  };

  const move = (id: string, state: LocalInputState) => {
    const name = world.data.inputs[id]?.name ?? id;
    world.change(({ inputs }) => {
      if (state === "DELETED") delete inputs[id];
      else Object.assign(inputs[id] ?? {}, { state });
    });
    world.log(`${name} is ${state}`);
    settle(id, state);
    if (state === "CREATING" || state === "DELETING") disturbFlow();
  };

  for (const { id, state } of Object.values(world.data.inputs)) settle(id, state);
  return { move };
}
