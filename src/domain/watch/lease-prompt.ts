import { addMinutes } from "date-fns/addMinutes";
import { subMinutes } from "date-fns/subMinutes";
import { type Announcement, type KeptAnnouncement, saying } from "../announcement.ts";
import { type Actor, type Destination, isPatchbay } from "../destination.ts";
import { endOf, isHeld } from "../lease.ts";
import { extendOffer, stopOffer } from "../offers.ts";
import type { Policy } from "../policy.ts";
import { closing, type Telling } from "../telling.ts";
import { type Button, strong, type Text, text } from "../text.ts";
import { grantedEnd } from "./extension.ts";

/** Who moved an end to where, as a waiting deed or the audit tells it; `after` is ISO 8601. */
export type Move = { what: string; by: Actor; after: string | null };

export type PromptFacts = {
  destinations: readonly Destination[];
  live: readonly KeptAnnouncement[];
  broadcastId: string | null;
  /** By destination; what is not in it has an unknown price. */
  usdPerHour: ReadonlyMap<string, number>;
  /** What moved the ends lately, by destination. */
  moves: ReadonlyMap<string, readonly Move[]>;
  /** The longest lease that the budget still allows; null for the site's own limit. */
  maxLeaseMinutes: number | null;
  policy: Policy;
  now: Date;
};

/** After this long a question is not asked any more: the next one is near, or somebody has just chosen this end. */
const windowMinutes = 5;
const moreMinutes = 30;

/** Asks before an end whether to go on, and says in the same place what became of it. */
export const decidePrompts = (facts: PromptFacts): Telling => ({
  say: facts.destinations.flatMap((each) => promptFor(each, facts) ?? []),
  amend: facts.live.filter(isOpenPrompt).flatMap((each) => {
    const words = overWords(each, facts);
    return words === null ? [] : [closing(each, [words])];
  }),
});

const promptKey = /\.prompt-\d+$/;

export const isOpenPrompt = ({ key, open }: KeptAnnouncement): boolean =>
  open && promptKey.test(key);

/** True for a prompt that is over: the story tells what became of it, or the next one asks again. */
export const isOverPrompt = ({ key, open }: KeptAnnouncement): boolean =>
  !open && promptKey.test(key);

/** True when the prompt's destination is still on by the same intent, but ends at another time. */
export function isMoved(prompt: KeptAnnouncement, row: Destination): boolean {
  const end = leaseEndOf(row);
  return end !== null && asksOf(prompt, row) && !prompt.key.startsWith(keyPrefix(row, end));
}

/** Which of the prompts should stand at this time, if any: the minutes before the end at which it is asked. */
export function promptDue(row: Destination, { policy, now }: Pick<PromptFacts, "policy" | "now">) {
  const end = leaseEndOf(row);
  if (end === null || now >= end) return null;
  const due = policy.promptMinutes.filter((minutes) => subMinutes(end, minutes) <= now);
  return due.length === 0 ? null : Math.min(...due);
}

/** Whether it is asked anew: soon after its moment, and not when the start itself came after that. */
function isAskedNow(row: Destination, end: Date, { minutes, now }: { minutes: number; now: Date }) {
  const moment = subMinutes(end, minutes);
  const started = row.intent?.at ?? moment;
  return started <= moment && now < addMinutes(moment, windowMinutes);
}

function promptFor(row: Destination, facts: PromptFacts): Announcement | null {
  const end = leaseEndOf(row);
  const minutes = promptDue(row, facts);
  if (end === null || minutes === null) return null;
  if (!isAskedNow(row, end, { minutes, now: facts.now })) return null;
  return {
    key: `${keyPrefix(row, end)}prompt-${minutes}`,
    at: facts.now,
    broadcastId: facts.broadcastId,
    loud: true,
    destinationId: row.id,
    open: true,
    content: saying([question(row, end, facts.now)], buttonsFor(row, end, facts)),
  };
}

function question(row: Destination, end: Date, now: Date): Text {
  const left = Math.max(1, Math.round((end.getTime() - now.getTime()) / 60_000));
  const held = isHeld(row, now) && row.holdUntil?.getTime() === end.getTime();
  const why = held ? `, when ${row.heldBy?.name ?? "somebody"}'s hold ends` : "";
  return text`${strong(row.name)} goes off at ${end}${why}, in ${left} min.`;
}

function buttonsFor(row: Destination, end: Date, facts: PromptFacts): Button[] {
  const until = grantedEnd(row, addMinutes(end, moreMinutes), facts);
  const usdPerHour = facts.usdPerHour.get(row.id) ?? null;
  const more = until === null ? [] : [extendOffer(row, { from: end, until, usdPerHour })];
  return [...more, stopOffer([row], { usdPerHour })];
}

/** What became of a question; null while it still stands. */
function overWords(prompt: KeptAnnouncement, facts: PromptFacts): Text | null {
  const row = facts.destinations.find(({ id }) => id === prompt.destinationId);
  if (row === undefined) return ["That destination does not exist any more."];
  const end = leaseEndOf(row);
  if (end === null || !asksOf(prompt, row)) return goneWords(prompt, row);
  if (isMoved(prompt, row)) return movedWords(row, end, facts);
  if (facts.now >= end) return text`${strong(row.name)}: its time was over at ${end}.`;
  const due = promptDue(row, facts);
  return due === null || prompt.key.endsWith(`.prompt-${due}`)
    ? null
    : text`${strong(row.name)}: asked again, ${due} min before ${end}.`;
}

function goneWords(prompt: KeptAnnouncement, row: Destination): Text {
  const name = strong(row.name);
  if (row.desired === "on") return text`${name} was stopped, and started again.`;
  if (row.intent === null || asksOf(prompt, row)) return text`${name} went off by itself.`;
  const { by, at, reason } = row.intent;
  const why = reason === null ? "" : ` (${reason})`;
  return isPatchbay(by)
    ? text`${name} was stopped at ${at}${why}.`
    : text`${by.name} stopped ${name} at ${at}${why}.`;
}

const moved: Record<string, string> = { extend: "extended", hold: "holds", shrink: "shortened" };

function movedWords(row: Destination, end: Date, { moves }: PromptFacts): Text {
  const mover = moves.get(row.id)?.find(({ after }) => after === end.toISOString());
  const name = strong(row.name);
  if (mover === undefined) return text`${name} now goes off at ${end}.`;
  if (mover.what === "release")
    return text`${mover.by.name} released ${name}: it goes off at ${end}.`;
  const word = mover.what === "hold" ? "until" : "to";
  return text`${mover.by.name} ${moved[mover.what] ?? "moved"} ${name} ${word} ${end}.`;
}

const leaseEndOf = (row: Destination): Date | null =>
  row.desired === "on" && row.intent !== null ? endOf(row) : null;

const asksOf = ({ key }: KeptAnnouncement, { intent }: Destination): boolean =>
  intent !== null && key.startsWith(`${intent.id}.`);

const keyPrefix = ({ intent }: Destination, end: Date): string =>
  `${intent?.id ?? ""}.${end.toISOString()}.`;
