import * as z from "zod";
import { memoForm } from "./memo-form.ts";
import type { Session } from "./session.ts";
import type { Occurrence } from "./show.ts";
import { startLeadSeconds } from "./show-decision.ts";

/** What one date of a show has come to at a destination: it is not touched again, whoever stops it. */
export type Handled = "started" | "extended" | "on" | "stopped";

/** What has been done about one date of a show. */
export type OccurrenceMemory = {
  version: 1;
  /** How long before its time a start is asked, by destination; learned once, so that it does not move any more. */
  leadSeconds: Readonly<Record<string, number>>;
  handled: Readonly<Record<string, Handled>>;
  /** What was said about it. */
  told: readonly string[];
  /** The answers that the go/no-go message shows. */
  answers: string;
};

export const occurrenceMemory = memoForm<OccurrenceMemory>(
  z.object({
    version: z.literal(1),
    leadSeconds: z.record(z.string(), z.number()),
    handled: z.record(z.string(), z.enum(["started", "extended", "on", "stopped"])),
    told: z.array(z.string()),
    answers: z.string(),
  }),
  { version: 1, leadSeconds: {}, handled: {}, told: [], answers: "" },
);

export const occurrencePrefix = "occurrence#";

export const occurrenceNote = ({ showId, date }: Occurrence): string =>
  `${occurrencePrefix}${showId}#${date}`;

/** Notes of dates before this one are needed no more. */
export const isOlderNote = (key: string, date: string): boolean => key.slice(-date.length) < date;

/** The key under which something is told about one date of a show, once. */
export const occurrenceKey = ({ showId, date }: Occurrence, what: string): string =>
  `${showId}_${date}_${what}`;

/** How long before its time a start of each of its destinations is asked, by what their last starts took. */
export const leadsOf = (
  { destinationIds }: Occurrence,
  sessions: readonly Session[],
): OccurrenceMemory["leadSeconds"] =>
  Object.fromEntries(
    destinationIds.map((id) => [
      id,
      startLeadSeconds(sessions.filter(({ destinationId }) => destinationId === id)),
    ]),
  );

/** True when nothing is left to be done for any of these destinations. */
export const isHandled = (
  { destinationIds }: Occurrence,
  { handled }: OccurrenceMemory,
  rows: readonly { id: string }[],
): boolean => destinationIds.every((id) => id in handled || rows.every((row) => row.id !== id));

/** True when none of these destinations has a row any more. */
export const isNowhere = (
  { destinationIds }: Occurrence,
  rows: readonly { id: string }[],
): boolean => rows.every(({ id }) => !destinationIds.includes(id));
