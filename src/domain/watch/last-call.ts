import { addMinutes } from "date-fns/addMinutes";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { max } from "date-fns/max";
import { startOfMinute } from "date-fns/startOfMinute";
import { type Announcement, type Content, type KeptAnnouncement, saying } from "../announcement.ts";
import { autoShutdown, type Destination } from "../destination.ts";
import { spoken } from "../duration.ts";
import type { Facts } from "../facts.ts";
import { isHeld } from "../lease.ts";
import { usdWords } from "../money.ts";
import { holdOffer, hourlyOf, releaseOffer, startOffer, stopOffer } from "../offers.ts";
import type { Policy } from "../policy.ts";
import { isLossInSight } from "../source-loss.ts";
import { type Amendment, openOf, readsAlike, type Telling } from "../telling.ts";
import { type Button, listed, strong, type Text, text } from "../text.ts";
import { wallTime } from "../wall-time.ts";

export type LossFacts = {
  facts: Facts;
  live: readonly KeptAnnouncement[];
  broadcastId: string | null;
  /** By destination; what is not in it has an unknown price. */
  usdPerHour: ReadonlyMap<string, number>;
  policy: Policy;
  now: Date;
};

/** What is said of a lost source, and what is stopped for it now. */
export type LossDecision = Telling & { stops: readonly Destination[]; reason: string };

/** A destination with the call that warned of its stop; null while there is none. */
type Called = { row: Destination; call: KeptAnnouncement | null };

export const lastCallPrefix = "last-call.";
const none: LossDecision = { say: [], amend: [], stops: [], reason: "" };

/**
 * Calls at once when the source is lost while something runs, and stops each destination a grace after its call: only
 * while this very reading says that no source is there, never what is held, and the primary last. The source's return
 * takes the call back. A hold that ends without a source is followed by a call of its own.
 */
export function decideLoss(given: LossFacts): LossDecision {
  const { memory, flow } = given.facts;
  if (memory.version < 0) return none;
  const since = memory.sourceLostSince;
  const calls = openOf(given.live, lastCallPrefix);
  const base = since === null ? null : keyOf(since);
  const over = calls.filter(({ key }) => base === null || !key.startsWith(base));
  const amend = over.map((call) => takenBack(call, given));
  const connected = flow === null || flow === "not-configured" ? null : flow.source.connected;
  const isSure = connected === false && isLossInSight(memory, given.now);
  if (since === null || !isSure) return { ...none, amend };
  const called = callsOf(since, calls, given);
  const due = called.filter((each) => isDue(each, called, given));
  return {
    say: newCalls(since, called, given),
    amend: [...amend, ...redrawn(since, called, given)],
    stops: due.map(({ row }) => row),
    reason: `there was no source for ${spoken(differenceInSeconds(given.now, since))}`,
  };
}

/** What runs without a source, each with the call that was made for it. */
const callsOf = (
  since: Date,
  calls: readonly KeptAnnouncement[],
  { facts, now }: LossFacts,
): Called[] =>
  facts.destinations.filter(isRunning).map((row) => ({
    row,
    call: calls.find(({ key }) => key === keyFor(row, since, now)) ?? null,
  }));

const isRunning = ({ desired, phase, intent }: Destination): boolean =>
  desired === "on" && phase === "running" && intent !== null;

/**
 * One call for all that ran when the source was lost, one for each that has come to run since, and one for all whose hold
 * has ended since.
 */
function newCalls(since: Date, called: readonly Called[], given: LossFacts): Announcement[] {
  const missing = called.filter(({ row, call }) => call === null && !isHeld(row, given.now));
  const keys = new Set(missing.map(({ row }) => keyFor(row, since, given.now)));
  return [...keys].map((key) => {
    const rows = missing.flatMap(({ row }) => (keyFor(row, since, given.now) === key ? [row] : []));
    return {
      key,
      at: given.now,
      broadcastId: given.broadcastId,
      loud: true,
      destinationId: rows.length === 1 ? (rows[0]?.id ?? null) : null,
      open: true,
      content: callContent(rows, { since, at: given.now, called, given }),
    };
  });
}

