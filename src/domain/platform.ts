/** The kinds of place that patchbay knows. */
export type PlatformId = "primary" | "youtube" | "twitch" | "linkedin" | "x" | "custom";

/** What is particular about one kind of place; data only, one file each in `platforms/`. */
export type Platform = {
  id: PlatformId;
  name: string;
  /** Other words for it in stored rows and in commands. */
  aliases: readonly string[];
  output: "hls" | "rtmp";
  /** Where the picture is sent: host names allowed (themselves and what is below them), empty for any public host. */
  ingest: { required: boolean; hosts: readonly string[]; example: string };
  /** What a stream key looks like; `secretLooking` also finds one typed into a command by mistake. */
  key: { required: boolean; pattern: RegExp; secretLooking: RegExp | null };
  /** How long the platform itself lets one session run; null when it sets no limit. */
  limit: { maxMinutes: number | null; warnMinutes: number | null; note: string; source: string };
  /** The preset of rows that name none (legacy contract, 3.1 rule 4). */
  defaultPresetId: string;
};
