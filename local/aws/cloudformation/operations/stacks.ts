import { isBuiltIn } from "../built-in.ts";
import {
  newStack,
  startCreating,
  startDeleting,
  startUpdating,
  toDeployment,
} from "../deployments.ts";
import { toDifference } from "../diff.ts";
import type { Engine } from "../engine.ts";
import { requireUnused } from "../outputs.ts";
import { validationError } from "../refusals.ts";
import { type Asked, requireText } from "../requests.ts";
import type { Stack } from "../stacks.ts";
import { alreadyExists, findStack, requireDeletable, requireUpdatable } from "../states.ts";
import type { Operation } from "./operation.ts";

export const createStack: Operation = (engine, asked) => {
  const name = requireText("stackName", asked.StackName);
  if (engine.stacks.find(name) !== undefined) throw alreadyExists(`Stack [${name}] already exists`);
  const stack = newStack(engine, name);
  const deployment = toDeployment(engine, asked, stack);
  toDifference(engine, stack, deployment);
  engine.stacks.add(stack);
  stack.terminationProtection = asked.EnableTerminationProtection;
  const onFailure = asked.OnFailure ?? (asked.DisableRollback ? "DO_NOTHING" : "ROLLBACK");
  startCreating(engine, stack, { deployment, onFailure, token: asked.ClientRequestToken });
  return { StackId: stack.id };
};

export const updateStack: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  requireUpdatable(stack);
  const deployment = toDeployment(engine, asked, stack);
  if (!toDifference(engine, stack, deployment).any) {
    throw validationError("No updates are to be performed.");
  }
  const onFailure = asked.DisableRollback ? "DO_NOTHING" : "ROLLBACK";
  startUpdating(engine, stack, { deployment, onFailure, token: asked.ClientRequestToken });
  return { StackId: stack.id };
};

/** DeleteStack: one that is not there, or is on its way out, is no error (CloudFormation API reference). */
export const deleteStack: Operation = (engine, asked) => {
  const name = requireText("stackName", asked.StackName);
  const isGone = engine.stacks.find(name) === undefined && !isBuiltIn(engine.site, name);
  const stack = isGone ? null : findStack(engine, name);
  if (stack === null || stack.deletedAt !== null) return {};
  if (stack.status === "DELETE_IN_PROGRESS") return {};
  requireDeletable(stack);
  requireRetainable(stack, asked);
  requireExportsUnused(engine, stack);
  startDeleting(engine, stack, asked);
  return {};
};

function requireRetainable({ name, status }: Stack, { RetainResources }: Asked) {
  if (RetainResources.length === 0 || status === "DELETE_FAILED") return;
  throw validationError(
    `Invalid operation on stack [${name}]. Specify resources to retain only when the current stack state is DELETE_FAILED.`,
  );
}

function requireExportsUnused(engine: Engine, { outputs }: Stack) {
  for (const { exportName } of outputs) {
    if (exportName !== null) requireUnused(engine, exportName, "deleted");
  }
}

export const updateTerminationProtection: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  stack.terminationProtection = asked.EnableTerminationProtection;
  engine.stacks.changed();
  return { StackId: stack.id };
};
