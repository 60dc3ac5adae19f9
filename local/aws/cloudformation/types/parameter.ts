import type { Json } from "../../answers.ts";
import { putParameter } from "../../ssm.ts";
import { alreadyExists, invalidRequest, nameOr } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

const type = "AWS::SSM::Parameter";

/** Real parameters of the local SSM; a SecureString cannot be made by CloudFormation. */
export const parameter: ResourceType = {
  type,
  create: (context, properties) => {
    const name = nameOr(context, properties.Name, 1011);
    if (context.site.parameters.get(name) !== undefined) throw alreadyExists(type, name);
    return put(context, name, properties);
  },
  update: (context, { physicalId }, properties) => put(context, physicalId, properties),
  remove: async ({ site }, { physicalId }) => void (await site.parameters.remove(physicalId)),
};

async function put({ site }: Context, name: string, properties: Json): Promise<Resource> {
  const { Type, Value, AllowedPattern } = properties;
  if (Type !== "String" && Type !== "StringList") {
    throw invalidRequest(`Type: ${String(Type)} is not String or StringList`);
  }
  if (AllowedPattern !== undefined && !new RegExp(String(AllowedPattern)).test(String(Value))) {
    throw invalidRequest(`Parameter value, ${String(Value)}, does not match AllowedPattern`);
  }
  await putParameter(site, { Name: name, Type, Value, Overwrite: true });
  return { physicalId: name, attributes: { Type, Value } };
}
