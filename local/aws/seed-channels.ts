import type { ChannelSpec, LocalChannel, LocalInput } from "../world.ts";
import { encoderSettings, outputDestinationId } from "./medialive/encoder.ts";

const account = "000000000000";

/** What the seed knows of a channel, and what a saved channel that had no spec knows of itself. */
export type Known = Pick<LocalChannel, "arn" | "id" | "platform" | "output" | "url" | "streamName">;

type Wanted = { id: string; platform: string; region: string; now: number };

export function seedChannel({ id, platform, region, now }: Wanted): LocalChannel {
  const known: Known = {
    id,
    arn: `arn:aws:medialive:${region}:${account}:channel:${id}`,
    platform,
    output: platform === "primary" ? "hls" : "rtmp",
    url: "rtmp://placeholder.invalid/live",
    streamName: "placeholder",
  };
  const name = `patchbay-${platform}`;
  return { ...known, name, spec: seedSpec(known), state: "IDLE", createdAt: 0, changedAt: now };
}

const roleOf = (arn: string) => `arn:aws:iam::${arn.split(":")[4]}:role/patchbay-local-medialive`;
const inputIdOf = ({ id }: Pick<LocalChannel, "id">) => String(Number(id) + 1_000_000);

/** A complete, plain channel: one pipeline, one input, one destination. */
export function seedSpec(known: Known): ChannelSpec {
  return {
    roleArn: roleOf(known.arn),
    channelClass: "SINGLE_PIPELINE",
    inputSpecification: { codec: "AVC", maximumBitrate: "MAX_10_MBPS", resolution: "HD" },
    inputAttachments: [
      {
        inputAttachmentName: `${known.platform}-input`,
        inputId: inputIdOf(known),
        inputSettings: {
          audioSelectors: [
            {
              name: "audio",
              selectorSettings: { audioTrackSelection: { tracks: [{ track: 1 }] } },
            },
          ],
          inputFilter: "AUTO",
          sourceEndBehavior: "CONTINUE",
        },
      },
    ],
    destinations: [seedDestination(known)],
    encoderSettings: encoderSettings(known),
    logLevel: "WARNING",
    maintenance: { maintenanceDay: "WEDNESDAY", maintenanceStartTime: "06:00" },
    tags: { Project: "patchbay", Destination: known.platform },
  };
}

function seedDestination({ arn, output, platform, url, streamName }: Known) {
  if (output === "rtmp") return { id: outputDestinationId, settings: [{ streamName, url }] };
  const mediaPackageSettings = [
    {
      channelEndpointId: "1",
      channelGroup: "patchbay-local",
      channelName: platform,
      mediaPackageRegionName: arn.split(":")[3],
    },
  ];
  return { id: outputDestinationId, mediaPackageSettings };
}

/** The MediaLive input through which the flow feeds this channel. */
export function seedInput(channel: Known, flowArn: string): LocalInput {
  const id = inputIdOf(channel);
  return {
    id,
    arn: channel.arn.replace(`:channel:${channel.id}`, `:input:${id}`),
    name: `patchbay-${channel.platform}-input`,
    type: "MEDIACONNECT",
    roleArn: roleOf(channel.arn),
    flowArn,
    securityGroups: [],
    state: "ATTACHED",
    tags: { Project: "patchbay", Destination: channel.platform },
  };
}
