import type { Platform } from "../platform.ts";

export const primary: Platform = {
  id: "primary",
  name: "HLS player",
  aliases: ["hls"],
  output: "hls",
  ingest: { required: false, hosts: [], example: "" },
  key: { required: false, pattern: /^$/, secretLooking: null },
  limit: { maxMinutes: null, warnMinutes: null, note: "no limit", source: "our own player" },
  defaultPresetId: "preset_generic_720p",
};
