import { addMinutes } from "date-fns/addMinutes";
import { beforeEach, describe, expect, it } from "vitest";
import type { Announcement, Content } from "../../src/domain/announcement.ts";
import { saying } from "../../src/domain/announcement.ts";
import { code, strong, text } from "../../src/domain/text.ts";
import { OpsError } from "../../src/errors.ts";
import type { Announcements } from "../../src/manager/ports.ts";
import { siteNow } from "../support/builders.ts";

const said = (words: string): Content => saying([[words]]);

/** An announcement that asks nothing. */
const anAnnouncement = (overrides: Partial<Announcement> = {}): Announcement => ({
  key: "budget:2026-11:80",
  at: siteNow,
  broadcastId: null,
  loud: false,
  destinationId: null,
  open: false,
  content: said("80 % of the budget is spent."),
  ...overrides,
});

const full: Content = {
  lines: [
    text`${strong("Twitch")} stops at ${siteNow}; type ${code("/stream extend twitch")}, $${1.5}.`,
    [],
  ],
  buttons: [
    { label: "Keep", command: "/stream extend twitch by 30m", style: "primary", seen: null },
    {
      label: "Stop now",
      command: "/stream stop twitch",
      style: "danger",
      confirm: { title: "Stop?", text: text`It would end at ${siteNow}.`, yes: "Stop" },
      asked: true,
      seen: "intent_1",
    },
  ],
  table: { columns: [{ title: "Cost", figures: true }], rows: [["$1.50"], []] },
  chart: {
    title: "Cost",
    kind: "bar",
    unit: "USD",
    labels: ["Mon"],
    series: [{ name: "Twitch", values: [0.1 + 0.2, 0] }],
  },
  file: { name: "cost.csv", title: "Cost", words: "day,usd\nMon,0.3\n" },
};

/** What every implementation of `Announcements` does. */
export function announcementsContract(name: string, open: () => Promise<Announcements>): void {
  describe(`Announcements: ${name}`, () => {
    let announcements: Announcements;
    beforeEach(async () => {
      announcements = await open();
    });
    const found = async (key = anAnnouncement().key) => {
      const kept = await announcements.find(key);
      if (kept === null) throw new OpsError("not-found", `no announcement ${key}`);
      return kept;
    };
    const liveKeys = async () => (await announcements.live()).map(({ key }) => key);
    const show = (key: string, revision: number, messageTs = "1.1") =>
      announcements.noteShown(key, { conversationId: "C1", messageTs, revision });

    it("keeps everything, with its times", async () => {
      const rich = anAnnouncement({
        broadcastId: "broadcast_1",
        loud: true,
        destinationId: "dest_twitch",
        open: true,
        content: full,
      });
      expect(await announcements.find(rich.key)).toBeNull();
      expect(await announcements.add(rich)).toBe(true);
      const kept = { ...rich, revision: 1, shown: null };
      expect(await announcements.find(rich.key)).toEqual(kept);
      expect(await announcements.live()).toEqual([kept]);
    });

    it("adds a key once, for ever", async () => {
      const { key } = anAnnouncement();
      expect(await announcements.add(anAnnouncement())).toBe(true);
      await show(key, 1);
      expect(await liveKeys()).toEqual([]);
      const again = anAnnouncement({ at: addMinutes(siteNow, 5), content: said("again") });
      expect(await announcements.add(again)).toBe(false);
      expect(await liveKeys()).toEqual([]);
      expect(await found()).toMatchObject({ at: siteNow, content: anAnnouncement().content });
    });

    it("lets one of many adds at once through", async () => {
      const adds = Array.from({ length: 8 }, (_, index) =>
        announcements.add(anAnnouncement({ content: said(`writer ${index}`) })),
      );
      expect((await Promise.all(adds)).filter(Boolean)).toHaveLength(1);
      expect(await liveKeys()).toHaveLength(1);
    });

    it("lists what is open or not shown as it is, oldest first", async () => {
      await announcements.add(anAnnouncement({ key: "later", at: addMinutes(siteNow, 2) }));
      await announcements.add(anAnnouncement({ key: "first", open: true }));
      await announcements.add(anAnnouncement({ key: "second", at: addMinutes(siteNow, 1) }));
      expect(await liveKeys()).toEqual(["first", "second", "later"]);
      for (const key of ["first", "second", "later"]) await show(key, 1);
      expect(await liveKeys()).toEqual(["first"]);
    });

    it("says something else, which is shown anew", async () => {
      await announcements.add(anAnnouncement({ open: true }));
      await show(anAnnouncement().key, 1);
      await announcements.amend(await found(), {
        content: said("The source is back."),
        open: false,
      });
      expect(await announcements.live()).toEqual([
        {
          ...anAnnouncement({ content: said("The source is back.") }),
          revision: 2,
          shown: { conversationId: "C1", messageTs: "1.1", revision: 1 },
        },
      ]);
      await show(anAnnouncement().key, 2);
      expect(await liveKeys()).toEqual([]);
    });

    it("opens again what was done with", async () => {
      await announcements.add(anAnnouncement());
      await show(anAnnouncement().key, 1);
      expect(await liveKeys()).toEqual([]);
      await announcements.amend(await found(), { content: said("once more"), open: true });
      await show(anAnnouncement().key, 2);
      expect(await liveKeys()).toEqual([anAnnouncement().key]);
    });

    it("refuses who has read an older revision", async () => {
      await announcements.add(anAnnouncement());
      const read = await found();
      await announcements.amend(read, { content: said("one"), open: false });
      const late = announcements.amend(read, { content: said("two"), open: false });
      await expect(late).rejects.toMatchObject({ code: "conflict" });
      const never = { ...read, key: "never" };
      await expect(
        announcements.amend(never, { content: said("two"), open: false }),
      ).rejects.toMatchObject({ code: "conflict" });
      expect(await found()).toMatchObject({ content: said("one"), revision: 2 });
      expect(await liveKeys()).toEqual([read.key]);
    });

    it("lets one of two amend", async () => {
      await announcements.add(anAnnouncement());
      const read = await found();
      const outcomes = await Promise.allSettled(
        [1, 2].map(() => announcements.amend(read, { content: said("one"), open: false })),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await found()).toMatchObject({ revision: 2 });
    });

    it("never notes an older revision over a newer one", async () => {
      const { key } = anAnnouncement();
      await announcements.add(anAnnouncement());
      await announcements.amend(await found(), { content: said("new"), open: false });
      await show(key, 2, "2.2");
      await show(key, 1, "1.1");
      expect(await found()).toMatchObject({ shown: { messageTs: "2.2", revision: 2 } });
      await show(key, 2, "3.3");
      expect(await found()).toMatchObject({ shown: { messageTs: "3.3", revision: 2 } });
      await show("never", 1);
      expect(await announcements.find("never")).toBeNull();
    });
  });
}
