import type { Json } from "../../answers.ts";
import type { MadeResource } from "../made.ts";
import { alreadyExists } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

type Recorded = {
  type: string;
  /** What the resource is called and what GetAtt tells of it; `before` is what it is called already. */
  toResource(context: Context, properties: Json, before: Resource | null): Resource;
  /** Throws for properties that the service would refuse. */
  check?(context: Context, properties: Json): void;
};

/**
 * A type without a service of its own here: it is checked, gets its name and attributes, and is kept among the made
 * resources, where the engine puts whatever it makes.
 */
export function recorded({ type, toResource, check }: Recorded): ResourceType {
  return {
    type,
    create: (context, properties) => {
      check?.(context, properties);
      const resource = toResource(context, properties, null);
      requireFree(context.made.get(type, resource.physicalId));
      return resource;
    },
    update: (context, standing, properties) => {
      check?.(context, properties);
      return toResource(context, properties, standing);
    },
    remove: () => undefined,
  };
}

function requireFree(existing: MadeResource | undefined) {
  if (existing !== undefined) throw alreadyExists(existing.type, existing.physicalId);
}
