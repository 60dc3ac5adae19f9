import type { KeptAnnouncement } from "../domain/announcement.ts";
import type { Notice } from "../domain/broadcast.ts";
import type { SetAside } from "./set-aside.ts";

/** What is still to be said: lines of the stories, and announcements that are not shown as they are now. */
export type Waiting = { lines: readonly Notice[]; announcements: readonly KeptAnnouncement[] };

/** The next thing to say: lines of one story together, or one announcement. */
export type Next =
  | { kind: "lines"; broadcastId: string; lines: readonly [Notice, ...Notice[]] }
  | { kind: "announcement"; announcement: KeptAnnouncement };

/** More waiting lines of one story than this are said together. */
const mostAlone = 5;
const mostTogether = 20;

/** Whether what hangs on the card of this broadcast, and happened then, can be said. */
export type Ready = (broadcastId: string, at: Date) => boolean;

/** What may be said now: as far as cards are concerned, and but for what is set aside. */
export type Gate = { isReady: Ready; aside: Pick<SetAside, "has" | "holdsBack"> };

type Entry = { key: string; at: Date; destinationId: string | null; broadcastId: string | null } & (
  | { line: Notice }
  | { announcement: KeptAnnouncement }
);

/** What has a place in Slack and changed is changed there first: nobody should press a button that is over. */
export function nextOf(waiting: Waiting, gate: Gate): Next | null {
  const outdated = waiting.announcements.find(
    ({ shown, key }) => shown !== null && !gate.aside.has(key),
  );
  if (outdated !== undefined) return { kind: "announcement", announcement: outdated };
  const announcements = waiting.announcements.filter(({ shown }) => shown === null);
  const entries = readyOnes(inOrder({ ...waiting, announcements }), gate);
  const [first] = entries;
  if (first === undefined) return null;
  if ("announcement" in first) return { kind: "announcement", announcement: first.announcement };
  return {
    kind: "lines",
    broadcastId: first.line.broadcastId,
    lines: together(first.line, entries),
  };
}

const inOrder = ({ lines, announcements }: Waiting): Entry[] =>
  [
    ...lines.map((line): Entry => ({ ...keysOf(line), line })),
    ...announcements.map((each): Entry => ({ ...keysOf(each), announcement: each })),
  ].toSorted((left, right) => left.at.getTime() - right.at.getTime());

const keysOf = ({ key, at, destinationId, broadcastId }: Notice | KeptAnnouncement) => ({
  key,
  at,
  destinationId,
  broadcastId,
});

/** What waits for its card, or is set aside, holds back what comes later of the same destination, so that its order is kept. */
function readyOnes(entries: readonly Entry[], { isReady, aside }: Gate): Entry[] {
  const held = new Set<string>();
  return entries.filter(({ key, at, broadcastId, destinationId }) => {
    const waits = aside.has(key) || (broadcastId !== null && !isReady(broadcastId, at));
    if (waits && destinationId !== null && aside.holdsBack(key)) held.add(destinationId);
    return !waits && !(destinationId !== null && held.has(destinationId));
  });
}

/** The first line alone, or, when many wait, with those that nothing else stands between. */
function together(first: Notice, entries: readonly Entry[]): [Notice, ...Notice[]] {
  const lines = entries.map((entry) => ("line" in entry ? entry.line : null));
  const isOfThread = (line: Notice | null): line is Notice =>
    line?.broadcastId === first.broadcastId;
  if (lines.filter(isOfThread).length <= mostAlone) return [first];
  const end = lines.findIndex((line) => !isOfThread(line));
  const run = lines.slice(0, end < 0 ? mostTogether : Math.min(end, mostTogether));
  return [first, ...run.slice(1).filter(isOfThread)];
}
