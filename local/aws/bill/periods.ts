/** From a moment up to, not including, another one; epoch milliseconds. */
export type Period = { from: number; to: number };

type Asked = { Start: string; End: string };

/** The days or months of a bill, in UTC; the first and the last month are cut to what was asked. */
export function periodsOf({ Start, End }: Asked, granularity: "DAILY" | "MONTHLY"): Period[] {
  const end = Date.parse(End);
  const periods: Period[] = [];
  let from = Date.parse(Start);
  while (from < end) {
    const to = Math.min(granularity === "DAILY" ? nextDay(from) : nextMonth(from), end);
    periods.push({ from, to });
    from = to;
  }
  return periods;
}

const nextDay = (at: number) => at + 86_400_000;

function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
