import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../answers.ts";
import { AwsError } from "../../errors.ts";
import { toJson } from "../../input.ts";
import { mediaLiveRoutes } from "../../medialive/medialive.ts";
import { callRest, toWireBody } from "./call-rest.ts";
import { changeTags, type TagChange } from "./change-tags.ts";
import { invalidRequest, nameOr } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

type Asked = { id?: string; body?: Json };

const ask = (context: Context, operation: string, { id, body = {} }: Asked) =>
  callRest(context, mediaLiveRoutes, {
    operation,
    body,
    ...(id === undefined ? {} : { params: { id } }),
  });

const toResource = ({ id, arn, ...others }: Json): Resource => ({
  physicalId: String(id),
  attributes: { Id: id, Arn: arn, ...others },
});

/** Describes again until the state is one in which it stays; a failed one is what CloudFormation reports. */
const settledBy =
  (operation: string) =>
  async (context: Context, { physicalId }: Resource) => {
    const { state } = await ask(context, operation, { id: physicalId });
    if (/FAILED$/.test(String(state))) throw invalidRequest(`${physicalId} is ${String(state)}`);
    return !/ING$/.test(String(state)) || state === "RUNNING";
  };

const goneBy =
  (operation: string) =>
  async (context: Context, { physicalId }: Resource) => {
    try {
      const { state } = await ask(context, operation, { id: physicalId });
      return state === "DELETED";
    } catch (error) {
      if (error instanceof AwsError && error.status === 404) return true;
      throw error;
    }
  };

export const input: ResourceType = {
  type: "AWS::MediaLive::Input",
  create: async (context, properties) => {
    const body = { name: nameOr(context, undefined), ...toWireBody(properties) };
    const { input: made } = await ask(context, "CreateInput", { body });
    return pickIds(made);
  },
  update: async (context, standing, properties) => {
    const { physicalId: id, attributes } = standing;
    const { type: _type, tags, ...body } = toWireBody(properties);
    const { type: _oldType, tags: oldTags, ...oldBody } = toWireBody(standing.properties);
    if (!isDeepStrictEqual(oldBody, body)) await ask(context, "UpdateInput", { id, body });
    if (!isDeepStrictEqual(oldTags, tags)) await retag(context, standing, { oldTags, tags });
    return { physicalId: id, attributes };
  },
  remove: async (context, { physicalId: id }) => void (await ask(context, "DeleteInput", { id })),
  settled: settledBy("DescribeInput"),
  gone: goneBy("DescribeInput"),
};

export const inputSecurityGroup: ResourceType = {
  type: "AWS::MediaLive::InputSecurityGroup",
  create: async (context, properties) => {
    const body = toWireBody(properties);
    const { securityGroup } = await ask(context, "CreateInputSecurityGroup", { body });
    return pickIds(securityGroup);
  },
  update: async (context, { physicalId, attributes }, properties) => {
    const body = toWireBody(properties);
    await ask(context, "UpdateInputSecurityGroup", { id: physicalId, body });
    return { physicalId, attributes };
  },
  remove: async (context, { physicalId: id }) =>
    void (await ask(context, "DeleteInputSecurityGroup", { id })),
};

export const channel: ResourceType = {
  type: "AWS::MediaLive::Channel",
  create: async (context, properties) => {
    const body = { name: nameOr(context, undefined), ...toWireBody(properties) };
    if (context.site.faults.takeRole() !== null) throw unknownRole(properties.RoleArn);
    const { channel: made } = await ask(context, "CreateChannel", { body });
    return withInputs(pickIds(made), body);
  },
  update: async (context, standing, properties) => {
    const { physicalId: id } = standing;
    const { channelClass, tags, ...rest } = toWireBody(properties);
    const before = toWireBody(standing.properties);
    if (!isDeepStrictEqual(before.channelClass, channelClass)) {
      const body = { channelClass, destinations: rest.destinations };
      await ask(context, "UpdateChannelClass", { id, body });
    }
    const { channelClass: _class, tags: oldTags, ...restBefore } = before;
    if (!isDeepStrictEqual(restBefore, rest))
      await ask(context, "UpdateChannel", { id, body: rest });
    if (!isDeepStrictEqual(oldTags, tags)) await retag(context, standing, { oldTags, tags });
    return withInputs(standing, rest);
  },
  remove: async (context, { physicalId: id }) => void (await ask(context, "DeleteChannel", { id })),
  settled: settledBy("DescribeChannel"),
  gone: goneBy("DescribeChannel"),
};

/** IAM takes a while to tell everyone of a new role (IAM user guide, eventual consistency); the words are this local AWS's. */
const unknownRole = (roleArn: unknown) =>
  new AwsError("ForbiddenException", 403, {
    message: `MediaLive may not use the role ${String(roleArn)}`,
  });

/** Tags can be changed at any time, also while a channel runs. */
const retag = (context: Context, { attributes }: Resource, change: TagChange) =>
  changeTags(context, mediaLiveRoutes, {
    ...{ arn: String(attributes.Arn), ...change },
    ...{ add: "CreateTags", remove: "DeleteTags" },
  });

function pickIds(made: unknown): Resource {
  const { id, arn } = toJson(made);
  return toResource({ id, arn });
}

/** `Inputs` are the ids of what is attached (CloudFormation, AWS::MediaLive::Channel return values). */
function withInputs({ physicalId, attributes }: Resource, { inputAttachments }: Json): Resource {
  const attached = Array.isArray(inputAttachments) ? inputAttachments : [];
  const Inputs = attached.map((each) => toJson(each).inputId);
  return { physicalId, attributes: { ...attributes, Inputs } };
}
