import { isDeepStrictEqual } from "node:util";
import { toJson } from "../input.ts";
import { Closing, type Engine } from "./engine.ts";
import { type Graph, toGraph, walk } from "./graph.ts";
import { evaluate, holds, type Scope } from "./intrinsics.ts";
import { adopt, change, goOn, make, replaces, type Task } from "./make.ts";
import { toOutputs } from "./outputs.ts";
import { toScope } from "./scope.ts";
import type { Stack, StackResource } from "./stacks.ts";
import { parseTemplate, type ResourceDeclaration, type Template } from "./template.ts";

/** Why a deployment cannot go on, as the stack's status reason tells it. */
export class DeploymentFailure extends Error {}

/** Brings a stack's resources and outputs to what its template says; throws a `DeploymentFailure`. */
export async function apply(engine: Engine, stack: Stack, verb: "create" | "update") {
  const template = parseTemplate(stack.template);
  const imports = new Set<string>();
  const known = (id: string) => {
    const found = stack.resources[id];
    const { physicalId, attributes } = found ?? {};
    if (physicalId === undefined || physicalId === null) return undefined;
    return { physicalId, attributes: attributes ?? {} };
  };
  const imported = (name: string) => void imports.add(name);
  const scope = toScope(engine, { stack, template, known, imported });
  const wanted = wantedOf(template, scope);
  const graph = within(toGraph(template), Object.keys(wanted));
  const step = async (id: string) => {
    const declaration = wanted[id];
    if (declaration === undefined) return;
    await applyOne({ engine, stack, scope }, { id, declaration, dependsOn: graph[id] ?? [] });
  };
  await walkOrFail(graph, step, verb);
  letGo(stack, Object.keys(wanted));
  stack.outputs = toOutputs(engine, { stack, template, scope });
  stack.imports = [...imports];
  engine.stacks.changed();
}

/** The resources whose conditions hold. */
export function wantedOf({ resources }: Template, scope: Scope): Template["resources"] {
  const wanted = Object.entries(resources).filter(
    ([, { Condition }]) => Condition === undefined || holds(Condition, scope),
  );
  return Object.fromEntries(wanted);
}

/** The part of a graph that is among `ids`. */
export const within = (graph: Graph, ids: readonly string[]): Graph =>
  Object.fromEntries(
    ids.map((id) => [id, (graph[id] ?? []).filter((other) => ids.includes(other))]),
  );

/** Does all steps; tells which failed, as CloudFormation does. */
export async function walkOrFail(
  graph: Graph,
  step: (id: string) => Promise<void>,
  verb: "create" | "update" | "delete",
) {
  const { failed } = await walk(graph, step);
  const closing = failed.find(({ error }) => error instanceof Closing);
  if (closing !== undefined) throw closing.error;
  if (failed.length === 0) return;
  const ids = failed.map(({ id }) => id).join(", ");
  throw new DeploymentFailure(`The following resource(s) failed to ${verb}: [${ids}]. `);
}

type Place = { engine: Engine; stack: Stack; scope: Scope };
type Wanted = { id: string; declaration: ResourceDeclaration; dependsOn: readonly string[] };

async function applyOne({ engine, stack, scope }: Place, { id, declaration, dependsOn }: Wanted) {
  const existing = stack.resources[id];
  const resource = existing ?? fresh(id, declaration.Type);
  stack.resources[id] = resource;
  resource.dependsOn = [...dependsOn];
  resource.deletionPolicy = declaration.DeletionPolicy;
  resource.replacePolicy = declaration.UpdateReplacePolicy;
  const properties = evaluateFor(scope, declaration);
  await bring({ engine, stack, resource, properties });
}

/** Makes, changes or replaces one resource, or leaves it as it is; goes on where a restart has cut it off. */
async function bring(task: Task) {
  const { stack, resource, properties } = task;
  const { status, physicalId } = resource;
  const began = status.startsWith("UPDATE") ? "UPDATE" : "CREATE";
  const standing = stack.adopts[resource.logicalId];
  if (physicalId === null)
    return standing === undefined ? make(task, began) : adopt(task, standing);
  if (status.endsWith("IN_PROGRESS")) return goOn(task, began);
  const same = isDeepStrictEqual(resource.properties, properties);
  if (same && status.endsWith("COMPLETE")) return undefined;
  if (!replaces(resource, properties)) return change(task);
  // It goes before what it depended on, which the new template may not want any more.
  const { dependsOn } = stack.before?.resources[resource.logicalId] ?? resource;
  stack.leftovers.push({ ...resource, dependsOn });
  return make(task, "UPDATE");
}

const evaluateFor = (scope: Scope, { Properties }: ResourceDeclaration) =>
  toJson(evaluate(Properties, scope));

const fresh = (logicalId: string, type: string): StackResource => ({
  ...{ logicalId, type, physicalId: null, attributes: {}, properties: {}, dependsOn: [] },
  ...{ status: "CREATE_IN_PROGRESS", reason: null, at: 0 },
  ...{ deletionPolicy: "Delete", replacePolicy: "Delete" },
});

/** What the template no longer wants is left to the clean-up. */
function letGo(stack: Stack, wanted: readonly string[]) {
  for (const [id, resource] of Object.entries(stack.resources)) {
    if (wanted.includes(id)) continue;
    stack.leftovers.push(resource);
    delete stack.resources[id];
  }
}
