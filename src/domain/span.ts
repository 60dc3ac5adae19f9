/** What a site can be in for a while that costs or wastes money. */
export type SpanKind = "flow-active" | "source-absent";

/** A period of the site, still going on while `to` is null. Its id follows from kind and beginning. */
export type Span = { id: string; kind: SpanKind; from: Date; to: Date | null };

/** The id of a span that begins then; the same beginning is the same span, whoever writes it. */
export const spanIdFrom = (kind: SpanKind, from: Date): string => `${kind}_${from.toISOString()}`;
