import { addMinutes } from "date-fns/addMinutes";
import { subMonths } from "date-fns/subMonths";
import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEntry } from "../../src/domain/audit.ts";
import type { Audit } from "../../src/manager/ports.ts";
import { ana, siteNow } from "../support/builders.ts";

const anEntry = (overrides: Partial<AuditEntry> = {}): AuditEntry => ({
  id: "intent_1",
  at: siteNow,
  by: ana,
  what: "start",
  destinationId: "dest_twitch",
  object: "Twitch",
  why: null,
  before: null,
  after: null,
  intentId: "intent_1",
  ...overrides,
});

/** What every implementation of `Audit` does; its time is `siteNow`. */
export function auditContract(name: string, open: () => Promise<Audit>): void {
  describe(`Audit: ${name}`, () => {
    let audit: Audit;
    beforeEach(async () => {
      audit = await open();
    });

    it("keeps everything of a line", async () => {
      const budget = anEntry({
        id: "settings_1",
        at: addMinutes(siteNow, -1),
        what: "budget set",
        destinationId: null,
        object: "the budget",
        why: "December",
        before: "$100",
        after: "$200",
        intentId: null,
      });
      await audit.add(anEntry());
      await audit.add(budget);
      expect(await audit.latest({ limit: 9 })).toEqual([anEntry(), budget]);
    });

    it("adds a line once and never changes it", async () => {
      await audit.add(anEntry());
      await audit.add(anEntry({ why: "something else" }));
      expect(await audit.latest({ limit: 9 })).toEqual([anEntry()]);
    });

    it("gives the newest first, across months, and no more than asked for", async () => {
      for (let back = 0; back < 12; back += 1)
        await audit.add(anEntry({ id: `entry_${back}`, at: subMonths(siteNow, back) }));
      const ids = async (limit: number) => (await audit.latest({ limit })).map(({ id }) => id);
      expect(await ids(3)).toEqual(["entry_0", "entry_1", "entry_2"]);
      expect(await ids(99)).toHaveLength(12);
      expect(await ids(0)).toEqual([]);
    });

    it("gives one destination's lines alone", async () => {
      for (let count = 0; count < 6; count += 1) {
        const destinationId = count % 2 === 0 ? "dest_twitch" : "dest_x";
        const at = addMinutes(siteNow, -count);
        await audit.add(anEntry({ id: `entry_${count}`, at, destinationId }));
      }
      const lines = await audit.latest({ destinationId: "dest_x", limit: 2 });
      expect(lines.map(({ id }) => id)).toEqual(["entry_1", "entry_3"]);
      expect(await audit.latest({ destinationId: "none", limit: 2 })).toEqual([]);
    });
  });
}
