import type { Json } from "../../answers.ts";
import type { Engine } from "../engine.ts";

/** Where and for whom a resource is made. */
export type Context = Pick<Engine, "site" | "dynamoDb" | "made" | "origin"> & {
  stackName: string;
  logicalId: string;
};

/** What `Ref` and `Fn::GetAtt` give. */
export type Resource = { physicalId: string; attributes: Json };

/** A resource as it stands, with the properties that it was made with. */
export type Standing = Resource & { properties: Json };

type Awaitable<T> = T | Promise<T>;

/** Resources of a type that are there, whoever made them. */
export type Existing = {
  /** The property that names one. */
  name: string;
  list(context: Pick<Context, "dynamoDb">): Awaitable<readonly string[]>;
  adopt(context: Context, name: string, properties: Json): Awaitable<Resource>;
};

/** How one type of resource is made, changed and removed; every one throws AWS's own error. */
export type ResourceType = {
  type: string;
  create(context: Context, properties: Json): Awaitable<Resource>;
  update(context: Context, standing: Standing, properties: Json): Awaitable<Resource>;
  remove(context: Context, standing: Standing): Awaitable<void>;
  /** Whether what was begun has ended; asked again whenever the world changes. Throws when it ended badly. */
  settled?(context: Context, resource: Resource): Awaitable<boolean>;
  /** Whether a removed one is gone; at once if absent. */
  gone?(context: Context, resource: Resource): Awaitable<boolean>;
  /** How one that no stack has is taken over (CloudFormation, ImportExistingResources). */
  existing?: Existing;
  /** After a restart of the world: brings back what lives in memory only. */
  restore?(context: Pick<Context, "site">, resource: Standing): void;
};
