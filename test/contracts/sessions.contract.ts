import { describe, expect, it } from "vitest";
import type { ChannelSpec } from "../../src/domain/channel-spec.ts";
import type { Sessions } from "../../src/manager/ports.ts";
import { aSession, ben, siteNow } from "../support/builders.ts";
import { plainSpec } from "../support/memory/channels.ts";

/** What every implementation of `Sessions` does. */
export function sessionsContract(name: string, open: () => Promise<Sessions>): void {
  describe(`Sessions: ${name}`, () => {
    const later = new Date("2026-11-22T20:15:00.250Z");

    it("opens a session and finds it", async () => {
      const sessions = await open();
      await sessions.open(aSession());
      expect(await sessions.find("session_intent_1")).toEqual(aSession());
    });

    it("keeps a session that is opened again as it has become", async () => {
      const sessions = await open();
      await sessions.open(aSession());
      await sessions.amend("session_intent_1", { runningAt: siteNow });
      await sessions.open(aSession({ destinationName: "another" }));
      expect(await sessions.find("session_intent_1")).toEqual(aSession({ runningAt: siteNow }));
    });

    it("writes what changed and takes it back", async () => {
      const sessions = await open();
      await sessions.open(aSession({ channelId: null }));
      const change = { endedAt: later, status: "error", endReason: "no lease" } as const;
      await sessions.amend("session_intent_1", change);
      expect(await sessions.find("session_intent_1")).toEqual(
        aSession({ channelId: null, ...change }),
      );
      await sessions.amend("session_intent_1", { endReason: null });
      await sessions.amend("session_intent_1", {});
      expect(await sessions.find("session_intent_1")).toMatchObject({
        endedAt: later,
        endReason: null,
      });
    });

    it("keeps what a session costs, who ended it and what was left of its lease", async () => {
      const sessions = await open();
      const spec: ChannelSpec = {
        ...plainSpec,
        encodes: [
          ...plainSpec.encodes,
          { codec: "hevc", resolution: "uhd", bitrateBps: 9e6, fps: null },
        ],
      };
      const opened = aSession({ showId: "show_1", billedFrom: siteNow, spec });
      await sessions.open(opened);
      expect(await sessions.find(opened.id)).toEqual(opened);
      const change = { endedBy: ben, leaseUntil: later, billedFrom: later, spec: plainSpec };
      await sessions.amend(opened.id, change);
      expect(await sessions.find(opened.id)).toEqual({ ...opened, ...change });
      const none = { endedBy: null, leaseUntil: null, billedFrom: null, spec: null };
      await sessions.amend(opened.id, none);
      expect(await sessions.find(opened.id)).toEqual({ ...opened, ...none });
    });

    it("lists what overlaps a time, oldest first, across months", async () => {
      const sessions = await open();
      const at = (word: string) => new Date(`${word}:00.000Z`);
      const put = (id: string, started: string, ended: string | null) =>
        sessions.open(
          aSession({ id, startedAt: at(started), endedAt: ended === null ? null : at(ended) }),
        );
      await put("open", "2026-11-30T23:30", null);
      await put("across", "2026-10-31T23:00", "2026-11-01T01:00");
      await put("november", "2026-11-15T12:00", "2026-11-15T13:00");
      await put("december", "2026-12-01T00:00", "2026-12-01T00:30");
      const listed = async (from: string, to: string) =>
        (await sessions.list(at(from), at(to))).map(({ id }) => id);
      expect(await listed("2026-11-01T00:00", "2026-12-01T00:00")).toEqual([
        "across",
        "november",
        "open",
      ]);
      expect(await listed("2026-11-01T01:00", "2026-11-15T12:00")).toEqual([]);
      expect(await listed("2026-12-01T00:00", "2026-12-02T00:00")).toEqual(["open", "december"]);
      expect(await listed("2025-12-01T00:00", "2027-01-01T00:00")).toHaveLength(4);
    });

    it("M7 meter: lists one that goes on for months, and does so when it has ended", async () => {
      const sessions = await open();
      const at = (word: string) => new Date(`${word}T20:00:00.000Z`);
      const { id } = aSession();
      const isListed = async (from: string, to: string) =>
        (await sessions.list(at(from), at(to))).length === 1;
      await sessions.open(aSession({ startedAt: at("2027-01-05"), endedAt: null }));
      expect(await isListed("2027-05-01", "2027-05-10")).toBe(true);
      await sessions.amend(id, { endedAt: at("2027-05-12"), status: "stopped" });
      expect(await isListed("2027-04-01", "2027-04-30")).toBe(true);
      expect(await isListed("2027-05-01", "2027-05-31")).toBe(true);
      expect(await isListed("2027-05-13", "2027-05-31")).toBe(false);
      expect(await isListed("2026-12-01", "2026-12-31")).toBe(false);
    });

    it("lists more sessions than AWS gives at once, as they have become", async () => {
      const sessions = await open();
      const ids = Array.from({ length: 101 }, (_, index) => `session_${index}`);
      await Promise.all(ids.map((id) => sessions.open(aSession({ id }))));
      await sessions.amend("session_7", { endedAt: later, status: "stopped" });
      const list = await sessions.list(siteNow, later);
      expect(list).toHaveLength(101);
      expect(list.find(({ id }) => id === "session_7")).toMatchObject({ endedAt: later });
    });

    it("leaves a session that does not exist alone", async () => {
      const sessions = await open();
      await sessions.amend("session_none", { endedAt: later, endReason: null });
      expect(await sessions.find("session_none")).toBeNull();
    });
  });
}
