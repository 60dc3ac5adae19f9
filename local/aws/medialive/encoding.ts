import type { LocalChannel } from "../../world.ts";
import { type EncoderSettings, encoderMembers } from "./members/encoder.ts";
import type { VideoDescription } from "./members/video.ts";

/** One video encode of a channel. */
export type Rung = {
  width: number;
  height: number;
  bitrateBps: number;
  fps: number;
  level: string;
};

export type Encoding = { rungs: Rung[]; audioBps: number };

const fullHd = (bitrateBps: number): Rung => ({
  ...{ width: 1920, height: 1080, bitrateBps },
  ...{ fps: 30, level: "H264_LEVEL_4_1" },
});

const hd = (bitrateBps: number): Rung => ({
  ...{ width: 1280, height: 720, bitrateBps },
  ...{ fps: 30, level: "H264_LEVEL_3_1" },
});

const sd: Rung = {
  ...{ width: 854, height: 480, bitrateBps: 1_200_000 },
  ...{ fps: 30, level: "H264_LEVEL_3_1" },
};

/** As the existing presets have it: a ladder for the primary, one encode for each platform. */
const rungsOf: Record<string, Rung[]> = {
  primary: [fullHd(5_000_000), hd(3_000_000), sd],
  youtube: [fullHd(6_000_000)],
  twitch: [fullHd(6_000_000)],
  linkedin: [hd(4_000_000)],
};

export const usualEncoding = (platform: string): Encoding => ({
  rungs: rungsOf[platform] ?? [fullHd(5_000_000)],
  audioBps: 128_000,
});

/** What the channel encodes, read from its own encoder settings. */
export function encodingOf({ spec }: Pick<LocalChannel, "spec">): Encoding {
  const { data } = encoderMembers.safeParse(spec.encoderSettings);
  if (data === undefined) return { rungs: [], audioBps: 0 };
  return { rungs: data.videoDescriptions.map(toRung), audioBps: audioBpsOf(data) };
}

/** A frame rate that follows the source is billed as 30 to 60 frames (MediaLive pricing page). */
function toRung({ width, height, codecSettings }: VideoDescription): Rung {
  const { bitrate, maxBitrate, framerateNumerator, framerateDenominator, level } =
    codecSettings?.h264Settings ?? {};
  return {
    width: width ?? 1920,
    height: height ?? 1080,
    bitrateBps: bitrate ?? maxBitrate ?? 5_000_000,
    fps: framerateNumerator === undefined ? 60 : framerateNumerator / (framerateDenominator ?? 1),
    level: level ?? "H264_LEVEL_AUTO",
  };
}

const audioBpsOf = ({ audioDescriptions }: EncoderSettings) =>
  audioDescriptions.reduce(
    (sum, { codecSettings }) => sum + (codecSettings?.aacSettings?.bitrate ?? 192_000),
    0,
  );
