import type { Platform } from "../platform.ts";

export const x: Platform = {
  id: "x",
  name: "X",
  aliases: ["twitter"],
  output: "rtmp",
  ingest: {
    required: true,
    hosts: ["twitter.com", "x.com", "pscp.tv"],
    example: "rtmp://live-api-s.twitter.com/live",
  },
  key: { required: true, pattern: /^\S{8,}$/, secretLooking: null },
  limit: { maxMinutes: null, warnMinutes: null, note: "no limit known", source: "none found" },
  defaultPresetId: "preset_generic_720p",
};
