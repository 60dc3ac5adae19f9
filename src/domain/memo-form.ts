import type { z } from "zod";
import { keptAnswers } from "./kept-answers.ts";

/** What a job's memory is before there is any, and how it is read from stored words: null for words that cannot be. */
export type MemoForm<T> = { empty: T; from(words: string): T | null };

/**
 * A memory is stored as JSON of this schema, whose version tells a newer form from a damaged one. Most are the same at each
 * look.
 */
export const memoForm = <T>(schema: z.ZodType<T>, empty: T): MemoForm<T> => ({
  empty,
  from: keptAnswers(200, (words) => {
    try {
      return schema.parse(JSON.parse(words));
    } catch {
      return null;
    }
  }),
});
