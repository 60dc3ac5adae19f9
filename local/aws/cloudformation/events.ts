import { randomUUID } from "node:crypto";
import type { Engine } from "./engine.ts";
import type { Stack, StackResource } from "./stacks.ts";

type Told = { status: string; reason?: string | null };

/** Puts a stack in a status, and tells it as an event. */
export function tellStack(engine: Engine, stack: Stack, { status, reason = null }: Told) {
  Object.assign(stack, { status, reason });
  stack.events.push({
    ...{ id: randomUUID(), at: engine.site.world.now(), logicalId: stack.name },
    ...{ physicalId: stack.id, type: "AWS::CloudFormation::Stack", status, reason },
    ...{ properties: null, token: stack.token },
  });
  engine.stacks.changed();
  engine.site.world.log(`stack ${stack.name} is ${status}`);
}

type Resource = { engine: Engine; stack: Stack; resource: StackResource };

/** Puts a resource in a status, and tells it as an event. */
export function tellResource(
  { engine, stack, resource }: Resource,
  { status, reason = null }: Told,
) {
  const at = engine.site.world.now();
  Object.assign(resource, { status, reason, at });
  stack.events.push({
    ...{ id: `${resource.logicalId}-${status}-${randomUUID()}`, at, logicalId: resource.logicalId },
    ...{ physicalId: resource.physicalId ?? "", type: resource.type, status, reason },
    ...{ properties: JSON.stringify(resource.properties), token: stack.token },
  });
  engine.stacks.changed();
}
