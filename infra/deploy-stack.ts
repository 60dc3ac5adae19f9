import { OpsError } from "../src/errors.ts";
import { makeChangeSet } from "./change-set.ts";
import type { Parameter, Stack } from "./cloud.ts";
import type { Builder } from "./desk.ts";
import { type Failure, failureLines, firstFailure } from "./failure.ts";
import { handedOnTo, isNothing, type StackPlan } from "./planning.ts";
import { type Followed, follow, knownEvents } from "./progress.ts";
import { conditionOf, hasSucceeded } from "./stack-state.ts";

/**
 * Carries out the plan of one stack and says how it goes; gives the stack as it is then, null when there was nothing to
 * do. What failed only because AWS did not know a new role yet is done once more.
 */
export async function deployStack(
  desk: Builder,
  plan: StackPlan,
  flow: Stack | null,
): Promise<Stack | null> {
  const { name } = plan.target;
  if (isNothing(plan) && isAsPlanned(desk, plan, flow)) return null;
  if (plan.mustRemove) await removeFailed(desk, name);
  const changeSetId = await currentChangeSet(desk, plan, flow);
  if (changeSetId === null) return null;
  desk.say(`Deploying ${name} …`);
  const first = await execute(desk, name, changeSetId);
  if (hasSucceeded(first.stack)) return first.stack;
  const failure = firstFailure(first.events);
  if (failure?.mayPass !== true) throw failed(first, failure);
  desk.say(`  ${failureLines(failure).join(" ")}`);
  desk.say(`Deploying ${name} once more …`);
  return again(desk, plan, flow);
}

async function again(desk: Builder, plan: StackPlan, flow: Stack | null): Promise<Stack> {
  const { name } = plan.target;
  const isNew = plan.kind === "create";
  if (isNew) await removeFailed(desk, name);
  const { id } = await makeChangeSet(desk, {
    ...withHandedOn(desk, plan, flow),
    name: `${plan.request.name}-again`,
  });
  const second = id === null ? null : await execute(desk, name, id);
  if (second !== null && hasSucceeded(second.stack)) return second.stack;
  throw second === null
    ? new OpsError("conflict", `${name} cannot be deployed once more: nothing is left to change.`)
    : failed(second, firstFailure(second.events));
}

/** What the flow hands on, but for what somebody gave on the command line, which goes first, as in the plan. */
const handedOnNow = ({ options }: Builder, { target }: StackPlan, flow: Stack | null) =>
  Object.fromEntries(
    Object.entries(handedOnTo(target, flow)).filter(([name]) => !(name in options.parameters)),
  );

const isAsPlanned = (desk: Builder, plan: StackPlan, flow: Stack | null): boolean =>
  Object.entries(handedOnNow(desk, plan, flow)).every(
    ([name, value]) => plan.handedOn[name] === value,
  );

/** The planned change set, or a new one when the flow hands on something else than was planned with. */
async function currentChangeSet(
  desk: Builder,
  plan: StackPlan,
  flow: Stack | null,
): Promise<string | null> {
  if (plan.changeSetId !== null && isAsPlanned(desk, plan, flow)) return plan.changeSetId;
  if (plan.changeSetId !== null) await desk.cloud.deleteChangeSet(plan.changeSetId);
  const request = { ...withHandedOn(desk, plan, flow), name: `${plan.request.name}-anew` };
  return (await makeChangeSet(desk, request)).id;
}

function withHandedOn(desk: Builder, plan: StackPlan, flow: Stack | null) {
  const { request, template } = plan;
  const handedOn = handedOnNow(desk, plan, flow);
  const declared = new Set(template.parameters.map(({ name }) => name));
  const others = request.parameters.filter(({ key }) => !(key in handedOn));
  const own = Object.entries(handedOn).filter(([key]) => declared.has(key));
  const parameters: Parameter[] = [...others, ...own.map(([key, value]) => ({ key, value }))];
  return { ...request, parameters };
}

async function execute(desk: Builder, name: string, changeSetId: string): Promise<Followed> {
  const stack = await desk.cloud.stack(name);
  if (stack === null) throw new OpsError("not-found", `The stack ${name} is gone.`);
  const known = await knownEvents(desk, stack.id);
  await desk.cloud.executeChangeSet(changeSetId);
  return follow(desk, stack.id, known);
}

/** Removes a stack that failed while it was made, and waits until it is gone. */
export async function removeFailed(desk: Builder, name: string): Promise<void> {
  const stack = await desk.cloud.stack(name);
  if (stack === null) return;
  if (conditionOf(stack) !== "failed") throw changedMeanwhile(stack);
  desk.say(`Removing what is left of ${name} …`);
  const known = await knownEvents(desk, stack.id);
  await desk.cloud.deleteStack(stack.id);
  const { stack: after, events } = await follow(desk, stack.id, known);
  if (!hasSucceeded(after)) throw failed({ stack: after, events }, firstFailure(events));
}

const changedMeanwhile = ({ name, status }: Stack) =>
  new OpsError("conflict", `${name} has been changed meanwhile by somebody (${status}).`, {
    hint: "Look at it with npm run infra -- plan, and deploy again.",
  });

/** What went wrong, what is left, what to do. */
export function failed({ stack }: Followed, failure: Failure | null): OpsError {
  const lines = [`${stack.name} failed.`, ...failureLines(failure)];
  return new OpsError("aws-refused", lines.join("\n"), { hint: leftOf(stack) });
}

function leftOf({ name, status }: Stack): string {
  if (status === "ROLLBACK_COMPLETE")
    return `Nothing of ${name} is left running; the next deploy removes its remains and makes it anew.`;
  if (status === "UPDATE_ROLLBACK_COMPLETE")
    return `${name} is as it was before. Stacks before it in the list stay deployed; mend the cause and deploy again.`;
  if (status === "DELETE_FAILED")
    return `The rest of ${name} is still there and may cost. Mend the cause, then run the same command again.`;
  return `${name} is ${status}; npm run infra -- status shows what is there.`;
}
