import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Item, lackOf, planDestinations, planPresets } from "../../../infra/migrate/plan.ts";
import { defaultPresets } from "../../../infra/migrate/presets.ts";
import { platforms } from "../../../src/domain/platforms/index.ts";
import {
  b2Row,
  customRow,
  damagedRow,
  dRow,
  hlsRow,
  newPreset,
  oldestRow,
  oldPreset,
} from "../../support/legacy-rows.ts";

const now = new Date("2026-11-22T19:00:00.000Z");
const channel = (id: string) => ({
  id,
  arn: `arn:aws:medialive:us-west-2:123456789012:channel:${id}`,
});
const channels = new Map([
  ["primary", channel("1001")],
  ["youtube", channel("1002")],
]);
const known = { channels, now };
const lack = (row: Item) => lackOf(row, known);

describe("what a row lacks", () => {
  it("is the plan's four attributes for the real HLS row, whose channel is the primary's", () => {
    expect(lack(hlsRow)).toEqual({
      medialive_channel_id: "1001",
      medialive_channel_arn: channel("1001").arn,
      channel_status: "idle",
      last_channel_sync: null,
    });
  });

  it("is NULL for the channel of a platform that has none of its own", () => {
    const added = lack(customRow);
    expect(added).toMatchObject({ medialive_channel_id: null, medialive_channel_arn: null });
    expect(added).not.toHaveProperty("preset_id");
    expect(added).not.toHaveProperty("last_error");
  });

  it("is also a preset and a time for rows of other versions", () => {
    expect(lack(dRow)).toMatchObject({
      preset_id: "preset_twitch_1080p_60fps",
      updated_at: now.toISOString(),
    });
    expect(lack(oldestRow)).toMatchObject({
      preset_id: "preset_linkedin_720p_professional",
      created_at: "2025-08-01T10:00:00.000Z",
    });
    expect(Object.keys(lack(b2Row) ?? {})).toHaveLength(4);
  });

  it("counts a stored NULL as there", () => {
    const row = { ...hlsRow, medialive_channel_id: null, channel_status: null, preset_id: null };
    expect(Object.keys(lack(row) ?? {})).toEqual(["medialive_channel_arn", "last_channel_sync"]);
  });

  it.each([
    ["primary", "preset_generic_720p"],
    ["hls", "preset_generic_720p"],
    ["youtube", "preset_youtube_1080p_optimized"],
    ["twitch", "preset_twitch_1080p_60fps"],
    ["linkedin", "preset_linkedin_720p_professional"],
    ["custom", "preset_generic_1080p"],
    ["x", "preset_generic_720p"],
    ["somewhere else", "preset_generic_720p"],
  ])("is, for %s, the preset %s", (platform, preset) => {
    expect(lack({ destination_id: "d", platform })).toMatchObject({ preset_id: preset });
  });

  it.each(["yesterday", 1_755_871_200, null, "", {}])("takes no time from %o", (timestamp) => {
    const row = { destination_id: "d", platform: "x", timestamp };
    expect(lack(row)).toMatchObject({ created_at: now.toISOString() });
  });
});

describe("the plan of destinations", () => {
  it("names every row that lacks something, and leaves damaged ones out", () => {
    const done = { ...hlsRow, ...lack(hlsRow) };
    const plan = planDestinations([done, dRow, damagedRow], known);
    expect(plan).toMatchObject({ read: 3, complete: 1 });
    expect(plan.changes.map(({ name }) => name)).toEqual(["Twitch"]);
    expect(plan.skipped).toEqual([
      { id: "dest_damaged", name: "Half a row", why: "it names no platform" },
    ]);
  });

  it("never touches what a row has, and finds nothing the second time", () => {
    const attribute = fc.constantFrom(
      ...["medialive_channel_id", "medialive_channel_arn", "channel_status", "last_channel_sync"],
      ...["preset_id", "created_at", "updated_at", "timestamp", "enabled", "something else"],
    );
    const anyRow = fc
      .tuple(fc.dictionary(attribute, fc.jsonValue(), { noNullPrototype: true }), fc.string())
      .map(([row, platform]): Item => ({ ...row, destination_id: "d", platform }));
    fc.assert(
      fc.property(anyRow, (row) => {
        const added = lack(row) ?? {};
        const after = { ...row, ...added };
        expect(Object.keys(added).filter((name) => Object.hasOwn(row, name))).toEqual([]);
        expect(after).toMatchObject(row);
        expect(planDestinations([after], known).changes).toEqual([]);
      }),
    );
  });
});

describe("the plan of presets", () => {
  it("inserts the defaults that are not there, and leaves both shapes as they are", () => {
    const { changes, read } = planPresets([oldPreset, newPreset], { now });
    expect(read).toBe(2);
    expect(changes).toHaveLength(defaultPresets.length - 1);
    expect(changes.map(({ id }) => id)).not.toContain(newPreset.preset_id);
    expect(changes[0]?.added).toMatchObject({
      created_by: "system",
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    });
  });

  it("has every preset that a platform falls back to", () => {
    const ids = defaultPresets.map(({ preset_id }) => preset_id);
    expect(platforms.filter(({ defaultPresetId }) => !ids.includes(defaultPresetId))).toEqual([]);
  });

  it("gives 1080p60 the level that holds it, and every preset a key frame every 2 s", () => {
    const twitch = defaultPresets.find(({ video }) => video.framerate === 60);
    expect(twitch?.video).toMatchObject({ level: "4.2", resolution: "1920x1080", gop_size: 120 });
    for (const { video } of defaultPresets) expect(video.gop_size).toBe(video.framerate * 2);
  });
});
