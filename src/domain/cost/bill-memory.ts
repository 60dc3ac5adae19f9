import { z } from "zod";
import { memoForm } from "../memo-form.ts";
import { type BilledDay, type LearnedFactor, operations } from "./correction.ts";

const operation = z.enum(operations);

/** What was learned of one day's bill. */
export type BillMemory = {
  version: 1;
  /** When AWS was last asked, ISO 8601; null for never. */
  askedAt: string | null;
  /** Meter and bill by operation; null while there is no answer. */
  days: readonly BilledDay[] | null;
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
  }),
  { version: 1, askedAt: null, days: null },
);

export const billPrefix = "bill#";

export const learnedKey = "price-corrections";

/** By what each operation's prices are multiplied. */
export const learnedFactors = memoForm<{ version: 1; factors: readonly LearnedFactor[] }>(
  z.object({
    version: z.literal(1),
    factors: z.array(z.object({ operation, days: z.number(), factor: z.number().positive() })),
  }),
  { version: 1, factors: [] },
);
