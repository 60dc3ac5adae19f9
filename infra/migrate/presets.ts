type Video = {
  resolution: string;
  framerate: number;
  bitrate: number;
  profile: string;
  level: string;
};

type PlatformSettings = {
  max_bitrate: number;
  /** Seconds. */
  recommended_keyframe: number;
  low_latency: boolean;
  adaptive_bitrate: boolean;
};

/** A preset in the newer of the two stored shapes: bit/s, GOP in frames, channels as a number (legacy contract, T2). */
export type Preset = {
  preset_id: string;
  name: string;
  platform: string;
  type: "generic" | "platform_specific";
  video: Video & { codec: string; gop_size: number; rate_control: string };
  audio: Record<string, unknown>;
  platform_settings?: PlatformSettings;
  description: string;
  is_default: boolean;
  is_active: boolean;
  created_by: string;
};

type Row = {
  id: string;
  name: string;
  platform: string;
  video: Video;
  audioBitrate?: number;
  settings?: PlatformSettings;
  isDefault?: boolean;
};

const hd = { resolution: "1920x1080", framerate: 30, profile: "HIGH", level: "4.1" };
const small = { resolution: "1280x720", framerate: 30, profile: "HIGH", level: "3.1" };

const settings = (
  max_bitrate: number,
  { lowLatency }: { lowLatency: boolean },
): PlatformSettings => ({
  max_bitrate,
  recommended_keyframe: 2,
  low_latency: lowLatency,
  adaptive_bitrate: !lowLatency,
});

const relaxed = { lowLatency: false };
const quick = { lowLatency: true };

/** Set A of the legacy contract, section 4; 1080p60 needs level 4.2, whatever older tables say. */
const rows: readonly Row[] = [
  {
    id: "preset_generic_720p",
    name: "Generic 720p",
    platform: "generic",
    video: { ...small, bitrate: 3_000_000 },
    isDefault: true,
  },
  {
    id: "preset_generic_1080p",
    name: "Generic 1080p",
    platform: "generic",
    video: { ...hd, bitrate: 6_000_000 },
  },
  {
    id: "preset_youtube_1080p_optimized",
    name: "YouTube 1080p",
    platform: "youtube",
    video: { ...hd, bitrate: 6_000_000 },
    settings: settings(8_000_000, relaxed),
    isDefault: true,
  },
  {
    id: "preset_youtube_720p_mobile",
    name: "YouTube 720p for phones",
    platform: "youtube",
    video: { ...small, bitrate: 2_500_000, profile: "MAIN" },
    audioBitrate: 96_000,
    settings: settings(4_000_000, relaxed),
  },
  {
    id: "preset_twitch_1080p_60fps",
    name: "Twitch 1080p60",
    platform: "twitch",
    video: { ...hd, framerate: 60, bitrate: 6_000_000, level: "4.2" },
    settings: settings(6_000_000, quick),
    isDefault: true,
  },
  {
    id: "preset_twitch_720p_standard",
    name: "Twitch 720p",
    platform: "twitch",
    video: { ...small, bitrate: 3_000_000 },
    settings: settings(3_500_000, quick),
  },
  {
    id: "preset_linkedin_720p_professional",
    name: "LinkedIn 720p",
    platform: "linkedin",
    video: { ...small, bitrate: 2_500_000, profile: "MAIN" },
    settings: settings(3_000_000, relaxed),
    isDefault: true,
  },
];

/** The presets that every destination without one of its own is given; all of them have a GOP of 2 s. */
export const defaultPresets: readonly Preset[] = rows.map(toPreset);

function toPreset({ audioBitrate = 128_000, isDefault = false, ...row }: Row): Preset {
  const { resolution, framerate, bitrate } = row.video;
  return {
    preset_id: row.id,
    name: row.name,
    platform: row.platform,
    type: row.platform === "generic" ? "generic" : "platform_specific",
    video: { codec: "H264", ...row.video, gop_size: framerate * 2, rate_control: "CBR" },
    audio: {
      codec: "AAC",
      bitrate: audioBitrate,
      sample_rate: 48_000,
      channels: 2,
      coding_mode: "CODING_MODE_2_0",
    },
    ...(row.settings === undefined ? {} : { platform_settings: row.settings }),
    description: `${resolution} at ${framerate} pictures a second, ${bitrate / 1_000_000} Mbit/s`,
    is_default: isDefault,
    is_active: true,
    created_by: "system",
  };
}
