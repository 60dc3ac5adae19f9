import { describe, expect, it } from "vitest";
import type { Sessions } from "../../src/manager/ports.ts";
import { aSession, siteNow } from "../support/builders.ts";

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

    it("leaves a session that does not exist alone", async () => {
      const sessions = await open();
      await sessions.amend("session_none", { endedAt: later, endReason: null });
      expect(await sessions.find("session_none")).toBeNull();
    });
  });
}
