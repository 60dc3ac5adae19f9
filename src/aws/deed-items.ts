import * as z from "zod";
import type { Deed, DeedKind } from "../domain/deed.ts";
import { type Attributes, instant, isoTime, itemsOf, stored, text } from "./row-values.ts";

const kinds: Record<DeedKind, true> = {
  start: true,
  stop: true,
  extend: true,
  shrink: true,
  hold: true,
  release: true,
  failed: true,
  "stopped-outside": true,
  "deadline-stopped": true,
  adopted: true,
  "late-start": true,
  "stranger-stopped": true,
};

const isKind = (word: string): word is DeedKind => Object.hasOwn(kinds, word);

const deedSchema = z
  .object({
    id: z.string().min(1),
    kind: z.string().refine(isKind),
    by: text,
    by_name: text,
    reason: text,
    at: isoTime,
    before: instant,
    after: instant,
  })
  .transform(({ id, kind, by, by_name, reason, at, before, after }): Deed => {
    const actor = by ?? "unknown";
    return { id, kind, by: { id: actor, name: by_name ?? actor }, reason, at, before, after };
  });

/** The deeds that wait in a row; a damaged one, or one of a newer kind, is left out. */
export const deedItems = itemsOf(deedSchema);

/** How waiting deeds are stored; a row without any has no such attribute. */
export const toDeedItems = (deeds: readonly Deed[]): Attributes[] | null =>
  deeds.length === 0 ? null : deeds.map(toItem);

const toItem = ({ id, kind, by, reason, at, before, after }: Deed): Attributes => ({
  id,
  kind,
  by: by.id,
  by_name: by.name,
  reason,
  at: stored(at),
  before: stored(before),
  after: stored(after),
});
