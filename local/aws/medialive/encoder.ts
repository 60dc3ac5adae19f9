import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";

/** A complete, plain encoder configuration: 1080p30 H.264 with AAC, one output group. */
export function encoderSettings(output: LocalChannel["output"], destinationRefId: string): Json {
  return {
    audioDescriptions: [
      {
        audioSelectorName: "audio",
        audioTypeControl: "FOLLOW_INPUT",
        codecSettings: {
          aacSettings: { bitrate: 128_000, codingMode: "CODING_MODE_2_0", sampleRate: 48_000 },
        },
        languageCodeControl: "FOLLOW_INPUT",
        name: "audio_1",
      },
    ],
    captionDescriptions: [],
    outputGroups: [
      output === "rtmp" ? rtmpGroup(destinationRefId) : packageGroup(destinationRefId),
    ],
    timecodeConfig: { source: "EMBEDDED" },
    videoDescriptions: [
      {
        codecSettings: {
          h264Settings: {
            bitrate: 4_500_000,
            framerateControl: "SPECIFIED",
            framerateDenominator: 1,
            framerateNumerator: 30,
            gopSize: 60,
            gopSizeUnits: "FRAMES",
            level: "H264_LEVEL_4_1",
            profile: "HIGH",
            rateControlMode: "CBR",
          },
        },
        height: 1080,
        name: "video_1",
        scalingBehavior: "DEFAULT",
        width: 1920,
      },
    ],
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
function packageGroup(destinationRefId: string): Json {
  const outputSettings = { mediaPackageOutputSettings: {} };
  return {
    name: "package",
    outputGroupSettings: { mediaPackageGroupSettings: { destination: { destinationRefId } } },
    outputs: [
      { outputName: "video", outputSettings, videoDescriptionName: "video_1" },
      { audioDescriptionNames: ["audio_1"], outputName: "audio", outputSettings },
    ],
  };
}
