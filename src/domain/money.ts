import { onFirstUse } from "./on-first-use.ts";

/** Dollars, always a whole number of millionths: sums of them through `sumUsd` never drift. */
export type Usd = number;

const millionths = 1_000_000;

/** The nearest whole millionth of a dollar; nothing for what is not a number. */
export const toUsd = (value: number): Usd =>
  Number.isFinite(value) ? Math.round(value * millionths) / millionths : 0;

/** The exact sum of dollars. */
export const sumUsd = (values: readonly Usd[]): Usd =>
  values.reduce((sum, value) => sum + Math.round(toUsd(value) * millionths), 0) / millionths;

/** What is left of one after the other, exactly. */
export const minusUsd = (left: Usd, right: Usd): Usd => sumUsd([left, -right]);

const words = onFirstUse(
  () => new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }),
);

/** Dollars as people read them: "$1.94", "under $0.01", "$1,234.50", "−$2.00"; "an unknown sum" for what is no number. */
export function usdWords(usd: number): string {
  if (!Number.isFinite(usd)) return "an unknown sum";
  if (usd > 0 && usd < 0.01) return "under $0.01";
  const cents = Math.round(Math.round(Math.abs(usd) * millionths) / 10_000);
  return `${usd < 0 && cents > 0 ? "−" : ""}${words().format(cents / 100)}`;
}

/** The same where there is little room, as in a table: "<$0.01". */
export const usdFigure = (usd: number): string => usdWords(usd).replace("under ", "<");
