import { AwsError } from "../errors.ts";
import { toJson } from "../input.ts";
import { walkOrFail, within } from "./apply.ts";
import { resolveDynamic } from "./dynamic.ts";
import { Closing, type Engine, until } from "./engine.ts";
import { tellResource } from "./events.ts";
import { type Graph, reversed } from "./graph.ts";
import { contextOf, requireType, toResource } from "./make.ts";
import { toReason } from "./reasons.ts";
import type { Stack, StackResource } from "./stacks.ts";

type Removal = {
  resources: readonly StackResource[];
  /** Whether one stays in the account. */
  keeps(resource: StackResource): boolean;
  /** Called for each that is gone or kept. */
  done(resource: StackResource): void;
};

/** Removes resources, each after everything that depends on it; throws a `DeploymentFailure`. */
export async function removeAll(engine: Engine, stack: Stack, removal: Removal) {
  const byKey = new Map(removal.resources.map((each, index) => [`${index}`, each]));
  const step = async (key: string) => {
    const resource = byKey.get(key);
    if (resource === undefined) return;
    if (removal.keeps(resource))
      tellResource({ engine, stack, resource }, { status: "DELETE_SKIPPED" });
    else await removeOne(engine, stack, resource);
    removal.done(resource);
  };
  await walkOrFail(reversed(graphOf(byKey)), step, "delete");
}

/** The same logical id can be there twice: once replaced and once let go. */
function graphOf(byKey: ReadonlyMap<string, StackResource>): Graph {
  const keysOf = (logicalId: string) =>
    [...byKey].filter(([, each]) => each.logicalId === logicalId).map(([key]) => key);
  const graph = [...byKey].map(([key, { dependsOn }]) => [key, dependsOn.flatMap(keysOf)]);
  return within(Object.fromEntries(graph), [...byKey.keys()]);
}

async function removeOne(engine: Engine, stack: Stack, resource: StackResource) {
  const task = { engine, stack, resource };
  if (resource.physicalId === null) return;
  tellResource(task, { status: "DELETE_IN_PROGRESS" });
  const type = requireType(resource.type);
  const context = contextOf(task);
  const made = toResource(resource);
  try {
    const properties = toJson(resolveDynamic(engine, resource.properties));
    await Promise.resolve(type.remove(context, { ...made, properties })).catch(unlessGone);
    await until(engine, () => type.gone?.(context, made) ?? true);
  } catch (error) {
    if (error instanceof Closing) throw error;
    tellResource(task, { status: "DELETE_FAILED", reason: toReason(resource.type, error) });
    throw error;
  }
  engine.made.remove(resource.type, made.physicalId);
  tellResource(task, { status: "DELETE_COMPLETE" });
}

/** What somebody else removed already needs no removing. */
function unlessGone(error: unknown) {
  if (!(error instanceof AwsError && error.status === 404)) throw error;
}
