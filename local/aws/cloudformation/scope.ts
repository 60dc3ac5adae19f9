import type { Engine } from "./engine.ts";
import { knownAfterApply, type Scope } from "./intrinsics.ts";
import { toReferable } from "./parameters.ts";
import { formatError, templateError, validationError } from "./refusals.ts";
import type { Stack } from "./stacks.ts";
import type { Template } from "./template.ts";

/** What is known of a resource; `unknown` stands for one that is yet to be made. */
export type KnownResource = { physicalId: string; attributes: Record<string, unknown> } | "unknown";

type Asked = {
  stack: Pick<Stack, "id" | "name" | "parameters">;
  template: Template;
  known(logicalId: string): KnownResource | undefined;
  /** Hears of each export that is used. */
  imported?(name: string): void;
};

/** What the functions of a stack's template see: parameters, pseudo parameters, resources, exports. */
export function toScope(
  { site, stacks }: Engine,
  { stack, template, known, imported }: Asked,
): Scope {
  return {
    values: {
      ...pseudo(site.region, stack),
      ...toReferable(template, stack.parameters, site.parameters),
    },
    mappings: template.mappings,
    conditions: template.conditions,
    resource: (logicalId, attribute) => {
      const found = known(logicalId);
      if (found === "unknown") return knownAfterApply;
      if (found === undefined) {
        throw formatError(
          `Unresolved resource dependencies [${logicalId}] in the Resources block of the template`,
        );
      }
      return attribute === null ? found.physicalId : attributeOf(logicalId, attribute, found);
    },
    importValue: (name) => {
      imported?.(name);
      const all = stacks.list().filter(({ deletedAt }) => deletedAt === null);
      const value = all.flatMap(({ outputs }) => outputs).find((each) => each.exportName === name);
      if (value === undefined) throw validationError(`No export named ${name} found`);
      return value.value;
    },
  };
}

const pseudo = (region: string, { id, name }: Pick<Stack, "id" | "name">) => ({
  "AWS::AccountId": "000000000000",
  "AWS::NotificationARNs": [],
  "AWS::Partition": "aws",
  "AWS::Region": region,
  "AWS::StackId": id,
  "AWS::StackName": name,
  "AWS::URLSuffix": "amazonaws.com",
});

function attributeOf(
  logicalId: string,
  attribute: string,
  { attributes }: Exclude<KnownResource, "unknown">,
): unknown {
  const value = attributes[attribute];
  if (value !== undefined) return value;
  throw templateError(`Attribute '${attribute}' of resource ${logicalId} has no value`);
}
