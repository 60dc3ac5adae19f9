import type { Platform } from "../platform.ts";

export const youtube: Platform = {
  id: "youtube",
  name: "YouTube",
  aliases: ["yt"],
  output: "rtmp",
  ingest: {
    required: true,
    hosts: ["rtmp.youtube.com", "rtmps.youtube.com"],
    example: "rtmps://a.rtmps.youtube.com/live2",
  },
  key: {
    required: true,
    pattern: /^[a-z0-9]{4}(-[a-z0-9]{4}){3,4}$/,
    secretLooking: /\b[a-z0-9]{4}(-[a-z0-9]{4}){3,4}\b/i,
  },
  limit: {
    maxMinutes: null,
    warnMinutes: 720,
    note: "streams longer than 12 h are not archived",
    source: "support.google.com/youtube/answer/6247592",
  },
  defaultPresetId: "preset_youtube_1080p_optimized",
};
