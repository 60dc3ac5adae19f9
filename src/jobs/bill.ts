import { addDays } from "date-fns/addDays";
import { subDays } from "date-fns/subDays";
import {
  billedDays,
  billMemory,
  billNote,
  billPrefix,
  learnedFactors,
  learnedKey,
} from "../domain/cost/bill-memory.ts";
import { billNews } from "../domain/cost/bill-news.ts";
import {
  type ComparedDay,
  meteredByOperation,
  operations,
  reconcile,
} from "../domain/cost/correction.ts";
import { mayFallDue } from "../domain/cost/due-periods.ts";
import { meterPeriod } from "../domain/cost/meter.ts";
import { sumUsd, toUsd } from "../domain/money.ts";
import { memoOf, readMemo } from "../manager/memo.ts";
import type { Bill } from "../manager/ports.ts";
import type { Job, Tick } from "./job.ts";

/** A day's bill is nearly whole after a day and some hours. */
const daysLate = 2;
const fromHourUtc = 9;
/** Each question costs a cent (Cost Explorer pricing), so that one without an answer is not repeated at once. */
const repeatMs = 4 * 3_600_000;
/** Older days teach nothing about today's prices. */
const memoryDays = 60;

/** Compares once a day what AWS billed with what was metered, and learns from the difference. */
export const billCheck: Job = {
  name: "bill",
  async run(now, tick) {
    const { bill, notes } = tick.ports;
    if (bill === null || !mayFallDue(now) || now.getUTCHours() < fromHourUtc) return;
    const day = subDays(now, daysLate);
    const date = dateOf(day);
    const memo = await readMemo(notes, billNote(day), billMemory);
    const { askedAt, days } = memo.value;
    const asked = askedAt !== null && now.getTime() - new Date(askedAt).getTime() < repeatMs;
    if (days !== null || asked) return;
    const mine = await memo.write({ ...memo.value, askedAt: now.toISOString() });
    if (!mine) return;
    const compared = await compare(date, bill, tick);
    await memo.write({ ...memo.value, askedAt: now.toISOString(), days: compared });
    await learn(date, now, tick);
  },
};

const dateOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Meter and bill of one day in UTC, nothing for one that was not seen from its beginning; null while there is no bill. */
async function compare(date: string, bill: Bill, { costs, ports }: Tick) {
  const from = new Date(`${date}T00:00:00.000Z`);
  const period = { from, to: addDays(from, 1) };
  const [ledger, pricing] = await Promise.all([
    costs.ledger(period.from, period.to),
    costs.pricing(),
  ]);
  if (ledger.knownSince === null || ledger.knownSince > from) return [];
  const lines = await bill.day(date);
  if (lines.length === 0) return null;
  /* What was learned before is left out, or a factor would be learned of a factor. */
  const { parts } = meterPeriod(ledger, { ...pricing, table: ports.prices }, period);
  const metered = meteredByOperation(parts);
  return operations.map(
    (operation): ComparedDay => ({
      date,
      operation,
      meteredUsd: metered[operation],
      billedUsd: sumUsd(
        lines.filter((line) => line.operation === operation).map(({ usd }) => toUsd(usd)),
      ),
    }),
  );
}

async function learn(date: string, now: Date, tick: Tick): Promise<void> {
  const { notes } = tick.ports;
  const oldest = billNote(subDays(now, memoryDays));
  const stored = await notes.list(billPrefix);
  const recent = stored.filter(({ key }) => key >= oldest);
  const days = recent.flatMap(({ key, words }) =>
    billedDays(memoOf({ notes, key, words }, billMemory).value),
  );
  const factors = reconcile(days).map(({ operation, days: count, factor }) => ({
    operation,
    days: count,
    factor,
  }));
  const learned = await readMemo(notes, learnedKey, learnedFactors);
  await learned.write({ version: 1, factors });
  const news = billNews(days, date.slice(0, 7), now);
  if (news !== null) await tick.say(news);
  for (const { key, words } of stored.filter((each) => each.key < oldest))
    await notes.write(key, null, words);
}
