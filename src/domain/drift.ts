import { addMinutes } from "date-fns/addMinutes";
import { type KeptAnnouncement, saying } from "./announcement.ts";
import { type Destination, outsider } from "./destination.ts";
import { isHeld } from "./lease.ts";
import type { Policy } from "./policy.ts";
import { closing, openOf, type Telling } from "./telling.ts";
import { type Button, type Text, text } from "./text.ts";

export type DriftKind =
  | "adopted"
  | "stranger"
  | "stuck"
  | "channel-deleted"
  | "flow-left-active"
  | "no-deadline"
  | "old-deadline"
  | "cut"
  | "unreadable";

/** A difference between what is and what somebody asked for, in words for people. */
export type Drift = {
  /** The same for the same fact. */
  key: string;
  kind: DriftKind;
  since: Date;
  destinationId: string | null;
  channelId: string | null;
  /** What is so, and what it means. */
  lines: readonly Text[];
  /** What can be done about it. */
  buttons: readonly Button[];
};

/** Started outside patchbay, with the lease that it was given then: nobody has said yet that it should run. */
export function isUnclaimed(row: Destination, policy: Policy, now: Date): boolean {
  const { desired, intent, leaseUntil } = row;
  if (desired !== "on" || intent?.by.id !== outsider.id || isHeld(row, now)) return false;
  const given = addMinutes(intent.at, policy.defaultLeaseMinutes);
  return leaseUntil?.getTime() === given.getTime();
}

type DriftFacts = {
  drifts: readonly Drift[];
  live: readonly KeptAnnouncement[];
  broadcastId: string | null;
  /** False when something could not be read: then nothing is over. */
  complete: boolean;
  now: Date;
};

const prefix = "drift.";

/** Tells each drift once, and in the same place when it is over. */
export function tellDrifts({ drifts, live, complete, ...about }: DriftFacts): Telling {
  const keys = new Set(drifts.map(({ key }) => `${prefix}${key}`));
  const over = openOf(live, prefix).filter(({ key }) => complete && !keys.has(key));
  return {
    say: drifts.map(({ key, destinationId, lines, buttons }) => ({
      key: `${prefix}${key}`,
      at: about.now,
      broadcastId: about.broadcastId,
      loud: true,
      destinationId,
      open: true,
      content: saying(lines, buttons),
    })),
    amend: over.map((each) =>
      closing(each, [...each.content.lines.slice(0, 1), text`That was over at ${about.now}.`]),
    ),
  };
}
