import type { Actor } from "./destination.ts";

/** Monday is 1 and Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A planned broadcast: once on `date`, or each week on `days`, at a wall time of its zone. */
export type Show = {
  id: string;
  name: string;
  destinationIds: readonly string[];
  /** On air at this wall time, "19:30". */
  startsLocal: string;
  zone: string;
  minutes: number;
  /** "2026-11-22" for a show that comes once. */
  date: string | null;
  /** The days of the week of one that repeats; empty for one that comes once. */
  days: readonly Weekday[];
  /** Dates that are left out. */
  skipped: readonly string[];
  /** How late it may still be started, in minutes; later than that it is skipped and told. */
  lateMinutes: number;
  owner: Actor;
  createdAt: Date;
};

/** One date of a show; `date` is its wall date, so that it names the occurrence for ever. */
export type Occurrence = {
  showId: string;
  date: string;
  startsAt: Date;
  endsAt: Date;
  destinationIds: readonly string[];
};

/** The intent by which an occurrence starts a destination: the same one whoever writes it, and however often. */
export const showIntentId = ({ showId, date }: Occurrence, destinationId: string): string =>
  `${showId}_${date}_${destinationId}`;
