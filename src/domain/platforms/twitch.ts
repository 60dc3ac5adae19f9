import type { Platform } from "../platform.ts";

export const twitch: Platform = {
  id: "twitch",
  name: "Twitch",
  aliases: [],
  output: "rtmp",
  ingest: {
    required: true,
    hosts: ["twitch.tv", "live-video.net"],
    example: "rtmp://live.twitch.tv/app",
  },
  key: {
    required: true,
    pattern: /^live_\d+_[A-Za-z0-9]+$/,
    secretLooking: /\blive_\d+_[a-z0-9]+\b/i,
  },
  limit: {
    maxMinutes: 2880,
    warnMinutes: null,
    note: "Twitch ends a stream after 48 h",
    source: "help.twitch.tv, Broadcasting guidelines",
  },
  defaultPresetId: "preset_twitch_1080p_60fps",
};
