import type { LocalChannel, Members } from "../../world.ts";
import type { Json } from "../answers.ts";

/** What ListChannels tells of a channel: everything but the encoder settings and pipelines (MediaLive API model). */
export function toChannelSummary({ arn, id, name, spec, state }: LocalChannel): Json {
  return {
    arn,
    channelClass: spec.channelClass,
    destinations: spec.destinations.map(toDestination),
    egressEndpoints: pipelinesOf(spec.channelClass).map(() => ({ sourceIp: "127.0.0.1" })),
    id,
    inputAttachments: spec.inputAttachments,
    inputSpecification: spec.inputSpecification,
    logLevel: spec.logLevel,
    maintenance: spec.maintenance,
    name,
    pipelinesRunningCount: state === "RUNNING" ? pipelinesOf(spec.channelClass).length : 0,
    roleArn: spec.roleArn,
    state,
    tags: spec.tags,
  };
}

/** What DescribeChannel, StartChannel, StopChannel and UpdateChannel tell of a channel. */
export function toChannel(channel: LocalChannel): Json {
  const { spec, state } = channel;
  return {
    ...toChannelSummary(channel),
    encoderSettings: spec.encoderSettings,
    pipelineDetails:
      state === "RUNNING" ? pipelinesOf(spec.channelClass).map(toPipeline(spec)) : [],
  };
}

/** The stream name is shown in the clear, as AWS does in List, Describe, Start, Stop and Update answers. */
const toDestination = (destination: Members) => ({
  ...{ mediaPackageSettings: [], settings: [] },
  ...destination,
});

const toPipeline = (spec: LocalChannel["spec"]) => (pipelineId: string) => ({
  activeInputAttachmentName: spec.inputAttachments[0]?.inputAttachmentName,
  activeInputSwitchActionName: "Initial Channel Input",
  pipelineId,
});

/** A STANDARD channel runs in two pipelines. */
export const pipelinesOf = (channelClass: LocalChannel["spec"]["channelClass"]) =>
  channelClass === "STANDARD" ? ["0", "1"] : ["0"];
