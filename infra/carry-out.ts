import { OpsError } from "../src/errors.ts";
import type { Stack } from "./cloud.ts";
import { deployStack } from "./deploy-stack.ts";
import type { Builder } from "./desk.ts";
import { lookAgain, refuseDeployment } from "./on-air.ts";
import { dropPlan, isEmpty, type Plan, type StackPlan } from "./planning.ts";
import { stackName } from "./stacks.ts";
import type { Survey } from "./survey.ts";

/**
 * Carries a plan out in order, so that each stack gets what the flow's has said, and gives every stack of the site as it
 * is then. The first failure ends it, as does a show that has begun; what is not carried out any more is cleared away.
 */
export async function carryOut(desk: Builder, made: Plan): Promise<Stack[]> {
  const stacks = new Map(
    made.survey.stacks.flatMap(({ stack }) => (stack === null ? [] : [[stack.name, stack]])),
  );
  const flowName = stackName(desk.options.site, "flow");
  const left = [...made.stacks];
  try {
    for (const plan of made.stacks) {
      if (!isEmpty(made)) await requireStill(desk, made.survey, plan);
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

async function requireStill(desk: Builder, seen: Survey, plan: StackPlan): Promise<void> {
  if (desk.ending?.aborted) throw stopped();
  const now = await lookAgain(desk.cloud, seen);
  refuseDeployment(now, [plan], `${plan.target.name} was not deployed.`);
}

const stopped = () =>
  new OpsError("conflict", "Stopped. What was deployed before stays.", {
    hint: "npm run infra -- status shows what is there.",
  });
