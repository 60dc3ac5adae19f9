/** From an instant until another one that is no longer part of it. */
export type Interval = { from: Date; to: Date };

export const always: Interval = { from: new Date(0), to: new Date("9999-12-31T00:00:00Z") };

/** date-fns compares any number of dates of any kind, and takes most of a meter's time for it. */
export const later = (left: Date, right: Date): Date =>
  left.getTime() > right.getTime() ? left : right;
export const earlier = (left: Date, right: Date): Date =>
  left.getTime() < right.getTime() ? left : right;

/** How long it is, in milliseconds; nothing for one that ends before it begins. */
export const lengthMs = ({ from, to }: Interval): number =>
  Math.max(0, to.getTime() - from.getTime());

export const totalMs = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, each) => sum + lengthMs(each), 0);

/** What is in both; empty when they do not meet. */
export const common = (left: Interval, right: Interval): Interval[] => {
  const both = { from: later(left.from, right.from), to: earlier(left.to, right.to) };
  return both.from.getTime() < both.to.getTime() ? [both] : [];
};

/** The pieces of an interval that lie within others, which do not overlap each other. */
export const within = (whole: Interval, others: readonly Interval[]): Interval[] =>
  others.flatMap((other) => common(whole, other));

/** True when they share an instant, or one ends where the other begins. */
export const meets = (left: Interval, right: Interval): boolean =>
  left.from.getTime() <= right.to.getTime() && left.to.getTime() >= right.from.getTime();

/** What is in any of them, in order and without overlaps. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  const ordered = intervals.toSorted((left, right) => left.from.getTime() - right.from.getTime());
  for (const next of ordered.filter((each) => lengthMs(each) > 0)) {
    const last = joined.at(-1);
    if (last === undefined || next.from > last.to) joined.push({ ...next });
    else last.to = later(last.to, next.to);
  }
  return joined;
}

/** What is in one of the first and in none of the second. */
export const without = (whole: readonly Interval[], taken: readonly Interval[]): Interval[] =>
  union(taken).reduce(
    (left, { from, to }) =>
      left.flatMap((each) =>
        [
          { from: each.from, to: earlier(each.to, from) },
          { from: later(each.from, to), to: each.to },
        ].filter((piece) => lengthMs(piece) > 0),
      ),
    union(whole),
  );
