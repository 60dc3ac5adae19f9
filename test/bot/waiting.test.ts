import { expect, it } from "vitest";
import { type Gate, nextOf } from "../../src/bot/waiting.ts";
import type { KeptAnnouncement } from "../../src/domain/announcement.ts";
import type { Notice } from "../../src/domain/broadcast.ts";
import { anAnnouncement } from "../support/announcements.ts";
import { aNotice } from "../support/builders.ts";
import { later } from "../support/views.ts";

const always = () => true;
const noneAside = { has: () => false, holdsBack: always };
const line = (second: number, overrides: Partial<Notice> = {}): Notice =>
  aNotice({ key: `line ${second}`, at: later(second), ...overrides });
const told = (second: number, overrides: Partial<KeptAnnouncement> = {}): KeptAnnouncement => ({
  ...anAnnouncement({ key: `announcement ${second}`, at: later(second) }),
  revision: 1,
  shown: null,
  ...overrides,
});

/** Everything that waits, in the order in which it is said. */
function spoken(
  lines: readonly Notice[],
  announcements: readonly KeptAnnouncement[],
  gate: Partial<Gate> = {},
): string[] {
  const next = nextOf({ lines, announcements }, { isReady: always, aside: noneAside, ...gate });
  if (next === null) return [];
  const keys = next.kind === "lines" ? next.lines.map(({ key }) => key) : [next.announcement.key];
  const rest = [
    lines.filter(({ key }) => !keys.includes(key)),
    announcements.filter(({ key }) => !keys.includes(key)),
  ] as const;
  return [keys.join(" + "), ...spoken(...rest, gate)];
}

it("A3 order: says lines and announcements in the order in which they happened", () => {
  expect(spoken([line(3), line(1)], [told(2), told(4)])).toEqual([
    "line 1",
    "announcement 2",
    "line 3",
    "announcement 4",
  ]);
});

it("changes what is shown and over before it says anything new", () => {
  const shown = { conversationId: "C1", messageTs: "1.2", revision: 1 };
  expect(spoken([line(1)], [told(2), told(3, { revision: 2, shown })])).toEqual([
    "announcement 3",
    "line 1",
    "announcement 2",
  ]);
});

it("says more than five waiting lines of a story together", () => {
  const few = [1, 2, 3, 4, 5].map((second) => line(second));
  expect(spoken(few, [])).toHaveLength(5);
  expect(spoken([...few, line(6)], [])).toEqual([
    "line 1 + line 2 + line 3 + line 4 + line 5 + line 6",
  ]);
});

it("A3 order: puts no lines together that something else stands between", () => {
  const lines = [1, 2, 3, 5, 6, 7].map((second) => line(second));
  expect(spoken(lines, [told(4)])).toEqual([
    "line 1 + line 2 + line 3",
    "announcement 4",
    "line 5",
    "line 6",
    "line 7",
  ]);
});

it("puts only lines of one story together, and not too many", () => {
  const other = { broadcastId: "broadcast_2" };
  const lines = Array.from({ length: 50 }, (_, second) => line(second));
  const said = spoken([...lines, line(100, other)], []);
  expect(said.map((words) => words.split(" + ").length)).toEqual([20, 20, 10, 1]);
});

it("A3 order: holds back what is later of a destination whose card is still to come", () => {
  const waits = { broadcastId: "broadcast_2", destinationId: "dest_twitch" };
  const twitch = { destinationId: "dest_twitch" };
  const isReady = (id: string) => id !== "broadcast_2";
  expect(spoken([line(1, waits)], [told(2, twitch), told(3)], { isReady })).toEqual([
    "announcement 3",
  ]);
  expect(spoken([line(1, waits)], [])).toEqual(["line 1"]);
});

it("A3 order: holds back only what is later of the destination of what is set aside", () => {
  const twitch = { destinationId: "dest_twitch" };
  const shown = { conversationId: "C1", messageTs: "1.2", revision: 1 };
  const has = (key: string) => key === "announcement 1";
  const lines = [line(2, twitch), line(3, { destinationId: "dest_youtube" })];
  const said = (given: Partial<KeptAnnouncement>, holds: boolean) =>
    spoken(lines, [told(1, { ...twitch, ...given })], { aside: { has, holdsBack: () => holds } });
  expect(said({}, true)).toEqual(["line 3"]);
  expect(said({}, false)).toEqual(["line 2", "line 3"]);
  expect(said({ shown, revision: 2 }, true)).toEqual(["line 2", "line 3"]);
});
