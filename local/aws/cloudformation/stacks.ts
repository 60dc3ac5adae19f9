import { join } from "node:path";
import { z } from "zod";
import { createSaver, loadSaved } from "../../saved.ts";

const text = z.string();
const json = z.record(text, z.unknown());

/** One resource of a stack: `physicalId` is null until there is one. */
const stackResource = z.object({
  logicalId: text,
  type: text,
  physicalId: text.nullable(),
  attributes: json,
  /** As evaluated, before dynamic references are resolved: no secret is among them. */
  properties: json,
  status: text,
  reason: text.nullable(),
  at: z.number(),
  dependsOn: z.array(text),
  deletionPolicy: text,
  replacePolicy: text,
});

export type StackResource = z.infer<typeof stackResource>;

const event = z.object({
  id: text,
  at: z.number(),
  logicalId: text,
  physicalId: text,
  type: text,
  status: text,
  reason: text.nullable(),
  properties: text.nullable(),
  token: text.nullable(),
});

export type StackEvent = z.infer<typeof event>;

const tag = z.object({ Key: text, Value: text });

/** What is to be deployed, or was. */
const deployment = z.object({
  template: text,
  parameters: z.record(text, text),
  tags: z.array(tag),
  capabilities: z.array(text),
  /** Physical ids of resources that are there already and come into the stack, by logical id. */
  adopts: z.record(text, text).default({}),
});

export type Deployment = z.infer<typeof deployment>;

const output = z.object({
  key: text,
  value: text,
  description: text.nullable(),
  exportName: text.nullable(),
});

export type Output = z.infer<typeof output>;

/** AWS's own words for what becomes of a stack whose deployment fails. */
const onFailure = z.enum(["ROLLBACK", "DO_NOTHING", "DELETE"]);

const changeSet = deployment.extend({
  id: text,
  name: text,
  type: z.enum(["CREATE", "UPDATE"]),
  description: text.nullable(),
  createdAt: z.number(),
  status: z.enum(["CREATE_COMPLETE", "FAILED"]),
  execution: z.enum(["AVAILABLE", "UNAVAILABLE", "EXECUTE_IN_PROGRESS", "EXECUTE_COMPLETE"]),
  reason: text.nullable(),
  onFailure: onFailure.nullable(),
  clientToken: text.nullable(),
  changes: z.array(json),
});

export type ChangeSet = z.infer<typeof changeSet>;

/** What an update goes back to when it fails. */
const before = deployment.extend({
  resources: z.record(text, stackResource),
  outputs: z.array(output),
  imports: z.array(text),
});

const stack = deployment.extend({
  id: text,
  name: text,
  description: text.nullable(),
  createdAt: z.number(),
  updatedAt: z.number().nullable(),
  deletedAt: z.number().nullable(),
  status: text,
  reason: text.nullable(),
  onFailure,
  terminationProtection: z.boolean(),
  resources: z.record(text, stackResource),
  /** Made by the stack and in it no longer: what a clean-up removes. */
  leftovers: z.array(stackResource),
  outputs: z.array(output),
  /** Names of the exports of other stacks that are used. */
  imports: z.array(text),
  /** Oldest first. */
  events: z.array(event),
  changeSets: z.array(changeSet),
  before: before.nullable(),
  /** Resources that a deletion leaves alone. */
  retained: z.array(text),
  token: text.nullable(),
});

export type Stack = z.infer<typeof stack>;

/** The stacks of the local world, those that were deleted among them. */
export type Stacks = {
  list(): Stack[];
  /** By id, or by name if it is not deleted. */
  find(nameOrId: string): Stack | undefined;
  add(stack: Stack): void;
  remove(stack: Stack): void;
  changed(): void;
  close(): Promise<void>;
};

/** With a home it is a file that only its owner may read: stream keys may be in a template. */
export async function openStacks(home: string | null): Promise<Stacks> {
  const path = home === null ? null : join(home, "stacks.json");
  const all = (path === null ? null : await loadSaved(path, parseSaved)) ?? [];
  const saver = path === null ? null : createSaver(path, () => all);
  const changed = () => saver?.saveSoon();
  return {
    list: () => [...all],
    find: (nameOrId) =>
      all.find(({ id }) => id === nameOrId) ??
      all.find(({ name, deletedAt }) => name === nameOrId && deletedAt === null),
    add: (one) => {
      all.push(one);
      changed();
    },
    remove: (one) => {
      all.splice(all.indexOf(one), 1);
      changed();
    },
    changed,
    close: () => saver?.close() ?? Promise.resolve(),
  };
}

const parseSaved = (value: unknown) => z.array(stack).safeParse(value).data ?? null;
