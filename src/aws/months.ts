/** The UTC month of a time, "2026-11": what is kept by month has it in its key. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** The months of a period and the one before it, oldest first. */
export function monthsBetween(from: Date, to: Date): string[] {
  const last = monthOf(to);
  const months: string[] = [];
  for (let back = -1; (months.at(-1) ?? "") < last; back += 1) months.push(monthLater(from, back));
  return months;
}

/** The month that many months after that of a time; a negative count goes back. */
export const monthLater = (at: Date, count: number): string =>
  monthOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count)));
