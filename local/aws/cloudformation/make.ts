import { isDeepStrictEqual } from "node:util";
import type { Json } from "../answers.ts";
import { toJson } from "../input.ts";
import { resolveDynamic } from "./dynamic.ts";
import { Closing, type Engine, until } from "./engine.ts";
import { tellResource } from "./events.ts";
import { toReason } from "./reasons.ts";
import { validationError } from "./refusals.ts";
import { checkProperties, schemaOf } from "./schema.ts";
import type { Stack, StackResource } from "./stacks.ts";
import { typeOf } from "./types/index.ts";
import type { Context, Resource, ResourceType } from "./types/resource-type.ts";

/** One resource of a stack on its way, with the properties that it is to have. */
export type Task = { engine: Engine; stack: Stack; resource: StackResource; properties: Json };

/** Makes a new physical resource and waits until it has settled. */
export async function make(task: Task, verb: "CREATE" | "UPDATE") {
  const { resource, properties } = task;
  Object.assign(resource, { properties, physicalId: null, attributes: {} });
  const reason =
    verb === "UPDATE"
      ? "Requested update requires the creation of a new physical resource; hence creating one."
      : null;
  await attempt(task, { verb, reason }, async (type, context) => {
    const made = await type.create(context, valuesOf(task));
    keep(task, made);
    if (verb === "CREATE") {
      tellResource(task, { status: "CREATE_IN_PROGRESS", reason: "Resource creation Initiated" });
    }
  });
}

/** Changes what is there. */
export async function change(task: Task) {
  const { resource } = task;
  const standing = { ...toResource(resource), properties: resource.properties };
  await attempt(task, { verb: "UPDATE", reason: null }, async (type, context) => {
    const before = {
      ...standing,
      properties: toJson(resolveDynamic(task.engine, standing.properties)),
    };
    const values = valuesOf(task);
    resource.properties = task.properties;
    keep(task, await type.update(context, before, values));
  });
}

/** Takes a resource into the stack that is there already. */
export const adopt = (task: Task, physicalId: string) =>
  attempt(task, { verb: "IMPORT", reason: null }, async ({ existing }, context) => {
    task.resource.properties = task.properties;
    if (existing === undefined) throw validationError(`${task.resource.type} cannot be imported`);
    keep(task, await existing.adopt(context, physicalId, valuesOf(task)));
  });

/** After a restart: waits for what was begun before. */
export const goOn = (task: Task, verb: "CREATE" | "UPDATE") =>
  attempt(task, { verb, reason: null }, () => Promise.resolve());

type Attempt = { verb: "CREATE" | "UPDATE" | "IMPORT"; reason: string | null };
type Act = (type: ResourceType, context: Context) => Promise<void>;

async function attempt(task: Task, { verb, reason }: Attempt, act: Act) {
  const { engine, resource } = task;
  tellResource(task, { status: `${verb}_IN_PROGRESS`, reason });
  try {
    const type = requireType(resource.type);
    const context = contextOf(task);
    await act(type, context);
    await until(engine, () => type.settled?.(context, toResource(resource)) ?? true);
    tellResource(task, { status: `${verb}_COMPLETE` });
  } catch (error) {
    if (error instanceof Closing) throw error;
    tellResource(task, { status: `${verb}_FAILED`, reason: toReason(resource.type, error) });
    throw error;
  }
}

/** What the type gets: checked against the schema, with secrets in their place. */
function valuesOf({ engine, resource, properties }: Task): Json {
  const schema = schemaOf(resource.type);
  if (schema === undefined) throw validationError(`${resource.type} has no schema here`);
  const resolved = toJson(resolveDynamic(engine, properties));
  const { properties: checked, problems } = checkProperties(schema, resolved);
  const [problem] = problems;
  if (problem === undefined) return checked;
  if (!problem.startsWith("#")) throw validationError(problem);
  throw validationError(
    `Properties validation failed for resource ${resource.logicalId} with message:\n${problems.join("\n")}`,
  );
}

/** Whether what changed can only be had with a new physical resource. */
export function replaces({ type, properties: before }: StackResource, properties: Json): boolean {
  const paths = schemaOf(type)?.replacedBy ?? [];
  return paths.some((path) => !isDeepStrictEqual(valueAt(before, path), valueAt(properties, path)));
}

export const valueAt = (value: Json, path: string): unknown =>
  path.split(".").reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

function keep({ engine, stack, resource, properties }: Task, made: Resource) {
  const { type, logicalId } = resource;
  Object.assign(resource, made);
  const resolved = toJson(resolveDynamic(engine, properties));
  engine.made.put({ type, logicalId, stackName: stack.name, ...made, properties: resolved });
  engine.stacks.changed();
}

export function requireType(name: string): ResourceType {
  const type = typeOf(name);
  if (type === undefined) throw validationError(`Unrecognized resource types: [${name}]`);
  return type;
}

export const contextOf = ({ engine, stack, resource }: Omit<Task, "properties">): Context => ({
  ...{ site: engine.site, dynamoDb: engine.dynamoDb, made: engine.made, origin: engine.origin },
  ...{ stackName: stack.name, logicalId: resource.logicalId },
});

export const toResource = ({ physicalId, attributes }: StackResource): Resource => ({
  physicalId: physicalId ?? "",
  attributes,
});
