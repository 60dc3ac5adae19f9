import { type Announcement, type Content, saying } from "../../src/domain/announcement.ts";
import { siteNow } from "./builders.ts";

/** A sentence for the whole conversation that asks nothing. */
export const anAnnouncement = (overrides: Partial<Announcement> = {}): Announcement => ({
  key: "budget.2026-11.50",
  at: siteNow,
  broadcastId: null,
  loud: false,
  destinationId: null,
  open: false,
  content: saying([["Half of the budget is spent."]]),
  ...overrides,
});

/** A last call with a button, which stands until it is answered. */
export const aLastCall = (overrides: Partial<Announcement> = {}): Announcement =>
  anAnnouncement({
    key: "intent_1.last-call",
    broadcastId: "broadcast_1",
    loud: true,
    destinationId: "dest_twitch",
    open: true,
    content: saying(
      [["No source for 2 min."]],
      [{ label: "Stop now", command: "stop twitch", style: "danger" }],
    ),
    ...overrides,
  });

/** A report with everything that an announcement can have. */
export const aReport = (overrides: Partial<Content> = {}): Announcement =>
  anAnnouncement({
    key: "report.2026-11-22",
    content: {
      lines: [["Yesterday: 3 h on air."]],
      buttons: [],
      table: {
        columns: [
          { title: "Destination", figures: false },
          { title: "Hours", figures: true },
        ],
        rows: [
          ["YouTube", "2.0"],
          ["Twitch", "1.0"],
        ],
      },
      chart: {
        title: "Hours on air",
        kind: "bar",
        unit: "h",
        labels: ["YouTube", "Twitch"],
        series: [{ name: "Hours", values: [2, 1] }],
      },
      file: {
        name: "usage-2026-11-22.csv",
        title: "Usage",
        words: "destination,hours\nYouTube,2\n",
      },
      ...overrides,
    },
  });
