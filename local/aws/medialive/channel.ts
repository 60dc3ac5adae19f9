import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";
import { encoderSettings } from "./encoder.ts";

/** The one output destination of a channel: its encoder settings refer to it by this id. */
export const outputDestinationId = "destination1";

/** What ListChannels tells of a channel: everything but the encoder settings and pipelines (MediaLive API model). */
export function toChannelSummary(channel: LocalChannel): Json {
  return {
    arn: channel.arn,
    channelClass: "SINGLE_PIPELINE",
    destinations: [toOutputDestination(channel)],
    egressEndpoints: [{ sourceIp: "127.0.0.1" }],
    id: channel.id,
    inputAttachments: [toInputAttachment(channel)],
    inputSpecification: { codec: "AVC", maximumBitrate: "MAX_10_MBPS", resolution: "HD" },
    logLevel: "WARNING",
    maintenance: { maintenanceDay: "WEDNESDAY", maintenanceStartTime: "06:00" },
    name: channel.name,
    pipelinesRunningCount: channel.state === "RUNNING" ? 1 : 0,
    roleArn: `arn:aws:iam::${accountOf(channel)}:role/patchbay-local-medialive`,
    state: channel.state,
    tags: { Project: "patchbay", Destination: channel.platform },
  };
}

/** What DescribeChannel, StartChannel, StopChannel and UpdateChannel tell of a channel. */
export function toChannel(channel: LocalChannel): Json {
  return {
    ...toChannelSummary(channel),
    encoderSettings: encoderSettings(channel, outputDestinationId),
    pipelineDetails: channel.state === "RUNNING" ? [toPipeline(channel)] : [],
  };
}

/** The stream name is shown in the clear, as AWS does in List, Describe, Start, Stop and Update answers. */
function toOutputDestination(channel: LocalChannel): Json {
  if (channel.output === "rtmp") {
    const settings = [{ streamName: channel.streamName, url: channel.url }];
    return { id: outputDestinationId, mediaPackageSettings: [], settings };
  }
  const mediaPackageSettings = [
    {
      channelEndpointId: "1",
      channelGroup: "patchbay-local",
      channelName: channel.platform,
      mediaPackageRegionName: channel.arn.split(":")[3],
    },
  ];
  return { id: outputDestinationId, mediaPackageSettings, settings: [] };
}

function toInputAttachment(channel: LocalChannel): Json {
  return {
    inputAttachmentName: attachmentName(channel),
    inputId: inputIdOf(channel),
    inputSettings: {
      audioSelectors: [
        { name: "audio", selectorSettings: { audioTrackSelection: { tracks: [{ track: 1 }] } } },
      ],
      inputFilter: "AUTO",
      sourceEndBehavior: "CONTINUE",
    },
  };
}

function toPipeline(channel: LocalChannel): Json {
  return {
    activeInputAttachmentName: attachmentName(channel),
    activeInputSwitchActionName: "Initial Channel Input",
    pipelineId: "0",
  };
}

const attachmentName = (channel: LocalChannel) => `${channel.platform}-input`;
const inputIdOf = (channel: LocalChannel) => String(Number(channel.id) + 1_000_000);
const accountOf = (channel: LocalChannel) => channel.arn.split(":")[4];

/** The MediaLive input through which the flow feeds this channel. */
export const inputArnOf = (channel: LocalChannel) =>
  channel.arn.replace(`:channel:${channel.id}`, `:input:${inputIdOf(channel)}`);
