import { countChannels } from "../domain/channel-quota.ts";
import { metered } from "../domain/cost/price-table.ts";
import { sumPerHour } from "../domain/cost/rates.ts";
import { type Destination, showStart } from "../domain/destination.ts";
import { type GoNoGo, goNoGo, type PlannedStart } from "../domain/go-no-go.ts";
import { type Planned, plannedAround } from "../domain/planned-shows.ts";
import { platformOf } from "../domain/platforms/index.ts";
import { occurrences } from "../domain/schedule.ts";
import { showIntentId } from "../domain/show.ts";
import { decideCall, decideOver, isCalled, isOpenCall, isSoon } from "../domain/show-call.ts";
import { decideStart } from "../domain/wish.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Job, Tick } from "./job.ts";
import { rememberedDates } from "./remembered-dates.ts";
import { hourlyUsd, tell } from "./tell.ts";

/** Asks half an hour before each show whether it can go on air as planned, and again when that is near. */
export const goNoGoCalls: Job = {
  name: "go-no-go",
  async run(now, tick) {
    const near = plannedAround(await tick.shows(), now);
    const isAsking = (await tick.live()).some(isOpenCall);
    if (!isAsking && !near.some((each) => isSoon(each, now))) return;
    const [rows, live, rules, usdPerHour] = await Promise.all([
      tick.rows(),
      tick.live(),
      tick.costs.startRules(),
      hourlyUsd(tick),
    ]);
    const facts = { rows, live, rules, usdPerHour, now };
    const remembered = await rememberedDates(near, now, tick);
    const dates = remembered.map((date) => ({ ...date, memory: date.memo.value }));
    await tell({ say: [], amend: decideOver(dates, facts) }, tick);
    for (const date of dates.filter((each) => isCalled(each, facts))) {
      const answers = await answer(date, { now, tick });
      const { memory, ...telling } = decideCall({ ...date, answers }, facts);
      await tell(telling, tick);
      await date.memo.write(memory);
    }
  },
};

type At = { now: Date; tick: Tick };

async function answer(planned: Planned, { now, tick }: At): Promise<GoNoGo> {
  const { show, occurrence } = planned;
  const [facts, shows] = await Promise.all([tick.facts(), tick.shows()]);
  const { flow } = facts;
  const { startsAt, endsAt } = occurrence;
  const others = shows.flatMap((each) => occurrences(each, startsAt, endsAt));
  const { id, name } = show.owner;
  return goNoGo({
    occurrence,
    starts: await startsOf(planned, { now, tick }),
    flow: flow === "not-configured" ? null : flow,
    budget: await budgetFor(planned, tick),
    channels: countChannels(occurrence, others, facts),
    channelQuota: tick.policy.channelQuota,
    owner: { ...(await tick.ports.crew.standing(id)), name, showName: show.name },
  });
}

/** What a start of each destination would come to, by the rule that decides on it. */
async function startsOf({ show, occurrence }: Planned, { now, tick }: At): Promise<PlannedStart[]> {
  const { destinations: all, bindings } = await tick.facts();
  const { maxLeaseMinutes } = await tick.costs.startRules();
  const own = all.filter(({ id }) => occurrence.destinationIds.includes(id));
  return Promise.all(
    own.map(async (destination) => {
      const wish = {
        intentId: showIntentId(occurrence, destination.id),
        by: showStart,
        reason: show.name,
        until: occurrence.endsAt,
        minutes: null,
        maxLeaseMinutes,
        seenIntentId: null,
        now,
      };
      const platform = platformOf(destination.platform);
      const { policy } = tick;
      const decision = decideStart(wish, { destination, all, bindings, platform, policy });
      return { destination, decision, isKeyThere: await isKeyThere(destination, tick) };
    }),
  );
}

/** Whether its key can be read; the key itself is dropped at once. */
async function isKeyThere(destination: Destination, { ports }: Tick): Promise<boolean | null> {
  const { streamKeyRef } = destination;
  if (streamKeyRef === null) return platformOf(destination.platform)?.key.required !== true;
  try {
    await ports.streamKeys.read(streamKeyRef);
    return true;
  } catch (error) {
    if (isOpsError(error, "not-found") || isOpsError(error, "not-allowed")) return false;
    if (error instanceof OpsError) return null;
    throw error;
  }
}

/** How old the month may be, in seconds: what is left of a budget is not decided to the minute. */
const monthSeconds = 900;

async function budgetFor({ show, occurrence }: Planned, { costs, log }: Tick) {
  try {
    const [{ budget }, rates, { table }] = await Promise.all([
      costs.month(monthSeconds),
      costs.rates(),
      costs.pricing(),
    ]);
    const perHour = table.usd(metered.flow) + sumPerHour(occurrence.destinationIds, rates);
    return { leftUsd: budget.leftUsd, costUsd: (perHour * show.minutes) / 60 };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("budget-unreadable", { code: error.code });
    return null;
  }
}
