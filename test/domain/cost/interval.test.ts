import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { common, totalMs, union, within, without } from "../../../src/domain/cost/interval.ts";

const anyInterval = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 12 }))
  .map(([from, length]) => ({ from: new Date(from), to: new Date(from + length) }));
const some = fc.array(anyInterval, { maxLength: 8 });

/** The milliseconds that are in any of them, one by one. */
const points = (intervals: readonly { from: Date; to: Date }[]) =>
  Array.from({ length: 60 }, (_, at) => at).filter((at) =>
    intervals.some(({ from, to }) => from.getTime() <= at && at < to.getTime()),
  );

describe("intervals", () => {
  it("are joined and cut like sets of instants", () => {
    fc.assert(
      fc.property(some, some, anyInterval, (left, right, one) => {
        const inRight = new Set(points(right));
        expect(points(union(left))).toEqual(points(left));
        expect(totalMs(union(left))).toBe(points(left).length);
        expect(points(without(left, right))).toEqual(points(left).filter((at) => !inRight.has(at)));
        expect(points(within(one, right))).toEqual(points([one]).filter((at) => inRight.has(at)));
        expect(points(right.flatMap((each) => common(one, each)))).toEqual(
          points(within(one, right)),
        );
      }),
    );
  });
});
