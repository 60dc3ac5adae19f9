import type { Span } from "../../../src/domain/span.ts";
import type { Spans } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemorySpans = Spans & { all(): Span[] };

/** Periods of the site. */
export function memorySpans(outside: Outside): MemorySpans {
  const kept = new Map<string, Span>();
  return {
    open: (span) =>
      outside.pass("spans.open", () => {
        if (!kept.has(span.id)) kept.set(span.id, span);
      }),
    close: (id, to) =>
      outside.pass("spans.close", () => {
        const span = kept.get(id);
        if (span?.to === null) kept.set(id, { ...span, to });
      }),
    list: (kind, from, to) =>
      outside.pass("spans.list", () =>
        [...kept.values()]
          .filter((span) => span.kind === kind && span.from < to && (span.to ?? to) > from)
          .toSorted((left, right) => left.from.getTime() - right.from.getTime()),
      ),
    all: () => [...kept.values()],
  };
}
