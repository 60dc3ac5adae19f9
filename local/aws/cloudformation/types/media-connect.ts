import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../answers.ts";
import { AwsError } from "../../errors.ts";
import { isJson, toJson } from "../../input.ts";
import { mediaConnectRoutes } from "../../mediaconnect/mediaconnect.ts";
import { callRest, toWireBody } from "./call-rest.ts";
import { changeTags, type TagChange } from "./change-tags.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

type Asked = { params?: Record<string, string>; body?: Json };

const ask = (context: Context, operation: string, asked: Asked) =>
  callRest(context, mediaConnectRoutes, { operation, ...asked });

/** A flow with its first source; tags of both go under names of their own (MediaConnect API, CreateFlow). */
export const flow: ResourceType = {
  type: "AWS::MediaConnect::Flow",
  create: async (context, properties) => {
    const { tags, source, ...body } = toWireBody(properties);
    const { tags: sourceTags, ...first } = toJson(source ?? {});
    const flowTags = tags === undefined ? {} : { flowTags: tags };
    const tagged = sourceTags === undefined ? first : { ...first, sourceTags };
    const made = await ask(context, "CreateFlow", {
      body: { ...body, ...flowTags, source: tagged },
    });
    return toFlow(toJson(made.flow));
  },
  update: async (context, standing, properties) => {
    const { physicalId: arn, attributes } = standing;
    const { source, name: _name, tags, availabilityZone: _zone, ...body } = toWireBody(properties);
    const before = toWireBody(standing.properties);
    const { source: oldSource, name: _n, tags: oldTags, availabilityZone: _z, ...oldBody } = before;
    if (!isDeepStrictEqual(oldBody, body)) {
      await ask(context, "UpdateFlow", { params: { arn }, body });
    }
    if (!isDeepStrictEqual(oldSource, source)) {
      const params = { arn, source: String(attributes["Source.SourceArn"]) };
      await changeSource(context, params, { old: toJson(oldSource), now: toJson(source) });
    }
    if (!isDeepStrictEqual(oldTags, tags)) await retag(context, arn, { oldTags, tags });
    const { flow: now } = await ask(context, "DescribeFlow", { params: { arn } });
    return toFlow(toJson(now));
  },
  remove: async (context, { physicalId: arn }) =>
    void (await ask(context, "DeleteFlow", { params: { arn } })),
  settled: async (context, { physicalId: arn }) => {
    const { flow: now } = await ask(context, "DescribeFlow", { params: { arn } });
    return !/^(STARTING|STOPPING|UPDATING)$/.test(String(toJson(now).status));
  },
  gone: async (context, { physicalId: arn }) => {
    try {
      await ask(context, "DescribeFlow", { params: { arn } });
      return false;
    } catch (error) {
      if (error instanceof AwsError && error.status === 404) return true;
      throw error;
    }
  },
};

type SourceChange = { old: Json; now: Json };

async function changeSource(
  context: Context,
  params: { arn: string; source: string },
  { old, now }: SourceChange,
) {
  const { name: _name, tags, ...settings } = now;
  const { name: _oldName, tags: oldTags, ...oldSettings } = old;
  if (!isDeepStrictEqual(oldSettings, settings)) {
    await ask(context, "UpdateFlowSource", { params, body: settings });
  }
  if (!isDeepStrictEqual(oldTags, tags)) await retag(context, params.source, { oldTags, tags });
}

const retag = (context: Context, arn: string, change: TagChange) =>
  changeTags(context, mediaConnectRoutes, {
    ...{ arn, ...change, add: "TagResource", remove: "UntagResource" },
  });

function toFlow({ flowArn, availabilityZone, egressIp, source }: Json): Resource {
  const { sourceArn, ingestIp, ingestPort } = toJson(source ?? {});
  const attributes = {
    FlowArn: flowArn,
    FlowAvailabilityZone: availabilityZone,
    EgressIp: egressIp,
    "Source.SourceArn": sourceArn,
    "Source.IngestIp": ingestIp,
    "Source.SourceIngestPort": String(ingestPort),
  };
  return { physicalId: String(flowArn), attributes };
}

/** A part of a flow that is added and removed by itself, and how its operations are named. */
type Part = {
  type: string;
  list: "sources" | "outputs";
  params: "source" | "output";
  operations: { add: string; update: string; remove: string };
  toResource(made: Json): Resource;
};

function partOfFlow({ type, list, params, operations, toResource }: Part): ResourceType {
  return {
    type,
    create: async (context, properties) => {
      const { flowArn, tags: _tags, ...part } = toWireBody(properties);
      const asked = { params: { arn: String(flowArn) }, body: { [list]: [part] } };
      const { [list]: made } = await ask(context, operations.add, asked);
      return toResource(toJson(Array.isArray(made) ? made[0] : undefined));
    },
    update: async (context, { physicalId, attributes }, properties) => {
      const { flowArn, name: _name, tags: _tags, ...body } = toWireBody(properties);
      const at = { arn: String(flowArn), [params]: physicalId };
      const { [params]: now } = await ask(context, operations.update, { params: at, body });
      return isJson(now) ? toResource(now) : { physicalId, attributes };
    },
    remove: async (context, { physicalId, properties }) => {
      const at = { arn: String(properties.FlowArn), [params]: physicalId };
      await ask(context, operations.remove, { params: at });
    },
  };
}

export const flowSource = partOfFlow({
  type: "AWS::MediaConnect::FlowSource",
  list: "sources",
  params: "source",
  operations: { add: "AddFlowSources", update: "UpdateFlowSource", remove: "RemoveFlowSource" },
  toResource: ({ sourceArn, ingestIp, ingestPort }) => ({
    physicalId: String(sourceArn),
    attributes: { SourceArn: sourceArn, IngestIp: ingestIp, SourceIngestPort: String(ingestPort) },
  }),
});

export const flowOutput = partOfFlow({
  type: "AWS::MediaConnect::FlowOutput",
  list: "outputs",
  params: "output",
  operations: { add: "AddFlowOutputs", update: "UpdateFlowOutput", remove: "RemoveFlowOutput" },
  toResource: ({ outputArn }) => ({
    physicalId: String(outputArn),
    attributes: { OutputArn: outputArn },
  }),
});
