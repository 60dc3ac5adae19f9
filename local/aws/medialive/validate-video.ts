import { type Problem, toPointer } from "../members.ts";
import { h264Levels, type VideoDescription } from "./members/video.ts";
import { repeated } from "./repeated.ts";

type H264 = NonNullable<NonNullable<VideoDescription["codecSettings"]>["h264Settings"]>;

const root = ["encoderSettings", "videoDescriptions"] as const;

export function videoProblems(descriptions: readonly VideoDescription[]): Problem[] {
  const names = descriptions.map(({ name }) => name);
  return [
    ...repeated(names).map((index) => ({
      elementPath: toPointer([...root, index, "name"]),
      errorMessage: "must be unique",
    })),
    ...descriptions.flatMap((description, index) =>
      h264Problems(description).map(({ elementPath, errorMessage }) => ({
        elementPath: `${toPointer([...root, index, "codecSettings", "h264Settings"])}${elementPath}`,
        errorMessage,
      })),
    ),
  ];
}

function h264Problems({ codecSettings, width, height }: VideoDescription): Problem[] {
  const h264 = codecSettings?.h264Settings;
  if (h264 === undefined) return [];
  return [
    ...rateProblems(h264),
    ...frameRateProblems(h264),
    ...levelProblems(h264, { width, height }),
  ];
}

/** CBR and VBR need a bitrate (MediaLive API model, H264Settings). */
function rateProblems({ rateControlMode, bitrate, maxBitrate }: H264): Problem[] {
  const isAverage = rateControlMode === "CBR" || rateControlMode === "VBR";
  if (isAverage && bitrate === undefined) {
    const errorMessage = `is required when rateControlMode is ${rateControlMode}`;
    return [{ elementPath: "/bitrate", errorMessage }];
  }
  if (rateControlMode !== "VBR" || maxBitrate === undefined || maxBitrate >= (bitrate ?? 0))
    return [];
  return [{ elementPath: "/maxBitrate", errorMessage: "must not be less than bitrate" }];
}

function frameRateProblems(h264: H264): Problem[] {
  if (h264.framerateControl !== "SPECIFIED") return [];
  return (["framerateNumerator", "framerateDenominator"] as const)
    .filter((member) => h264[member] === undefined)
    .map((member) => ({
      elementPath: `/${member}`,
      errorMessage: "is required when framerateControl is SPECIFIED",
    }));
}

type Size = Pick<VideoDescription, "width" | "height">;

/** A level bounds the macroblocks a second: 1080p60 is too much for 4.1 (H.264, table A-1). */
function levelProblems(h264: H264, { width, height }: Size): Problem[] {
  const { level, framerateNumerator, framerateDenominator } = h264;
  if (level === undefined || width === undefined || height === undefined) return [];
  if (framerateNumerator === undefined || framerateDenominator === undefined) return [];
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const fps = framerateNumerator / framerateDenominator;
  const needed = Math.ceil(blocks * fps);
  if (needed <= h264Levels[level]) return [];
  const errorMessage = `is too low for ${width}x${height} at ${fps} frames a second: ${needed} macroblocks a second, it allows ${h264Levels[level]}`;
  return [{ elementPath: "/level", errorMessage }];
}
