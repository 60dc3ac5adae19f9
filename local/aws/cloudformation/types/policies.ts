import type { Json } from "../../answers.ts";
import { account, invalidRequest, nameOr } from "./names.ts";
import { checkPolicy } from "./policy-document.ts";
import { recorded } from "./recorded.ts";
import type { Context } from "./resource-type.ts";

/** An inline policy of roles, users or groups; those roles must be there. */
export const policy = recorded({
  type: "AWS::IAM::Policy",
  check: (context, properties) => {
    checkPolicy(properties.PolicyDocument, "identity");
    const { Roles, Users, Groups } = properties;
    if ([Roles, Users, Groups].every((each) => each === undefined)) {
      throw invalidRequest("At least one of [Groups,Roles,Users] must be non-empty.");
    }
    requireRoles(context, properties);
  },
  toResource: (context, _properties, before) => {
    const physicalId = before?.physicalId ?? nameOr(context, undefined, 128);
    return { physicalId, attributes: { Id: physicalId } };
  },
});

export const managedPolicy = recorded({
  type: "AWS::IAM::ManagedPolicy",
  check: (context, properties) => {
    checkPolicy(properties.PolicyDocument, "identity");
    requireRoles(context, properties);
  },
  toResource: (context, properties, before) => {
    const path = typeof properties.Path === "string" ? properties.Path : "/";
    const name = () => nameOr(context, properties.ManagedPolicyName, 128);
    const arn = before?.physicalId ?? `arn:aws:iam::${account}:policy${path}${name()}`;
    return { physicalId: arn, attributes: { PolicyArn: arn } };
  },
});

/** Throws for a role among `Roles` that is not there. */
export function requireRoles({ made }: Context, { Roles }: Json) {
  for (const name of Array.isArray(Roles) ? Roles.map(String) : []) {
    if (made.get("AWS::IAM::Role", name) === undefined) {
      throw invalidRequest(`The role with name ${name} cannot be found.`);
    }
  }
}

/** A policy on queues, which must be there. */
export const queuePolicy = recorded({
  type: "AWS::SQS::QueuePolicy",
  check: ({ site }, { PolicyDocument, Queues }) => {
    checkPolicy(PolicyDocument, "resource");
    for (const url of Array.isArray(Queues) ? Queues.map(String) : []) {
      if (site.queues.get(url.split("/").at(-1) ?? "") === undefined) {
        throw invalidRequest(`The queue ${url} does not exist.`);
      }
    }
  },
  toResource: withOwnName,
});

export const topicPolicy = recorded({
  type: "AWS::SNS::TopicPolicy",
  check: (_context, { PolicyDocument }) => checkPolicy(PolicyDocument, "resource"),
  toResource: withOwnName,
});

function withOwnName(context: Context, _properties: Json, before: { physicalId: string } | null) {
  const physicalId = before?.physicalId ?? nameOr(context, undefined);
  return { physicalId, attributes: { Id: physicalId } };
}
