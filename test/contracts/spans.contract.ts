import { addDays } from "date-fns/addDays";
import { addMinutes } from "date-fns/addMinutes";
import { beforeEach, describe, expect, it } from "vitest";
import { type Span, type SpanKind, spanIdFrom } from "../../src/domain/span.ts";
import type { Spans } from "../../src/manager/ports.ts";
import { siteNow } from "../support/builders.ts";

const minutes = (count: number) => addMinutes(siteNow, count);

const aSpan = (from: Date, to: Date | null = null, kind: SpanKind = "flow-active"): Span => ({
  id: spanIdFrom(kind, from),
  kind,
  from,
  to,
});

/** What every implementation of `Spans` does. */
export function spansContract(name: string, open: () => Promise<Spans>): void {
  describe(`Spans: ${name}`, () => {
    let spans: Spans;
    beforeEach(async () => {
      spans = await open();
    });
    const listed = (from: Date, to: Date) => spans.list("flow-active", from, to);

    it("opens a span once and ends it once", async () => {
      const span = aSpan(minutes(0));
      await spans.open(span);
      await spans.close(span.id, minutes(5));
      await spans.open(span);
      await spans.close(span.id, minutes(6));
      expect(await listed(minutes(0), minutes(60))).toEqual([aSpan(minutes(0), minutes(5))]);
    });

    it("leaves a span alone that does not exist, or that was over when it was opened", async () => {
      const over = aSpan(minutes(0), minutes(5));
      await spans.open(over);
      for (const id of [over.id, spanIdFrom("flow-active", minutes(1)), "nothing"])
        await spans.close(id, minutes(9));
      expect(await listed(minutes(-60), minutes(60))).toEqual([over]);
    });

    it("lists what overlaps a time, oldest first; its end is not part of it", async () => {
      const before = aSpan(minutes(0), minutes(10));
      const across = aSpan(minutes(11), minutes(30));
      const within = aSpan(minutes(31), minutes(32));
      const open = aSpan(minutes(40));
      const after = aSpan(minutes(60));
      for (const span of [open, after, within, before, across]) await spans.open(span);
      expect(await listed(minutes(10), minutes(60))).toEqual([across, within, open]);
      expect(await listed(minutes(60), minutes(61))).toEqual([open, after]);
      expect(await listed(minutes(9), minutes(10))).toEqual([before]);
      expect(await listed(minutes(-9), minutes(0))).toEqual([]);
    });

    it("keeps the kinds apart", async () => {
      await spans.open(aSpan(minutes(0)));
      const absent = aSpan(minutes(0), null, "source-absent");
      await spans.open(absent);
      expect(await spans.list("source-absent", minutes(0), minutes(1))).toEqual([absent]);
    });

    it("finds a span that began long before and still goes on", async () => {
      const long = aSpan(addDays(siteNow, -400));
      await spans.open(long);
      expect(await listed(minutes(0), minutes(1))).toEqual([long]);
      await spans.close(long.id, minutes(1));
      expect(await listed(minutes(0), minutes(9))).toEqual([{ ...long, to: minutes(1) }]);
      expect(await listed(minutes(1), minutes(9))).toEqual([]);
    });
  });
}
