import { addMinutes } from "date-fns/addMinutes";
import { type Announcement, type KeptAnnouncement, saying } from "../announcement.ts";
import type { Destination } from "../destination.ts";
import { spoken } from "../duration.ts";
import { isHeld } from "../lease.ts";
import { usdWords } from "../money.ts";
import { holdOffer, hourlyOf, stopOffer } from "../offers.ts";
import type { Policy } from "../policy.ts";
import { type Amendment, closing } from "../telling.ts";
import { strong, type Text, text } from "../text.ts";
import type { BudgetState } from "./budget.ts";
import type { BudgetMemory } from "./budget-memory.ts";
import type { Period } from "./period.ts";

export type CapFacts = {
  period: Period;
  budget: BudgetState;
  hardCap: boolean;
  memory: BudgetMemory;
  rows: readonly Destination[];
  live: readonly KeptAnnouncement[];
  broadcastId: string | null;
  /** By destination; what is not in it has an unknown price. */
  usdPerHour: ReadonlyMap<string, number>;
  policy: Pick<Policy, "shrunkLeaseMinutes" | "graceMinutes">;
  now: Date;
};

/** Whose ends move up because 95 % is spent: each intent is looked at once, so that a person may move its end again. */
export function decideShrinking({
  budget,
  memory,
  rows,
  policy,
  now,
}: Pick<CapFacts, "budget" | "memory" | "rows" | "policy" | "now">) {
  const until = addMinutes(now, policy.shrunkLeaseMinutes);
  if (budget.step === "none" || budget.step < 95) return { until, shrink: [], shrunk: [] };
  const on = rows.filter((row) => row.desired === "on" && !isHeld(row, now));
  const seen = (row: Destination) => memory.shrunk.includes(row.intent?.id ?? "");
  return {
    until,
    shrink: on.filter((row) => !seen(row) && row.leaseUntil !== null && row.leaseUntil > until),
    shrunk: on.flatMap(({ intent }) => intent?.id ?? []),
  };
}

/** What a spent budget with a hard cap does to what is on. */
export type Cap = {
  /** Last calls that do not stand yet. */
  calls: readonly Announcement[];
  /** Calls that are over. */
  amend: readonly Amendment[];
  stop: readonly Destination[];
  stopsAt: BudgetMemory["stopsAt"];
};

/**
 * Calls before it stops: nothing is stopped that was not announced where people can see it, and that for the whole grace.
 * The primary and what somebody holds stay on; a call is withdrawn when the budget allows it again.
 */
export function decideCap(facts: CapFacts): Cap {
  const { rows, live, memory, policy, now } = facts;
  const judged = live.filter(isOpenCall).map((call) => {
    const row = rows.find(({ id }) => id === call.destinationId);
    return { call, row, over: overWords(call, row, facts) };
  });
  const standing = judged.filter(({ over }) => over === null);
  const stopsAt = Object.fromEntries(
    standing.flatMap(({ call }) => {
      const begun = isSeen(call) ? addMinutes(now, policy.graceMinutes).toISOString() : undefined;
      const at = memory.stopsAt[call.key] ?? begun;
      return at === undefined ? [] : [[call.key, at]];
    }),
  );
  const isDue = (at: string | undefined) => at !== undefined && new Date(at) <= now;
  const called = new Set(standing.map(({ row }) => row?.id));
  return {
    calls: rows.filter((row) => isCapped(row, facts) && !called.has(row.id)).map(callFor(facts)),
    amend: judged.flatMap(({ call, over }) => (over === null ? [] : [closing(call, [over])])),
    stop: standing.flatMap(({ call, row }) => (isDue(stopsAt[call.key]) && row ? [row] : [])),
    stopsAt,
  };
}

const isOpenCall = ({ key, open }: KeptAnnouncement): boolean =>
  open && /^budget_.+_cap_/.test(key);

/** Shown as it is now; one that Slack refused for good stands nowhere. */
const isSeen = ({ shown, revision }: KeptAnnouncement): boolean =>
  shown?.revision === revision && shown.messageTs !== "";

const isSpent = ({ budget, hardCap }: CapFacts): boolean => hardCap && budget.step === 100;

const isCapped = (row: Destination, facts: CapFacts): boolean =>
  isSpent(facts) && row.desired === "on" && row.kind !== "primary" && !isHeld(row, facts.now);

const keyFor = ({ intent }: Destination, { period, budget }: CapFacts): string =>
  `budget_${period.name}_cap_${budget.limitUsd ?? 0}_${intent?.id ?? ""}`;

const moreMinutes = 30;

const callFor =
  (facts: CapFacts) =>
  (row: Destination): Announcement => {
    const { budget, policy, now } = facts;
    const grace = spoken(policy.graceMinutes * 60);
    const spent = `${usdWords(budget.spentUsd)} of ${usdWords(budget.limitUsd ?? 0)}`;
    const reason = "goes on over the budget";
    const until = addMinutes(now, policy.graceMinutes + moreMinutes);
    const usdPerHour = hourlyOf([row], facts.usdPerHour);
    const label = `Hold ${moreMinutes} min more`;
    return {
      key: keyFor(row, facts),
      at: now,
      broadcastId: facts.broadcastId,
      loud: true,
      destinationId: row.id,
      open: true,
      content: saying(
        [
          text`Last call for ${strong(row.name)}: the budget is spent (${spent}), so it goes off ${grace} after this message.`,
          ["It stays on when an admin raises the budget or somebody holds it."],
        ],
        [
          stopOffer([row], { usdPerHour }),
          holdOffer([row], { label, until, minutes: moreMinutes, reason, usdPerHour }),
        ],
      ),
    };
  };

/** What became of a call; null while it stands. */
function overWords(
  call: KeptAnnouncement,
  row: Destination | undefined,
  facts: CapFacts,
): Text | null {
  if (row === undefined) return ["That destination does not exist any more."];
  const name = strong(row.name);
  if (row.desired === "off" || !call.key.endsWith(`_${row.intent?.id ?? ""}`))
    return text`${name}: its last call is over, it was stopped.`;
  if (row.holdUntil !== null && isHeld(row, facts.now))
    return text`${row.heldBy?.name ?? "Somebody"} holds ${name} until ${row.holdUntil}: it stays on over the budget.`;
  const isStill = isCapped(row, facts) && call.key === keyFor(row, facts);
  return isStill ? null : text`${name} stays on: its last call is withdrawn. ${nowWords(facts)}`;
}

function nowWords({ budget, hardCap }: CapFacts): string {
  const { spentUsd, limitUsd } = budget;
  if (limitUsd === null) return "There is no budget any more.";
  const spent = `${usdWords(spentUsd)} of ${usdWords(limitUsd)} is spent`;
  return hardCap ? `${spent}.` : `${spent}, and the hard cap is off.`;
}
