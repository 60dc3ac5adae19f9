import { addMinutes } from "date-fns/addMinutes";
import { subSeconds } from "date-fns/subSeconds";
import { type Actor, type Destination, deadlineSwitch, isPatchbay } from "./destination.ts";
import type { Session } from "./session.ts";
import { type Occurrence, type Show, showIntentId } from "./show.ts";
import { startTimes } from "./start-time.ts";

/** How long a start is taken to last until some have been seen. */
export const defaultLeadSeconds = 180;
/** The tick comes once a minute, so that the last one before the moment is up to a minute early. */
const tickSeconds = 60;

/**
 * How long before a show a start of this destination is to be asked, in seconds: nineteen of twenty of its last starts
 * were running after that time.
 */
export function startLeadSeconds(sessions: readonly Session[]): number {
  const took = startTimes(sessions);
  return took[Math.ceil(took.length * 0.95) - 1] ?? defaultLeadSeconds;
}

/** What is to be done now for one date of a show at one destination. */
export type ShowDecision =
  | { kind: "wait"; until: Date }
  | { kind: "start"; intentId: string; until: Date }
  /** It is on already with an earlier end. */
  | { kind: "extend"; intentId: string; until: Date }
  | { kind: "already-done" }
  | { kind: "human-stopped"; by: Actor; at: Date }
  | { kind: "too-late" };

/** What a decision rests on. */
export type ShowFacts = {
  occurrence: Occurrence;
  /** The destination's row. */
  row: Destination;
  leadSeconds: number;
  lateMinutes: number;
  now: Date;
};

/** When the start of an occurrence is asked, so that it is on air at its time. */
const askAt = ({ startsAt }: Occurrence, leadSeconds: number): Date =>
  subSeconds(startsAt, leadSeconds + tickSeconds);

/**
 * Decides from what is, not from what was said before: asked again it gives the same answer, and once its start or its end
 * is in the row it is `already-done`. What a person stopped after the lead stays off.
 */
export function showDecision(facts: ShowFacts): ShowDecision {
  const { occurrence, row, now } = facts;
  const from = askAt(occurrence, facts.leadSeconds);
  const intentId = showIntentId(occurrence, row.id);
  if (now < from) return { kind: "wait", until: from };
  if (row.intent?.id === intentId) return { kind: "already-done" };
  if (row.desired === "on") return whileOn(facts, intentId);
  if (row.intent !== null && row.intent.at >= from && isPerson(row.intent.by))
    return { kind: "human-stopped", by: row.intent.by, at: row.intent.at };
  if (now > latestStart(occurrence, facts) || now >= occurrence.endsAt) return { kind: "too-late" };
  return { kind: "start", intentId, until: occurrence.endsAt };
}

/** A person who starts it after the show was given up has an end of their own in mind. */
function whileOn(facts: ShowFacts, intentId: string): ShowDecision {
  const { occurrence, row, now } = facts;
  const afterwards = row.intent !== null && row.intent.at > latestStart(occurrence, facts);
  const covered = row.leaseUntil !== null && row.leaseUntil >= occurrence.endsAt;
  return covered || afterwards || now >= occurrence.endsAt
    ? { kind: "already-done" }
    : { kind: "extend", intentId, until: occurrence.endsAt };
}

/** Somebody in the AWS console is a person too. */
const isPerson = (by: Actor): boolean => !isPatchbay(by) && by.id !== deadlineSwitch.id;

/** Until when a date that has begun may still be started. */
export const latestStart = (
  { startsAt }: Occurrence,
  { lateMinutes }: Pick<Show, "lateMinutes">,
): Date => addMinutes(startsAt, lateMinutes);
