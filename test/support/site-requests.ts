import { CreateFlowCommand } from "@aws-sdk/client-mediaconnect";
import {
  type CreateChannelCommandInput,
  CreateInputCommand,
  DescribeInputCommand,
} from "@aws-sdk/client-medialive";
import { vi } from "vitest";
import { emptyWorld } from "../../local/aws/seed.ts";
import { createWorld } from "../../local/world.ts";
import { aLocalAws, type LocalAwsHarness, type LocalAwsSettings, testNow } from "./aws-harness.ts";

const role = "arn:aws:iam::000000000000:role/patchbay-medialive";

/** The local AWS of an account in which nothing was ever made. */
export const anEmptyAws = (settings: LocalAwsSettings = {}) =>
  aLocalAws({ world: createWorld(emptyWorld(testNow), () => testNow), ...settings });

export const aSource = (overrides: object = {}) => ({
  ...{ Name: "primary", Protocol: "srt-listener" as const, IngestPort: 9998 },
  ...{ MinLatency: 200, WhitelistCidr: "203.0.113.7/32" },
  ...overrides,
});

/** Makes a flow with one SRT listener and answers its ARN. */
export async function makeFlow({ clients }: LocalAwsHarness): Promise<string> {
  const command = new CreateFlowCommand({ Name: "site-srt-flow", Source: aSource() });
  const { Flow } = await clients.mediaConnect.send(command);
  return Flow?.FlowArn ?? "";
}

export const anInput = (FlowArn: string, overrides: object = {}) => ({
  ...{ Name: "site-twitch", Type: "MEDIACONNECT" as const, RoleArn: role },
  MediaConnectFlows: [{ FlowArn }],
  ...overrides,
});

/** Makes an input of the flow, waits until it can be attached, and answers its id. */
export async function makeInput({ clients }: LocalAwsHarness, flowArn: string): Promise<string> {
  const { Input } = await clients.mediaLive.send(new CreateInputCommand(anInput(flowArn)));
  const InputId = Input?.Id ?? "";
  await vi.waitFor(async () => {
    const { State } = await clients.mediaLive.send(new DescribeInputCommand({ InputId }));
    if (State === "CREATING") throw new Error("still on its way");
  });
  return InputId;
}

/** A channel of one pipeline that pushes 1080p30 by RTMP. */
export const aChannel = (inputId: string) =>
  ({
    Name: "site-twitch",
    ChannelClass: "SINGLE_PIPELINE",
    RoleArn: role,
    InputSpecification: { Codec: "AVC", MaximumBitrate: "MAX_10_MBPS", Resolution: "HD" },
    InputAttachments: [
      {
        InputId: inputId,
        InputAttachmentName: "twitch",
        InputSettings: {
          AudioSelectors: [
            {
              Name: "audio",
              SelectorSettings: { AudioTrackSelection: { Tracks: [{ Track: 1 }] } },
            },
          ],
        },
      },
    ],
    Destinations: [
      { Id: "destination1", Settings: [{ Url: "rtmp://host.invalid/app", StreamName: "key" }] },
    ],
    EncoderSettings: {
      TimecodeConfig: { Source: "EMBEDDED" },
      AudioDescriptions: [{ Name: "audio", AudioSelectorName: "audio" }],
      VideoDescriptions: [aVideo()],
      OutputGroups: [
        {
          OutputGroupSettings: { RtmpGroupSettings: {} },
          Outputs: [
            {
              OutputName: "rtmp",
              VideoDescriptionName: "video",
              AudioDescriptionNames: ["audio"],
              OutputSettings: {
                RtmpOutputSettings: { Destination: { DestinationRefId: "destination1" } },
              },
            },
          ],
        },
      ],
    },
    Tags: { Project: "site", Destination: "twitch" },
  }) satisfies CreateChannelCommandInput;

export const aVideo = (h264: object = {}, size = { Width: 1920, Height: 1080 }) => ({
  ...{ Name: "video", ...size },
  CodecSettings: {
    H264Settings: {
      ...{ RateControlMode: "CBR" as const, Bitrate: 6_000_000, Level: "H264_LEVEL_4_1" as const },
      ...{
        FramerateControl: "SPECIFIED" as const,
        FramerateNumerator: 30,
        FramerateDenominator: 1,
      },
      ...h264,
    },
  },
});

/** A copy in which the member at a path, as `EncoderSettings.OutputGroups.0.Name`, is another or gone. */
export function withMember<T extends object>(request: T, path: string, value: unknown): T {
  const copy = structuredClone(request);
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  let place: Record<string, unknown> = copy as Record<string, unknown>;
  for (const part of parts) place = place[part] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}
