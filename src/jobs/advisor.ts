import { siteMessage } from "../domain/announcement.ts";
import { adviceContent } from "../domain/cost/advice-content.ts";
import { advise } from "../domain/cost/advisor.ts";
import { type DuePeriod, duePeriods, mayFallDue } from "../domain/cost/due-periods.ts";
import { reportMemory } from "../domain/cost/report-memory.ts";
import { readMemo } from "../manager/memo.ts";
import type { Job, Tick } from "./job.ts";

const timeLocal = "09:00";

/** On the first of a month says whether separate channels paid off in the month before. */
export const advisor: Job = {
  name: "advisor",
  async run(now, tick) {
    if (!mayFallDue(now)) return;
    const memo = await readMemo(tick.ports.notes, "advisor", reportMemory);
    const { zone } = tick.policy;
    const after = memo.value.month;
    const [due] = duePeriods({ kind: "month", depth: 1, after, timeLocal, zone, now });
    if (due === undefined) return;
    await advice(due, now, tick);
    await memo.write({ ...memo.value, month: due.period.name });
  },
};

async function advice({ period }: DuePeriod, now: Date, tick: Tick): Promise<void> {
  const ledger = await tick.costs.ledger(period.from, period.to);
  const advised = advise(ledger, await tick.costs.pricing(), period);
  if (advised === null) return;
  await tick.say(
    siteMessage({
      key: `advisor_${period.name}`,
      at: now,
      content: adviceContent(advised, period),
    }),
  );
}
