import type { Json } from "../../answers.ts";
import type { DynamoDb } from "../../dynamodb.ts";
import type { Site } from "../../service.ts";
import type { MadeResources } from "../made.ts";

/** Where and for whom a resource is made. */
export type Context = {
  site: Site;
  dynamoDb: Pick<DynamoDb, "call">;
  made: MadeResources;
  /** Where this local AWS is reached. */
  origin: string;
  stackName: string;
  logicalId: string;
};

/** What `Ref` and `Fn::GetAtt` give. */
export type Resource = { physicalId: string; attributes: Json };

/** A resource as it stands, with the properties that it was made with. */
export type Standing = Resource & { properties: Json };

type Awaitable<T> = T | Promise<T>;

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
  /** After a restart of the world: brings back what lives in memory only. */
  restore?(context: Pick<Context, "site">, resource: Standing): void;
};
