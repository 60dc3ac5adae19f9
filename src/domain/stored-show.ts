import * as z from "zod";
import { keptAnswers } from "./kept-answers.ts";
import type { Show, Weekday } from "./show.ts";
import { isDate, isZone } from "./wall-time.ts";

const date = z.string().refine(isDate);
const weekday = z.literal<Weekday[]>([1, 2, 3, 4, 5, 6, 7]);
const instant = z.iso.datetime().transform((words) => new Date(words));
const aWeek = 7 * 24 * 60;

const schema = z
  .object({
    version: z.literal(1),
    id: z.string().min(1),
    name: z.string().min(1),
    destinationIds: z.array(z.string().min(1)).min(1),
    startsLocal: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    zone: z.string().refine(isZone),
    minutes: z.int().positive().max(aWeek),
    date: date.nullable(),
    days: z.array(weekday),
    skipped: z.array(date),
    lateMinutes: z.int().nonnegative().max(aWeek),
    owner: z.object({ id: z.string(), name: z.string() }),
    createdAt: instant,
  })
  .refine((show) => (show.date === null) === show.days.length > 0)
  .transform(({ version: _, ...show }): Show => show);

/**
 * A show from its stored words; null for words that are damaged, from a newer version, or mean no possible show. The same
 * shows are read each minute.
 */
export const showFrom = keptAnswers(200, (words: string): Show | null => {
  try {
    return schema.parse(JSON.parse(words));
  } catch {
    return null;
  }
});

/** How a show is stored. */
export const toStoredShow = (show: Show): string => JSON.stringify({ version: 1, ...show });
