import type { Platform } from "../platform.ts";

export const linkedin: Platform = {
  id: "linkedin",
  name: "LinkedIn",
  aliases: ["li"],
  output: "rtmp",
  ingest: {
    required: true,
    hosts: ["linkedin.com"],
    example: "rtmps://1-publish.linkedin.com/live",
  },
  key: { required: true, pattern: /^\S{8,}$/, secretLooking: null },
  limit: {
    maxMinutes: 240,
    warnMinutes: null,
    note: "LinkedIn ends a live stream after 4 h",
    source: "linkedin.com/help/linkedin, LinkedIn Live FAQ",
  },
  defaultPresetId: "preset_linkedin_720p_professional",
};
