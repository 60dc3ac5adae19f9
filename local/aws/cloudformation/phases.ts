import { AwsError } from "../errors.ts";
import { apply, DeploymentFailure } from "./apply.ts";
import { Closing, type Engine } from "./engine.ts";
import { tellStack } from "./events.ts";
import { removeAll } from "./removing.ts";
import { outlivesRollback, rollBack } from "./rollback.ts";
import type { Stack, StackResource } from "./stacks.ts";

type Next = { status: string; reason?: string | null };
type Phase = (engine: Engine, stack: Stack) => Promise<Next>;

/** Takes a stack through the states that its status leads to, until one in which it rests. */
export async function runPhases(engine: Engine, stack: Stack) {
  for (;;) {
    const phase = phases[stack.status];
    if (phase === undefined) return;
    try {
      const next = await phase(engine, stack);
      tellStack(engine, stack, next);
    } catch (error) {
      if (error instanceof Closing) return;
      throw error;
    }
  }
}

/** Whether a stack is on its way somewhere. */
export const isUnderWay = ({ status }: Stack) => status in phases;

const phases: Record<string, Phase> = {
  CREATE_IN_PROGRESS: (engine, stack) =>
    attempt(
      () => apply(engine, stack, "create"),
      () => ({ status: "CREATE_COMPLETE" }),
      (reason) => ({ status: afterFailedCreate[stack.onFailure], reason }),
    ),
  ROLLBACK_IN_PROGRESS: (engine, stack) =>
    attempt(
      () => removeResources(engine, stack, (each) => outlivesRollback(stack, each)),
      () => ({ status: "ROLLBACK_COMPLETE" }),
      (reason) => ({ status: "ROLLBACK_FAILED", reason }),
    ),
  UPDATE_IN_PROGRESS: (engine, stack) =>
    attempt(
      () => apply(engine, stack, "update"),
      () => ({ status: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" }),
      (reason) => ({
        status: stack.onFailure === "DO_NOTHING" ? "UPDATE_FAILED" : "UPDATE_ROLLBACK_IN_PROGRESS",
        reason,
      }),
    ),
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: (engine, stack) => cleanUp(engine, stack, "UPDATE_COMPLETE"),
  UPDATE_ROLLBACK_IN_PROGRESS: (engine, stack) =>
    attempt(
      () => rollBack(engine, stack),
      () => ({ status: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" }),
      (reason) => ({ status: "UPDATE_ROLLBACK_FAILED", reason }),
    ),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: (engine, stack) =>
    cleanUp(engine, stack, "UPDATE_ROLLBACK_COMPLETE"),
  DELETE_IN_PROGRESS: (engine, stack) =>
    attempt(
      () => removeResources(engine, stack, (each) => isKept(stack, each)),
      () => {
        Object.assign(stack, { deletedAt: engine.site.world.now(), outputs: [], imports: [] });
        return { status: "DELETE_COMPLETE" };
      },
      (reason) => ({ status: "DELETE_FAILED", reason }),
    ),
};

const afterFailedCreate = {
  ROLLBACK: "ROLLBACK_IN_PROGRESS",
  DO_NOTHING: "CREATE_FAILED",
  DELETE: "DELETE_IN_PROGRESS",
};

async function attempt(
  act: () => Promise<void>,
  well: () => Next,
  badly: (reason: string) => Next,
) {
  try {
    await act();
    return well();
  } catch (error) {
    if (error instanceof DeploymentFailure || error instanceof AwsError)
      return badly(error.message);
    throw error;
  }
}

/** What cannot be cleaned up stays behind; the update is complete all the same. */
async function cleanUp(engine: Engine, stack: Stack, status: string): Promise<Next> {
  await attempt(
    () =>
      removeAll(engine, stack, {
        resources: [...stack.leftovers],
        keeps: (resource) => keepsLeftover(stack, resource),
        done: (resource) => drop(engine, stack, resource),
      }),
    () => ({ status }),
    () => ({ status }),
  );
  Object.assign(stack, { leftovers: [], before: null });
  return { status };
}

/** A replaced one has a policy of its own; one that the template let go of goes as with the stack. */
function keepsLeftover({ resources }: Stack, { logicalId, ...resource }: StackResource): boolean {
  const policy = logicalId in resources ? resource.replacePolicy : resource.deletionPolicy;
  return policy.startsWith("Retain");
}

const removeResources = (
  engine: Engine,
  stack: Stack,
  keeps: (resource: StackResource) => boolean,
) =>
  removeAll(engine, stack, {
    resources: [...Object.values(stack.resources), ...stack.leftovers],
    keeps: (resource) => resource.physicalId !== null && keeps(resource),
    done: (resource) => drop(engine, stack, resource),
  });

const isKept = ({ retained }: Stack, { logicalId, deletionPolicy }: StackResource) =>
  deletionPolicy.startsWith("Retain") || retained.includes(logicalId);

/** What is gone stays listed with its status; what is kept belongs to no stack any more. */
function drop({ stacks }: Engine, stack: Stack, resource: StackResource) {
  const at = stack.leftovers.indexOf(resource);
  if (at >= 0) stack.leftovers.splice(at, 1);
  else resource.physicalId = null;
  stacks.changed();
}
