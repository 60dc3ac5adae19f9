import * as z from "zod";

/** Values of stored rows, read with tolerance: NULL, absence, emptiness and other types are all null. */
export const text = z.string().min(1).nullable().catch(null);

/** An ISO 8601 time without which the value around it cannot be read. */
export const isoTime = z.iso.datetime({ offset: true }).transform((word) => new Date(word));

/** An ISO 8601 time with its zone; null for anything that is not one. */
export const instant = isoTime.nullable().catch(null);

export const count = z.number().int().nonnegative().catch(0);

/** A list whose damaged items are left out; no items for what is no list. */
export const itemsOf = <Out>(schema: z.ZodType<Out>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items): Out[] =>
      items.flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );

/** Attributes to write; null removes one. */
export type Attributes = Record<string, unknown>;

/** How a time is stored: ISO 8601, UTC, milliseconds (legacy contract, C11). */
export const stored = (at: Date | null): string | null => at?.toISOString() ?? null;
