import { AwsError } from "../errors.ts";
import { isBuiltIn } from "./built-in.ts";
import type { Engine } from "./engine.ts";
import { isUnderWay } from "./phases.ts";
import { validationError } from "./refusals.ts";
import type { Stack } from "./stacks.ts";

/** States from which an update may begin (CloudFormation user guide, stack status codes). */
const updatable = [
  ...["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"],
  ...["CREATE_FAILED", "UPDATE_FAILED"],
];

export function requireUpdatable({ id, status }: Stack) {
  if (updatable.includes(status)) return;
  throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}

export function requireDeletable(stack: Stack) {
  const { name, status, terminationProtection } = stack;
  if (terminationProtection) {
    throw validationError(
      `Stack [${name}] cannot be deleted while TerminationProtection is enabled`,
    );
  }
  if (isUnderWay(stack)) {
    throw validationError(`Stack [${name}] cannot be deleted while in status ${status}`);
  }
}

/** A stack by name or id; a deleted one only by its id. */
export function findStack(engine: Engine, nameOrId: string): Stack {
  const found = engine.stacks.find(nameOrId);
  if (found !== undefined) return found;
  if (isBuiltIn(engine.site, nameOrId)) {
    throw validationError(
      `Stack ${nameOrId} was there before this local AWS: it can only be described`,
    );
  }
  throw noStack(nameOrId);
}

export const noStack = (nameOrId: string) =>
  validationError(`Stack with id ${nameOrId} does not exist`);

export const alreadyExists = (message: string) =>
  new AwsError("AlreadyExistsException", 400, { message });
