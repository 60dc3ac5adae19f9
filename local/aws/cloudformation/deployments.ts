import { randomUUID } from "node:crypto";
import { requireCapabilities } from "./capabilities.ts";
import { checkTemplate } from "./check.ts";
import type { Engine } from "./engine.ts";
import { tellStack } from "./events.ts";
import { toParameterValues } from "./parameters.ts";
import { validationError } from "./refusals.ts";
import type { Asked } from "./requests.ts";
import { checkRules } from "./rules.ts";
import { toScope } from "./scope.ts";
import type { Deployment, Stack } from "./stacks.ts";
import { parseTemplate } from "./template.ts";

/** What a request wants deployed, checked as far as it can be without deploying it. */
export function toDeployment(engine: Engine, asked: Asked, stack: Stack): Deployment {
  const body = bodyOf(asked, stack);
  const template = parseTemplate(body);
  checkTemplate(template);
  const parameters = toParameterValues(template, asked.Parameters, stack.parameters);
  requireCapabilities(template, asked.Capabilities);
  const known = () => undefined;
  checkRules(template, toScope(engine, { stack: { ...stack, parameters }, template, known }));
  const tags = asked.Tags ?? stack.tags;
  return { template: body, parameters, tags, capabilities: asked.Capabilities, adopts: {} };
}

function bodyOf({ TemplateBody, TemplateURL, UsePreviousTemplate }: Asked, stack: Stack): string {
  if (TemplateURL !== undefined) {
    throw validationError(
      "TemplateURL is not part of the local AWS: there is no S3; send TemplateBody",
    );
  }
  if (UsePreviousTemplate && TemplateBody === undefined) return stack.template;
  if (TemplateBody !== undefined && !UsePreviousTemplate) return TemplateBody;
  throw validationError("Either Template URL or Template Body must be specified.");
}

/** A stack that has nothing yet; it is not among the stacks until it is added. */
export function newStack({ site }: Engine, name: string): Stack {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const now = site.world.now();
  return {
    id: `arn:aws:cloudformation:${site.region}:000000000000:stack/${name}/${randomUUID()}`,
    name,
    ...{ template: "", parameters: {}, tags: [], capabilities: [], adopts: {}, description: null },
    ...{ createdAt: now, updatedAt: null, deletedAt: null },
    ...{ status: "REVIEW_IN_PROGRESS", reason: null, onFailure: "ROLLBACK" },
    ...{ terminationProtection: false, resources: {}, leftovers: [], outputs: [], imports: [] },
    ...{ events: [], changeSets: [], before: null, retained: [], token: null },
  };
}

type Start = {
  deployment: Deployment;
  onFailure: Stack["onFailure"];
  token: string | undefined;
};

/** Begins to create a stack. */
export function startCreating(engine: Engine, stack: Stack, { deployment, ...start }: Start) {
  begin(stack, { deployment, ...start });
  tellStack(engine, stack, { status: "CREATE_IN_PROGRESS", reason: "User Initiated" });
  engine.start(stack.id);
}

/** Begins to update a stack, and remembers what to go back to. */
export function startUpdating(engine: Engine, stack: Stack, start: Start) {
  const { template, parameters, tags, capabilities, adopts, outputs, imports, resources } = stack;
  const deployed = { template, parameters, tags, capabilities, adopts, outputs, imports };
  stack.before = structuredClone({ ...deployed, resources });
  stack.updatedAt = engine.site.world.now();
  begin(stack, start);
  tellStack(engine, stack, { status: "UPDATE_IN_PROGRESS", reason: "User Initiated" });
  engine.start(stack.id);
}

function begin(stack: Stack, { deployment, onFailure, token }: Start) {
  const { description } = parseTemplate(deployment.template);
  Object.assign(stack, { ...deployment, description, onFailure, token: token ?? null });
}

/** Begins to delete a stack. */
export function startDeleting(
  engine: Engine,
  stack: Stack,
  { RetainResources, ClientRequestToken }: Asked,
) {
  Object.assign(stack, { retained: RetainResources, token: ClientRequestToken ?? null });
  tellStack(engine, stack, { status: "DELETE_IN_PROGRESS", reason: "User Initiated" });
  engine.start(stack.id);
}
