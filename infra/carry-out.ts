import type { Stack } from "./cloud.ts";
import { deployStack } from "./deploy-stack.ts";
import type { Builder } from "./desk.ts";
import { dropPlan, type Plan } from "./planning.ts";
import { stackName } from "./stacks.ts";

/**
 * Carries a plan out in order, so that each stack gets what the flow's has said, and gives every stack of the site as it
 * is then. The first failure ends it; what is not carried out any more is cleared away.
 */
export async function carryOut(desk: Builder, made: Plan): Promise<Stack[]> {
  const stacks = new Map(
    made.survey.stacks.flatMap(({ stack }) => (stack === null ? [] : [[stack.name, stack]])),
  );
  const flowName = stackName(desk.options.site, "flow");
  const left = [...made.stacks];
  try {
    for (const plan of made.stacks) {
      left.shift();
      const stack = await deployStack(desk, plan, stacks.get(flowName) ?? null);
      if (stack !== null) stacks.set(stack.name, stack);
    }
  } catch (error) {
    // The first failure is the one to tell.
    await dropPlan(desk, { stacks: left }).catch(() => undefined);
    throw error;
  }
  return [...stacks.values()];
}