/** The calls that say something else by now, because somebody held, stopped or extended something. */
function redrawn(since: Date, called: readonly Called[], given: LossFacts): Amendment[] {
  const calls = openOf(given.live, keyOf(since));
  return calls.flatMap((call) => {
    const rows = called.filter((each) => each.call === call).map(({ row }) => row);
    if (rows.length === 0) return [takenBack(call, given)];
    const content = callContent(rows, { since, at: call.at, called, given });
    return readsAlike(content, call.content) ? [] : [{ read: call, content, open: true }];
  });
}

type Call = { since: Date; at: Date; called: readonly Called[]; given: LossFacts };

function callContent(rows: readonly Destination[], call: Call): Content {
  const { since, at, given } = call;
  const free = rows.filter((row) => !isHeld(row, given.now));
  const usdPerHour = hourlyOf(rows, given.usdPerHour);
  const money = usdPerHour === null ? "" : `, spending ${usdWords(usdPerHour)}/h`;
  return saying(
    [
      text`${strong("No source")}: no SRT packets for ${exactly(since, at)}${money}.`,
      ...stopLines(free, call),
      ...rows.filter((row) => isHeld(row, given.now)).map(heldLine),
    ],
    free.length === 0 ? [stopOffer(rows, { usdPerHour })] : buttonsFor(free, call),
  );
}

/** One line a time, the earliest first, so that a phone shows them all. */
function stopLines(free: readonly Destination[], { at, called, given }: Call): Text[] {
  const times = free.map((row) => ({ row, due: dueAt({ row, at }, called, given) }));
  const first = times.toSorted((left, right) => left.due.getTime() - right.due.getTime());
  const minuteOf = (due: Date) => Math.floor(due.getTime() / 60_000);
  const minutes = [...new Set(first.map(({ due }) => minuteOf(due)))];
  return minutes.flatMap((minute) => {
    const together = first.filter(({ due }) => minuteOf(due) === minute);
    const due = together[0]?.due;
    if (due === undefined) return [];
    const goes = together.length === 1 ? "goes" : "go";
    const names = listed(together.map(({ row }) => strong(row.name)));
    return [[...names, ...text` ${goes} off at ${due} unless the source is back.`]];
  });
}

const heldLine = ({ name, heldBy, holdUntil, holdReason }: Destination): Text => [
  ...text`${strong(name)} stays on: ${heldBy?.name ?? "somebody"} holds it`,
  ...(holdUntil === null ? [] : text` until ${holdUntil}`),
  holdReason === null ? "." : ` (${holdReason}).`,
];

const breakMinutes = [15, 30, 60];
const keepMinutes = 30;
const reasons = { keep: "waiting for the source", break: "break" };

/** True for a hold that somebody has answered a last call with: it was for a source that is not there. */
export const isAnswerToLoss = (reason: string | null): boolean =>
  reason === reasons.keep || reason === reasons.break;

/** Counted from the call, or from the end of a later hold; a press that comes twice asks for the same end. */
function buttonsFor(rows: readonly Destination[], { at, given }: Call): Button[] {
  const from = max([at, ...rows.map(({ holdUntil }) => holdUntil ?? at)]);
  const usdPerHour = hourlyOf(rows, given.usdPerHour);
  const offer = (minutes: number, words: (until: Date) => string, reason: string): Button => {
    const until = addMinutes(from, minutes);
    return holdOffer(rows, { label: words(until), until, minutes, reason, usdPerHour });
  };
  const aBreak = (until: Date) => `It's a break until ${wallTime(until, given.policy.zone)}`;
  return [
    stopOffer(rows, { usdPerHour }),
    offer(keepMinutes, () => `Keep ${keepMinutes} min`, reasons.keep),
    ...breakMinutes.map((minutes) => offer(minutes, aBreak, reasons.break)),
  ];
}

function isDue({ row, call }: Called, called: readonly Called[], given: LossFacts): boolean {
  if (call === null || isHeld(row, given.now)) return false;
  return given.now >= dueAt({ row, at: call.at }, called, given);
}

type Warned = { row: Destination; at: Date };

