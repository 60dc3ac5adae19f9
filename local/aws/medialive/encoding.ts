import type { LocalChannel } from "../../world.ts";

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
  ...{ fps: 30, level: "H264_LEVEL_3_0" },
};

/** As the existing presets have it: a ladder for the primary, one encode for each platform. */
const rungsOf: Record<string, Rung[]> = {
  primary: [fullHd(5_000_000), hd(3_000_000), sd],
  youtube: [fullHd(6_000_000)],
  twitch: [fullHd(6_000_000)],
  linkedin: [hd(4_000_000)],
};

export const encodingOf = ({ platform }: LocalChannel): Encoding => ({
  rungs: rungsOf[platform] ?? [fullHd(5_000_000)],
  audioBps: 128_000,
});
