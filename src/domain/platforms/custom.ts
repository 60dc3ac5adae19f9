import type { Platform } from "../platform.ts";

export const custom: Platform = {
  id: "custom",
  name: "Custom RTMP",
  aliases: ["restream"],
  output: "rtmp",
  ingest: { required: true, hosts: [], example: "rtmp://relay.example.com/live" },
  key: { required: true, pattern: /^\S+$/, secretLooking: null },
  limit: {
    maxMinutes: null,
    warnMinutes: null,
    note: "no limit known",
    source: "set by the receiver",
  },
  defaultPresetId: "preset_generic_1080p",
};
