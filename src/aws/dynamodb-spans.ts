import { subDays } from "date-fns/subDays";
import * as z from "zod";
import { type Span, type SpanKind, spanIdFrom } from "../domain/span.ts";
import type { Spans } from "../manager/ports.ts";
import { amendOps, type OpsTable, putOnce, queryOps, understood } from "./ops-table.ts";
import { instant, isoTime, stored } from "./row-values.ts";

/** Periods of the site, by kind and in the order of their beginnings, which their ids carry. */
export function dynamoSpans(ops: OpsTable): Spans {
  return {
    open: async (span) => {
      await putOnce(ops, {
        ...keyOf(ops, span.id),
        span_id: span.id,
        kind: span.kind,
        from_at: stored(span.from),
        // Absent and not null while it goes on: its end is written on that condition.
        to_at: span.to?.toISOString(),
      });
    },
    close: async (id, to) => {
      await amendOps(ops, keyOf(ops, id), {
        attributes: { to_at: stored(to) },
        condition: "attribute_exists(pk) AND attribute_not_exists(to_at)",
      });
    },
    list: (kind, from, to) => listSpans(ops, kind, { from, to }),
  };
}

const partitionOf = ({ site }: OpsTable, kind: string) => `site#${site}#spans#${kind}`;

const keyOf = (ops: OpsTable, id: string) => ({
  pk: partitionOf(ops, id.slice(0, Math.max(0, id.lastIndexOf("_")))),
  sk: id,
});

const kinds: Record<SpanKind, true> = { "flow-active": true, "source-absent": true };
const isKind = (word: string): word is SpanKind => Object.hasOwn(kinds, word);

const itemSchema = z
  .object({
    span_id: z.string(),
    kind: z.string().refine(isKind),
    from_at: isoTime,
    to_at: instant.optional(),
  })
  .transform(
    (item): Span => ({
      id: item.span_id,
      kind: item.kind,
      from: item.from_at,
      to: item.to_at ?? null,
    }),
  );

const lookBackDays = 45;
const mostOlder = 100;

/**
 * Spans of a kind follow one another, so that an old one which still goes on is among the last that began before the
 * period; those of some weeks are read anyway, for spans that two writers have opened side by side.
 */
async function listSpans(
  ops: OpsTable,
  kind: SpanKind,
  { from, to }: { from: Date; to: Date },
): Promise<Span[]> {
  if (to <= from) return [];
  const pk = partitionOf(ops, kind);
  const edge = spanIdFrom(kind, subDays(from, lookBackDays));
  const last = spanIdFrom(kind, to);
  const [older, recent] = await Promise.all([
    queryOps(ops, {
      pk,
      where: "sk < :edge",
      values: { ":edge": edge },
      backwards: true,
      limit: mostOlder,
    }),
    queryOps(ops, {
      pk,
      where: "sk BETWEEN :edge AND :last",
      values: { ":edge": edge, ":last": last },
    }),
  ]);
  return [...older.toReversed(), ...recent]
    .flatMap((item) => understood(ops, itemSchema, item) ?? [])
    .filter((span) => span.from < to && (span.to ?? to) > from);
}
