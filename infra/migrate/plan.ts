import { platformOf } from "../../src/domain/platforms/index.ts";
import { defaultPresets } from "./presets.ts";

/** A stored item, whoever wrote it. */
export type Item = Readonly<Record<string, unknown>>;

/** A platform's dedicated channel, never the one that several destinations share (legacy contract, X3). */
export type Channel = { id: string; arn: string };

/**
 * Attributes that a row lacks, or a whole preset that its table lacks; null is stored as NULL. `replaced` are values of the
 * migration itself that some of them take the place of: those of a channel that is gone.
 */
export type Change = { id: string; name: string; added: Item; replaced: Item };

/** A row that is left as it is, because nobody can tell what it should have. */
export type Skipped = { id: string; name: string; why: string };

/** What a table has, and what it lacks; `complete` counts the rows that lack nothing. */
export type TablePlan = {
  read: number;
  complete: number;
  changes: readonly Change[];
  skipped: readonly Skipped[];
};

export type Known = {
  /** By platform: `primary`, `youtube`, `twitch`, `linkedin`, `custom`. */
  channels: ReadonlyMap<string, Channel>;
  now: Date;
  /** The channels' attributes that the migration itself has given to rows and that are gone by now, by the row's id. */
  gone?: ReadonlyMap<string, Item>;
};

/** What each row lacks. A stored NULL is there, and so is a preset id that names nothing (legacy contract, 3.1). */
export function planDestinations(rows: readonly Item[], known: Known): TablePlan {
  const changes: Change[] = [];
  const skipped: Skipped[] = [];
  for (const row of rows) {
    const { id, name } = titleOf(row, "destination_id");
    const need = needOf(row, known);
    if (need === null) skipped.push({ id, name, why: "it names no platform" });
    else if (!isEmpty(need.added)) changes.push({ id, name, ...need });
  }
  const complete = rows.length - changes.length - skipped.length;
  return { read: rows.length, complete, changes, skipped };
}

/** The default presets that are not there by their id; a stored one is never touched, in whichever shape it is. */
export function planPresets(rows: readonly Item[], { now }: Pick<Known, "now">): TablePlan {
  const stored = new Set(rows.map((row) => row.preset_id));
  const at = now.toISOString();
  const changes = defaultPresets
    .filter(({ preset_id }) => !stored.has(preset_id))
    .map((preset) => ({
      id: preset.preset_id,
      name: preset.name,
      added: { ...preset, created_at: at, updated_at: at },
      replaced: {},
    }));
  return { read: rows.length, complete: rows.length, changes, skipped: [] };
}

/** What a row lacks, and its platform's channel for one that is gone; null when it does not say what kind of place it is. */
export function needOf(row: Item, known: Known): Pick<Change, "added" | "replaced"> | null {
  const lack = lackOf(row, known);
  if (lack === null) return null;
  const channel = channelOf(row, known);
  const gone = known.gone?.get(titleOf(row, "destination_id").id) ?? {};
  const stands = Object.entries(gone).every(([name, value]) => row[name] === value);
  if (channel === null || isEmpty(gone) || !stands) return { added: lack, replaced: {} };
  return { added: { ...lack, ...attributesOf(channel) }, replaced: gone };
}

/** The channel of a row's platform, as far as it is known. */
export function channelOf({ platform }: Item, { channels }: Pick<Known, "channels">) {
  return typeof platform === "string" ? (channels.get(planWord(platform)) ?? null) : null;
}

const attributesOf = (channel: Channel | null): Item => ({
  medialive_channel_id: channel?.id ?? null,
  medialive_channel_arn: channel?.arn ?? null,
});

/** True for an item without attributes. */
export const isEmpty = (item: Item): boolean => Object.keys(item).length === 0;

/** The attributes that a destination's row lacks; null when it does not say what kind of place it is. */
export function lackOf(row: Item, { channels, now }: Omit<Known, "gone">): Item | null {
  const { platform } = row;
  if (typeof platform !== "string" || platform === "") return null;
  const wanted = {
    // Before the channels are deployed nobody knows any: the next migration adds them.
    ...(channels.size > 0 && attributesOf(channelOf(row, { channels }))),
    channel_status: "idle",
    // NULL until something has really been compared with AWS.
    last_channel_sync: null,
    preset_id: platformOf(platform)?.defaultPresetId ?? "preset_generic_720p",
    created_at: timeOf(row.timestamp) ?? now.toISOString(),
    updated_at: now.toISOString(),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !Object.hasOwn(row, name)));
}

/** The live table says `hls` where the plan says `primary` (legacy contract, X2). */
function planWord(platform: string): string {
  const word = platform.toLowerCase();
  return word === "hls" ? "primary" : word;
}

/** Rows of the oldest version have their time as `timestamp`. */
function timeOf(value: unknown): string | null {
  const at = typeof value === "string" ? new Date(value) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** How a row is called in a report: its key, and its name where it has one. */
export function titleOf(row: Item, key: string): { id: string; name: string } {
  const id = String(row[key]);
  return { id, name: typeof row.name === "string" && row.name !== "" ? row.name : id };
}
