import { isDeepStrictEqual } from "node:util";
import { walkOrFail, within } from "./apply.ts";
import type { Engine } from "./engine.ts";
import { tellResource } from "./events.ts";
import { change } from "./make.ts";
import type { Stack, StackResource } from "./stacks.ts";

/** Brings a stack back to what it was before an update; what the update made is left to the clean-up. */
export async function rollBack(engine: Engine, stack: Stack) {
  const { before } = stack;
  if (before === null) return;
  for (const [id, now] of Object.entries(stack.resources)) {
    const old = before.resources[id];
    if (old === undefined || replacedSince(old, now)) dropNew(engine, stack, now);
  }
  for (const old of Object.values(before.resources)) stack.resources[old.logicalId] ??= { ...old };
  const graph = Object.fromEntries(
    Object.values(before.resources).map(({ logicalId, dependsOn }) => [logicalId, dependsOn]),
  );
  await walkOrFail(within(graph, Object.keys(graph)), (id) => restore(engine, stack, id), "update");
  const { resources: _resources, ...rest } = before;
  const kept = new Set(Object.values(stack.resources).map(({ physicalId }) => physicalId));
  const leftovers = stack.leftovers.filter(({ physicalId }) => !kept.has(physicalId));
  Object.assign(stack, { ...rest, leftovers });
  engine.stacks.changed();
}

const replacedSince = (old: StackResource, now: StackResource) => old.physicalId !== now.physicalId;

/** RetainExceptOnCreate is for this: `Retain` keeps also what a deployment that failed has made (CloudFormation, UpdateStack). */
export const outlivesRollback = (
  { adopts }: Stack,
  { logicalId, deletionPolicy }: StackResource,
): boolean => deletionPolicy === "Retain" || logicalId in adopts;

/** A rollback removes what the update made. */
function dropNew({ stacks }: Engine, stack: Stack, resource: StackResource) {
  if (resource.physicalId !== null) {
    const policy = outlivesRollback(stack, resource) ? "Retain" : "Delete";
    const made = { ...resource, deletionPolicy: policy, replacePolicy: policy };
    stack.leftovers.push(made);
  }
  delete stack.resources[resource.logicalId];
  stacks.changed();
}

async function restore(engine: Engine, stack: Stack, id: string) {
  const resource = stack.resources[id];
  const old = stack.before?.resources[id];
  if (resource === undefined || old === undefined) return;
  const { properties, dependsOn, deletionPolicy, replacePolicy } = structuredClone(old);
  Object.assign(resource, { dependsOn, deletionPolicy, replacePolicy });
  const touched = !isDeepStrictEqual(resource.properties, properties);
  if (touched) await change({ engine, stack, resource, properties });
  else if (!resource.status.endsWith("COMPLETE")) {
    tellResource({ engine, stack, resource }, { status: "UPDATE_COMPLETE" });
  }
}
