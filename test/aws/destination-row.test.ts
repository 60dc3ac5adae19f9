import { describe, expect, it } from "vitest";
import { destinationFrom, unreadableDestinationFrom } from "../../src/aws/destination-row.ts";
import { hlsRow as hls } from "../support/legacy-rows.ts";

describe("destinationFrom", () => {
  it("reads a row of the existing system", () => {
    expect(destinationFrom(hls)).toMatchObject({
      id: hls.destination_id,
      platform: "hls",
      kind: "primary",
      platformIngest: null,
      streamKeyRef: null,
      presetId: "preset_hls_default",
      enabled: true,
      desired: "off",
      phase: "off",
      intent: null,
      channelState: "unknown",
      version: 0,
    });
  });

  it("reads a row of which hardly anything is there", () => {
    expect(destinationFrom({ destination_id: "dest_1" })).toMatchObject({
      id: "dest_1",
      name: "dest_1",
      platform: "",
      kind: null,
      enabled: false,
      createdAt: null,
    });
  });

  it.each([[{}], [{ destination_id: "" }], [{ destination_id: 7 }], [null], [undefined], ["row"]])(
    "does not understand %j",
    (row) => {
      expect(destinationFrom(row)).toBeNull();
    },
  );

  it("reads NULL and values of other types as absent", () => {
    const names = ["name", "platform", "rtmp_url", "enabled", "created_at", "lease_until"];
    for (const value of [null, 7, true, ["x"], { a: 1 }, ""]) {
      const odd = Object.fromEntries(names.map((name) => [name, value]));
      expect(destinationFrom({ destination_id: "d", ...odd })).toMatchObject({
        name: "d",
        platform: "",
        platformIngest: null,
        createdAt: null,
        leaseUntil: null,
      });
    }
  });

  it.each([
    ["already_running", "running"],
    ["already_stopped", "idle"],
    ["update_failed", "update_failed"],
    ["HIBERNATING", "unknown"],
    [null, "unknown"],
  ])("reads the channel status %j as %s", (channel_status, channelState) => {
    expect(destinationFrom({ ...hls, channel_status })).toMatchObject({ channelState });
  });

  it.each([
    ["x", "x"],
    ["twitter", "x"],
    ["restream", "custom"],
    ["vimeo", null],
  ])("knows the platform word %s as %s and keeps the word", (platform, kind) => {
    expect(destinationFrom({ ...hls, platform })).toMatchObject({ platform, kind });
  });

  it.each(["tomorrow", "1", "2026-13-45", "2026-11-22", 1_790_000_000_000])(
    "reads the time %j as none",
    (lease_until) => {
      expect(destinationFrom({ ...hls, lease_until })).toMatchObject({ leaseUntil: null });
    },
  );

  it.each(["1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])("reads the time %s", (time) => {
    expect(destinationFrom({ ...hls, lease_until: time })?.leaseUntil?.toISOString()).toBe(time);
  });

  it("takes the older name of the creation time", () => {
    const { created_at: timestamp, ...older } = hls;
    expect(destinationFrom({ ...older, timestamp })?.createdAt?.toISOString()).toBe(timestamp);
  });

  it("does not make up for a start whose time cannot be read", () => {
    const row = { ...hls, intent_id: "intent_1", intent_at: "soon" };
    expect(destinationFrom(row)?.intent).toEqual({
      id: "intent_1",
      by: { id: "unknown", name: "unknown" },
      reason: null,
      at: new Date(0),
    });
  });

  it.each([
    ["on", "rehearsing", "running"],
    ["off", "rehearsing", "stopping"],
    ["off", null, "off"],
  ])("reads phase of a row that is %s and says %j as %s", (desired_state, intent_phase, phase) => {
    expect(destinationFrom({ ...hls, desired_state, intent_phase })).toMatchObject({ phase });
  });

  it.each(["paused", 1, null, undefined])(
    "M5 no-surprise-stop: does not take a row for off that says %j and has begun",
    (desired_state) => {
      const read = (intent_phase: unknown) =>
        destinationFrom({ ...hls, desired_state, intent_phase });
      for (const phase of ["accepted", "starting", "running", "rehearsing"])
        expect(read(phase)).toBeNull();
      for (const phase of ["stopping", "off", "failed", null, undefined])
        expect(read(phase)).toMatchObject({ desired: "off" });
    },
  );

  it("tells of a row that it does not understand as much as can be said", () => {
    const row = { ...hls, desired_state: 1, medialive_channel_id: "1001" };
    const known = {
      id: hls.destination_id,
      name: hls.name,
      kind: "primary",
      channelId: "1001",
    };
    expect(unreadableDestinationFrom(row)).toEqual(known);
    const bare = { id: "d", name: "d", kind: null, channelId: null };
    expect(unreadableDestinationFrom({ destination_id: "d", platform: 7 })).toEqual(bare);
    expect(unreadableDestinationFrom({})).toBeNull();
  });

  it.each([-1, 1.5, "3", null])("reads the version %j as none", (version) => {
    expect(destinationFrom({ ...hls, version })).toMatchObject({ version: 0 });
  });

  it("leaves out deeds that are damaged or of a newer kind", () => {
    const at = "2026-11-22T19:00:00.000Z";
    const deed = { id: "intent_1", kind: "start", by: "U0ANA", at };
    const deeds = [deed, { ...deed, kind: "swap" }, { ...deed, at: "soon" }, "start", null];
    expect(destinationFrom({ ...hls, deeds })?.deeds).toEqual([
      {
        id: "intent_1",
        kind: "start",
        by: { id: "U0ANA", name: "U0ANA" },
        reason: null,
        at: new Date(at),
        before: null,
        after: null,
      },
    ]);
    expect(destinationFrom({ ...hls, deeds: "many" })).toMatchObject({ deeds: [] });
  });
});
