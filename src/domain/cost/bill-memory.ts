import * as z from "zod";
import { memoForm } from "../memo-form.ts";
import { type BilledDay, type ComparedDay, type LearnedFactor, operations } from "./correction.ts";

const operation = z.enum(operations);

/** What was learned of one day's bill. */
export type BillMemory = {
  version: 1;
  /** When AWS was last asked, ISO 8601; null for never. */
  askedAt: string | null;
  /** Meter and bill by operation; null while there is no answer. */
  days: readonly ComparedDay[] | null;
  /** The hours of that day, in UTC, in which all channels of the account were seen. */
  hours: readonly number[];
  /** Those that were not the site's, as "name (id)". */
  others: readonly string[];
};

export const billMemory = memoForm<BillMemory>(
  z.object({
    version: z.literal(1),
    askedAt: z.iso.datetime().nullable(),
    days: z
      .array(
        z.object({ date: z.string(), operation, meteredUsd: z.number(), billedUsd: z.number() }),
      )
      .nullable(),
    hours: z.array(z.int().min(0).max(23)).default([]),
    others: z.array(z.string()).default([]),
  }),
  { version: 1, askedAt: null, days: null, hours: [], others: [] },
);

/** A day is seen whole when there was a look in each of its hours. */
const wholeDay = 24;
/** More than these are not named. */
const mostOthers = 20;

/** The same after one more look at the account's channels; `others` are those that are not the site's. */
export const withLook = (memory: BillMemory, at: Date, others: readonly string[]): BillMemory => ({
  ...memory,
  hours: [...new Set([...memory.hours, at.getUTCHours()])],
  others: [...new Set([...memory.others, ...others])].slice(0, mostOthers),
});

/** What a day's bill says, with what was seen of the account meanwhile. */
export const billedDays = ({ days, hours, others }: BillMemory): BilledDay[] =>
  (days ?? []).map((day) => ({ ...day, watched: hours.length === wholeDay, others }));

/** What the keys of such notes begin with. */
export const billPrefix = "bill#";

/** The note of a day in UTC, as bills are. */
export const billNote = (at: Date): string => `${billPrefix}${at.toISOString().slice(0, 10)}`;

export const learnedKey = "price-corrections";

/** By what each operation's prices are multiplied. */
export const learnedFactors = memoForm<{ version: 1; factors: readonly LearnedFactor[] }>(
  z.object({
    version: z.literal(1),
    factors: z.array(z.object({ operation, days: z.number(), factor: z.number().positive() })),
  }),
  { version: 1, factors: [] },
);
