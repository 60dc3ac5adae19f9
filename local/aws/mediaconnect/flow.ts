import type { LocalChannel, LocalFlow, WorldData } from "../../world.ts";
import type { Json } from "../answers.ts";
import { inputArnOf } from "../medialive/channel.ts";
import type { Site } from "../service.ts";

/** Whether media can pass through the flow; while UPDATING it goes on passing. */
export const isPassing = ({ flow }: Readonly<WorldData>) =>
  flow.status === "ACTIVE" || flow.status === "UPDATING";

/** The ARN of the flow's only source, which shares the flow's id. */
export const sourceArnOf = ({ arn, name }: LocalFlow) =>
  `${arn.replace(":flow:", ":source:").slice(0, -name.length)}${name}-source`;

/** What DescribeFlow tells: one SRT listener source, and one managed output per MediaLive channel. */
export function toFlow(site: Site): Json {
  const { flow, channels } = site.world.data;
  const source = toSource(site);
  return {
    availabilityZone: `${site.region}a`,
    description: "SRT in, one MediaLive channel per destination out",
    egressIp: "127.0.0.1",
    entitlements: [],
    flowArn: flow.arn,
    maintenance: { maintenanceDay: "Wednesday", maintenanceStartHour: "06:00" },
    name: flow.name,
    outputs: Object.values(channels).map((channel) => toOutput(flow, channel)),
    source,
    sourceMonitoringConfig: { thumbnailState: "DISABLED" },
    sources: [source],
    status: flow.status,
  };
}

export function toListedFlow(site: Site): Json {
  const { flow } = site.world.data;
  return {
    availabilityZone: `${site.region}a`,
    description: "SRT in, one MediaLive channel per destination out",
    flowArn: flow.arn,
    name: flow.name,
    sourceType: "OWNED",
    status: flow.status,
  };
}

/** The peer's address is only there while the flow is started and somebody sends (MediaConnect API model). */
function toSource({ world, srtPort }: Site): Json {
  const { flow, source } = world.data;
  const peer = isPassing(world.data) && source.connected ? { peerIpAddress: "127.0.0.1" } : {};
  return {
    description: "SRT listener",
    ingestIp: "127.0.0.1",
    ingestPort: srtPort,
    name: `${flow.name}-source`,
    sourceArn: sourceArnOf(flow),
    transport: { maxBitrate: 20_000_000, minLatency: 2000, protocol: "srt-listener" },
    whitelistCidr: "127.0.0.1/32",
    ...peer,
  };
}

function toOutput(flow: LocalFlow, channel: LocalChannel): Json {
  const outputArn = flow.arn.replace(":flow:", ":output:").slice(0, -flow.name.length);
  return {
    mediaLiveInputArn: inputArnOf(channel),
    name: channel.platform,
    outputArn: `${outputArn}${channel.platform}`,
    outputStatus: "ENABLED",
  };
}
