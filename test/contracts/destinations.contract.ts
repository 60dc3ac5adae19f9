import { beforeEach, describe, expect, it } from "vitest";
import type { Destination, DestinationChange } from "../../src/domain/destination.ts";
import type { Destinations } from "../../src/manager/ports.ts";
import { aDestination, ana, anIntent, ben, siteNow } from "../support/builders.ts";

/** One outside with an empty table of destinations. */
export type DestinationsStage = {
  destinations: Destinations;
  /** Adds a row that patchbay has never written. */
  put(destination: Destination): Promise<void>;
  remove(id: string): Promise<void>;
};

const later = new Date("2026-11-22T23:00:00.500Z");

const everything: Required<DestinationChange> = {
  desired: "on",
  intent: anIntent({ reason: "Sunday show" }),
  phase: "running",
  leaseUntil: later,
  holdUntil: later,
  heldBy: ben,
  holdReason: "the speaker is late",
  deeds: [
    {
      id: "intent_1",
      kind: "start",
      by: ana,
      reason: null,
      at: siteNow,
      before: null,
      after: later,
    },
    { id: "deed_2", kind: "hold", by: ben, reason: "late", at: later, before: later, after: null },
  ],
  attempt: { intentId: "intent_1", at: siteNow, outcome: "accepted" },
  outputIntentId: "intent_1",
  toldIntentId: "intent_1",
  sessionId: "session_intent_1",
  failures: 2,
  retryAt: later,
  lastError: "AWS did not answer",
  channelState: "running",
  stateSince: siteNow,
  lastSyncAt: later,
  runningSince: siteNow,
  settledAt: later,
};

const nothing: Required<DestinationChange> = {
  desired: "off",
  intent: null,
  phase: "off",
  leaseUntil: null,
  holdUntil: null,
  heldBy: null,
  holdReason: null,
  deeds: [],
  attempt: null,
  outputIntentId: null,
  toldIntentId: null,
  sessionId: null,
  failures: 0,
  retryAt: null,
  lastError: null,
  channelState: "idle",
  stateSince: null,
  lastSyncAt: null,
  runningSince: null,
  settledAt: null,
};

/** What every implementation of `Destinations` does. */
export function destinationsContract(name: string, open: () => Promise<DestinationsStage>): void {
  describe(`Destinations: ${name}`, () => {
    let stage: DestinationsStage;
    const twitch = aDestination();
    const primary = aDestination({ platform: "primary", enabled: false, channelId: "1009" });

    beforeEach(async () => {
      stage = await open();
      await stage.put(twitch);
      await stage.put(primary);
    });

    it("lists every row and finds one as it lists it", async () => {
      const list = await stage.destinations.list();
      expect(list).toHaveLength(2);
      expect(list).toEqual(expect.arrayContaining([twitch, primary]));
      expect(await stage.destinations.find(primary.id)).toEqual(primary);
    });

    it("lists more rows than fit on a page", async () => {
      const name = "long name ".repeat(5_000);
      for (let index = 0; index < 30; index += 1)
        await stage.put(aDestination({ id: `dest_${index}`, name, streamKeyRef: null }));
      expect(await stage.destinations.list()).toHaveLength(32);
    });

    it.each(["dest_none", "", "__proto__", "x".repeat(5_000)])("finds no row %#", async (id) => {
      await expect(stage.destinations.find(id)).rejects.toMatchObject({ code: "not-found" });
    });

    it("writes everything and takes everything back", async () => {
      const { destinations } = stage;
      const full = await destinations.update(twitch, everything);
      expect(full).toEqual({ ...twitch, ...everything, version: 1 });
      expect(await destinations.find(twitch.id)).toEqual(full);
      const empty = await destinations.update(full, nothing);
      expect(empty).toEqual({ ...twitch, version: 2 });
      expect(await destinations.find(twitch.id)).toEqual(empty);
    });

    it("leaves what a change does not name as it is", async () => {
      const { destinations } = stage;
      const full = await destinations.update(twitch, everything);
      const change = { phase: "stopping", holdUntil: null } as const;
      expect(await destinations.update(full, change)).toEqual({ ...full, ...change, version: 2 });
    });

    it("refuses a writer that has read an older version", async () => {
      const { destinations } = stage;
      await destinations.update(twitch, { desired: "on" });
      await expect(destinations.update(twitch, { desired: "off" })).rejects.toMatchObject({
        code: "conflict",
      });
      expect(await destinations.find(twitch.id)).toMatchObject({ desired: "on", version: 1 });
    });

    it("lets exactly one of many writers through", async () => {
      const { destinations } = stage;
      const writers = Array.from({ length: 10 }, (_, index) =>
        destinations.update(twitch, { lastError: `writer ${index}` }),
      );
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await destinations.find(twitch.id)).toMatchObject({ version: 1 });
    });

    it("does not bring a deleted row back", async () => {
      await stage.remove(twitch.id);
      await expect(stage.destinations.update(twitch, everything)).rejects.toMatchObject({
        code: "not-found",
      });
      expect(await stage.destinations.list()).toEqual([primary]);
    });
  });
}