/** When its grace is over; the primary's not before that of everything else that nobody holds. */
function dueAt(warned: Warned, called: readonly Called[], given: LossFacts): Date {
  const own = ownDue(warned, given.policy);
  if (warned.row.kind !== "primary") return own;
  const others = called
    .filter(({ row }) => row.kind !== "primary" && !isHeld(row, given.now))
    .map(({ row, call }) => ownDue({ row, at: call?.at ?? given.now }, given.policy));
  return max([own, ...others]);
}

/** Counted from the call, from its own beginning, or from the end of a hold. */
function ownDue({ row, at }: Warned, { graceMinutes, primaryGraceMinutes }: Policy): Date {
  const more = row.kind === "primary" ? primaryGraceMinutes : 0;
  const from = max([at, runsSince(row), row.holdUntil ?? at]);
  return addMinutes(from, graceMinutes + more);
}

const runsSince = ({ runningSince, intent }: Destination): Date =>
  runningSince ?? intent?.at ?? new Date(0);

/** What became of a call: the source is back, everything it was for is off or held, or it was made again after a hold. */
function takenBack(call: KeptAnnouncement, given: LossFacts): Amendment {
  const { facts, usdPerHour, now } = given;
  const { destinations, memory } = facts;
  const stopped = destinations.filter(
    ({ desired, intent }) =>
      desired === "off" && intent?.by.id === autoShutdown.id && intent.at >= call.at,
  );
  const running = destinations.filter(isRunning);
  const held = running.filter((row) => isHeld(row, now));
  const turn = running.length > 0 ? turnSince(lostIn(call), given) : [];
  const names = stopped.map(({ name }) => name).join(", ");
  const lines: Text[] = [
    ...(names === "" ? [] : [text`${strong(names)}: stopped, because no source came.`]),
    ...turn,
    ...held.map(heldLine),
  ];
  const words = lines.length === 0 ? [whyOver(running)] : lines;
  const hourly = hourlyOf(stopped, usdPerHour);
  const again = stopped.length === 0 ? [] : [startOffer(stopped, { usdPerHour: hourly })];
  const isBack = memory.sourceLostSince === null;
  const release = isBack && held.length > 0 ? [releaseOffer(held)] : [];
  return { read: call, content: saying(words, [...again, ...release]), open: false };
}

/** What became of the source since it was lost, as far as anybody saw; nothing while it is still gone. */
function turnSince(lost: Date, { facts: { memory }, now }: LossFacts): Text[] {
  const since = memory.sourceLostSince;
  if (since?.getTime() === lost.getTime()) return [];
  if (since !== null)
    return [
      text`The source was back or out of sight for a while: it counts as gone from ${since}.`,
    ];
  const after = isLossInSight(memory, now) ? `, after ${exactly(lost, now)}` : "";
  return [text`The source is back${after}. The call is over.`];
}

const whyOver = (running: readonly Destination[]): Text =>
  running.length === 0
    ? text`What it was for is off. The call is over.`
    : text`The hold is over, and the source is not there. A new call says so.`;

const keyOf = (since: Date): string => `${lastCallPrefix}${since.toISOString()}`;

/** A start without a source, and the end of a hold, have a call of their own, and so the whole grace. */
function keyFor(row: Destination, since: Date, now: Date): string {
  const { holdUntil, intent } = row;
  const key = keyOf(since);
  if (holdUntil !== null && holdUntil > since && !isHeld(row, now))
    return `${key}.held-until-${startOfMinute(holdUntil).toISOString()}`;
  return runsSince(row) <= since ? key : `${key}.${intent?.id ?? ""}`;
}

const isoLength = new Date(0).toISOString().length;

const lostIn = ({ key }: KeptAnnouncement): Date =>
  new Date(key.slice(lastCallPrefix.length).slice(0, isoLength));

/** "2 min 10 s": to the second below an hour. */
function exactly(from: Date, to: Date): string {
  const seconds = Math.max(0, differenceInSeconds(to, from));
  const rest = seconds % 60;
  return seconds < 60 || seconds >= 3_600 || rest === 0
    ? spoken(seconds)
    : `${spoken(seconds)} ${rest} s`;
}
