import type { Destination } from "./destination.ts";
import type { Handled, OccurrenceMemory } from "./occurrence-memory.ts";
import type { Planned } from "./planned-shows.ts";
import { defaultLeadSeconds, type ShowDecision, showDecision } from "./show-decision.ts";

/** What a plan for one date of a show rests on. */
export type ShowPlanFacts = Planned & {
  memory: OccurrenceMemory;
  rows: readonly Destination[];
  /** Until when a destination stays on for this date. */
  until(destinationId: string): Date;
  now: Date;
};

/** One destination that is to be started, or whose end is to be moved. */
export type ShowStep = { row: Destination; intentId: string; until: Date };

/** What is to be done now for one date of a show. */
export type ShowPlan = {
  start: readonly ShowStep[];
  extend: readonly ShowStep[];
  /** Destinations that are settled for this date without a step. */
  handled: Readonly<Record<string, Handled>>;
  /** Those among them that this date has started: nobody may have told of it yet. */
  started: readonly Destination[];
  /** Those for which it is too late. */
  missed: readonly Destination[];
};

/** Plans one date of a show over its destinations; those that are handled are left alone. */
export function planShow(facts: ShowPlanFacts): ShowPlan {
  const decided = facts.occurrence.destinationIds.flatMap((id) => {
    const row = facts.rows.find((each) => each.id === id);
    const open = row !== undefined && !(id in facts.memory.handled);
    return open ? [{ row, decision: decide(row, facts) }] : [];
  });
  const stepsOf = (kind: "start" | "extend"): ShowStep[] =>
    decided.flatMap(({ row, decision }) =>
      decision.kind === kind
        ? [{ row, intentId: decision.intentId, until: facts.until(row.id) }]
        : [],
    );
  return {
    start: stepsOf("start"),
    extend: stepsOf("extend"),
    handled: Object.fromEntries(
      decided.flatMap(({ row, decision }) => {
        const handled = handledBy(row, decision, facts);
        return handled === null ? [] : [[row.id, handled]];
      }),
    ),
    started: decided.flatMap(({ row, decision }) =>
      handledBy(row, decision, facts) === "started" ? [row] : [],
    ),
    missed: decided.flatMap(({ row, decision }) => (decision.kind === "too-late" ? [row] : [])),
  };
}

function decide(row: Destination, { show, occurrence, memory, now }: ShowPlanFacts): ShowDecision {
  const leadSeconds = memory.leadSeconds[row.id] ?? defaultLeadSeconds;
  const { lateMinutes } = show;
  return showDecision({ occurrence, row, leadSeconds, lateMinutes, now });
}

function handledBy(
  row: Destination,
  decision: ShowDecision,
  { occurrence }: ShowPlanFacts,
): Handled | null {
  if (decision.kind === "human-stopped") return "stopped";
  if (decision.kind !== "already-done") return null;
  const { showId, date } = occurrence;
  return row.intent?.id.startsWith(`${showId}_${date}_`) ? "started" : "on";
}

/** True when a start of this date was asked only after its time. */
export const isLate = (
  { intent }: Destination,
  { occurrence: { startsAt } }: Pick<Planned, "occurrence">,
): boolean => intent !== null && intent.at > startsAt;
