import { beforeEach, describe, expect, it } from "vitest";
import type { Broadcasts, Card, Deliveries } from "../../src/manager/ports.ts";
import { aBroadcast, aNotice, ben } from "../support/builders.ts";

const minutes = (count: number) => new Date(Date.UTC(2026, 10, 22, 19, count));

/** What every implementation of `Broadcasts` does. */
export function broadcastsContract(name: string, open: () => Promise<Broadcasts>): void {
  describe(`Broadcasts: ${name}`, () => {
    let broadcasts: Broadcasts;
    const first = aBroadcast();
    const second = aBroadcast({ id: "broadcast_2", startedBy: ben, startedAt: minutes(90) });

    beforeEach(async () => {
      broadcasts = await open();
    });

    it("has no broadcast at first, then the latest", async () => {
      expect(await broadcasts.latest()).toBeNull();
      await broadcasts.open(first, null);
      expect(await broadcasts.latest()).toEqual(first);
      await broadcasts.end(first.id, minutes(60));
      expect(await broadcasts.latest()).toEqual({ ...first, endedAt: minutes(60) });
      await broadcasts.open(second, first.id);
      expect(await broadcasts.latest()).toEqual(second);
    });

    it("keeps the first end of a broadcast", async () => {
      await broadcasts.open(first, null);
      await broadcasts.end(first.id, minutes(60));
      await broadcasts.end(first.id, minutes(61));
      await broadcasts.end("broadcast_none", minutes(61));
      expect(await broadcasts.latest()).toEqual({ ...first, endedAt: minutes(60) });
    });

    it("opens the same broadcast twice without harm", async () => {
      await broadcasts.open(first, null);
      await broadcasts.open(first, null);
      expect(await broadcasts.latest()).toEqual(first);
    });

    it.each([null, "broadcast_0"])("opens none after %s when another is the latest", async (id) => {
      await broadcasts.open(first, null);
      await expect(broadcasts.open(second, id)).rejects.toMatchObject({ code: "conflict" });
      expect(await broadcasts.latest()).toEqual(first);
    });

    it("opens none after a broadcast that there never was", async () => {
      await expect(broadcasts.open(second, "broadcast_1")).rejects.toMatchObject({
        code: "conflict",
      });
      expect(await broadcasts.latest()).toBeNull();
    });

    it("lets one of two processes open the next", async () => {
      const both = [broadcasts.open(first, null), broadcasts.open(second, null)];
      const outcomes = await Promise.allSettled(both);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    });

    const blank: Card = {
      broadcastId: first.id,
      conversationId: null,
      messageTs: null,
      digest: null,
      final: false,
      revision: 0,
    };

    it("keeps a card as it was saved last", async () => {
      expect(await broadcasts.card(first.id)).toBeNull();
      await broadcasts.saveCard(blank);
      expect(await broadcasts.card(first.id)).toEqual({ ...blank, revision: 1 });
      const place = { conversationId: "C1", messageTs: "1.2", digest: "d", final: true };
      await broadcasts.saveCard({ ...blank, ...place, revision: 1 });
      expect(await broadcasts.card(first.id)).toEqual({ ...blank, ...place, revision: 2 });
      expect(await broadcasts.card(second.id)).toBeNull();
    });

    it("saves no card that somebody else has saved in between", async () => {
      await broadcasts.saveCard(blank);
      await broadcasts.saveCard({ ...blank, digest: "newer", revision: 1 });
      for (const revision of [0, 1])
        await expect(broadcasts.saveCard({ ...blank, revision })).rejects.toMatchObject({
          code: "conflict",
        });
      expect(await broadcasts.card(first.id)).toMatchObject({ digest: "newer", revision: 2 });
    });

    it("tells a story once, oldest line first", async () => {
      const late = aNotice({ key: "a", kind: "running", at: minutes(3), until: minutes(180) });
      const early = aNotice({ key: "b", at: minutes(1), by: null, destinationId: null });
      await broadcasts.note(late);
      await broadcasts.note(early);
      await broadcasts.note({ ...early, at: minutes(9), detail: "seen again" });
      await broadcasts.note(aNotice({ key: "a", broadcastId: second.id }));
      expect(await broadcasts.untold(first.id)).toEqual([early, late]);
      await broadcasts.told(first.id, "b");
      await broadcasts.told(first.id, "none");
      await broadcasts.note(early);
      expect(await broadcasts.untold(first.id)).toEqual([late]);
      expect(await broadcasts.untold("broadcast_none")).toEqual([]);
    });
  });
}

export type DeliveriesStage = { deliveries: Deliveries; advance(ms: number): Promise<void> };

/** What every implementation of `Deliveries` does. */
export function deliveriesContract(name: string, open: () => Promise<DeliveriesStage>): void {
  describe(`Deliveries: ${name}`, () => {
    const hour = 3_600_000;

    it("lets only the first claim a key, for an hour", async () => {
      const { deliveries, advance } = await open();
      expect(await deliveries.claim("envelope-1")).toBe(true);
      expect(await deliveries.claim("envelope-1")).toBe(false);
      expect(await deliveries.claim("envelope-2")).toBe(true);
      await advance(hour - 1_000);
      expect(await deliveries.claim("envelope-1")).toBe(false);
      await advance(1_000);
      expect(await deliveries.claim("envelope-1")).toBe(true);
      expect(await deliveries.claim("envelope-1")).toBe(false);
    });

    it("tells a call that was broken off from one that is only doubled", async () => {
      const { deliveries, advance } = await open();
      expect(await deliveries.claim("envelope-1", "call-1")).toBe(true);
      expect(await deliveries.claim("envelope-1", "call-2")).toBe(false);
      expect(await deliveries.claim("envelope-1")).toBe(false);
      await expect(deliveries.claim("envelope-1", "call-1")).rejects.toMatchObject({
        code: "timed-out",
      });
      await advance(hour);
      expect(await deliveries.claim("envelope-1", "call-1")).toBe(true);
    });

    it("lets one of many claims at once through", async () => {
      const { deliveries } = await open();
      const claims = Array.from({ length: 10 }, () => deliveries.claim("envelope-1"));
      const granted = (await Promise.all(claims)).filter(Boolean);
      expect(granted).toHaveLength(1);
    });
  });
}
