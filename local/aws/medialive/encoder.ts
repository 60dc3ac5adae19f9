import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";
import { type Encoding, type Rung, usualEncoding } from "./encoding.ts";

/** The one output destination of a seeded channel: its encoder settings refer to it by this id. */
export const outputDestinationId = "destination1";

/** A complete, plain encoder configuration: H.264 with AAC, one output group. */
export function encoderSettings(channel: Pick<LocalChannel, "platform" | "output">): Json {
  const encoding = usualEncoding(channel.platform);
  const destinationRefId = outputDestinationId;
  return {
    audioDescriptions: [
      {
        audioSelectorName: "audio",
        audioTypeControl: "FOLLOW_INPUT",
        codecSettings: {
          aacSettings: {
            bitrate: encoding.audioBps,
            codingMode: "CODING_MODE_2_0",
            sampleRate: 48_000,
          },
        },
        languageCodeControl: "FOLLOW_INPUT",
        name: "audio_1",
      },
    ],
    captionDescriptions: [],
    outputGroups: [
      channel.output === "rtmp"
        ? rtmpGroup(destinationRefId)
        : packageGroup(encoding, destinationRefId),
    ],
    timecodeConfig: { source: "EMBEDDED" },
    videoDescriptions: encoding.rungs.map(toVideoDescription),
  };
}

const nameOf = (index: number) => `video_${index + 1}`;

function toVideoDescription({ width, height, bitrateBps, fps, level }: Rung, index: number): Json {
  return {
    codecSettings: {
      h264Settings: {
        bitrate: bitrateBps,
        framerateControl: "SPECIFIED",
        framerateDenominator: 1,
        framerateNumerator: fps,
        gopSize: 2 * fps,
        gopSizeUnits: "FRAMES",
        level,
        profile: "HIGH",
        rateControlMode: "CBR",
      },
    },
    height,
    name: nameOf(index),
    scalingBehavior: "DEFAULT",
    width,
  };
}

/** Retries are many on purpose: when they are used up, a channel with one RTMP output stops by itself. */
function rtmpGroup(destinationRefId: string): Json {
  return {
    name: "rtmp",
    outputGroupSettings: {
      rtmpGroupSettings: {
        authenticationScheme: "COMMON",
        cacheFullBehavior: "DISCONNECT_IMMEDIATELY",
        cacheLength: 30,
        inputLossAction: "EMIT_OUTPUT",
        restartDelay: 15,
      },
    },
    outputs: [
      {
        audioDescriptionNames: ["audio_1"],
        outputName: "rtmp_1",
        outputSettings: {
          rtmpOutputSettings: {
            certificateMode: "VERIFY_AUTHENTICITY",
            connectionRetryInterval: 2,
            destination: { destinationRefId },
            numRetries: 1000,
          },
        },
        videoDescriptionName: "video_1",
      },
    ],
  };
}

/** MediaPackage v2 wants one elementary stream per output. */
function packageGroup({ rungs }: Encoding, destinationRefId: string): Json {
  const outputSettings = { mediaPackageOutputSettings: {} };
  return {
    name: "package",
    outputGroupSettings: { mediaPackageGroupSettings: { destination: { destinationRefId } } },
    outputs: [
      ...rungs.map((_rung, index) => ({
        outputName: nameOf(index),
        outputSettings,
        videoDescriptionName: nameOf(index),
      })),
      { audioDescriptionNames: ["audio_1"], outputName: "audio", outputSettings },
    ],
  };
}
