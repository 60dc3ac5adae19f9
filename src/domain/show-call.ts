import { subMinutes } from "date-fns/subMinutes";
import {
  type Announcement,
  type Content,
  type KeptAnnouncement,
  saying,
  siteMessage,
} from "./announcement.ts";
import type { Destination } from "./destination.ts";
import type { Check, GoNoGo, Verdict } from "./go-no-go.ts";
import { isHandled, type OccurrenceMemory, occurrenceKey } from "./occurrence-memory.ts";
import { hourlyOf, startOffer } from "./offers.ts";
import type { Planned } from "./planned-shows.ts";
import { type Amendment, closing, type Telling } from "./telling.ts";
import { type Button, strong, type Text, text } from "./text.ts";

/** One date of a show before its start, with the answers to what a crew asks. */
export type Call = Planned & { memory: OccurrenceMemory; answers: GoNoGo };

type SpentRules = { asksSecondPerson: boolean; adminsOnly: boolean };

export type CallFacts = {
  rows: readonly Destination[];
  live: readonly KeptAnnouncement[];
  /** What a start must obey at present. */
  rules: SpentRules;
  /** By destination; what is not in it has an unknown price. */
  usdPerHour: ReadonlyMap<string, number>;
  now: Date;
};

const callMinutes = 30;
const lastMinutes = 5;

/** The half hour before a date's start. */
export const isSoon = ({ occurrence: { startsAt } }: Planned, now: Date): boolean =>
  now >= subMinutes(startsAt, callMinutes) && now < startsAt;

/** When people are asked; what is on by then is asked no more. */
export const isCalled = (
  date: Planned & { memory: OccurrenceMemory },
  { rows, now }: Pick<CallFacts, "rows" | "now">,
): boolean => isSoon(date, now) && !isHandled(date.occurrence, date.memory, rows);

const callKey = ({ occurrence }: Planned): string => occurrenceKey(occurrence, "go");

export const isOpenCall = ({ key, open }: KeptAnnouncement): boolean => open && key.endsWith("_go");

/** What one date has to say now; `memory` is what to remember of it then. */
export function decideCall(call: Call, facts: CallFacts): Telling & { memory: OccurrenceMemory } {
  const { memory } = call;
  const isLast = facts.now >= subMinutes(call.occurrence.startsAt, lastMinutes);
  const shown = facts.live.find(({ key }) => key === callKey(call));
  const asked = memory.told.includes("go");
  const first = !asked && !isLast ? [callOf(call, facts)] : [];
  const answers = answersOf(call.answers);
  const changed = shown?.open === true && answers !== memory.answers;
  const red = isLast && !memory.told.includes("go-last") && call.answers.checks.some(isRed);
  const told = [...memory.told, ...(first.length > 0 ? ["go"] : []), ...(red ? ["go-last"] : [])];
  return {
    say: [...first, ...(red ? [lastCallOf(call, facts)] : [])],
    amend: changed ? [{ read: shown, content: contentOf(call, facts), open: true }] : [],
    memory: { ...memory, told, answers },
  };
}

/** Calls whose start has come, or whose date is not planned any more. */
export const decideOver = (
  planned: readonly (Planned & { memory: OccurrenceMemory })[],
  facts: CallFacts,
): Amendment[] =>
  facts.live.filter(isOpenCall).flatMap((read) => {
    const own = planned.find((each) => callKey(each) === read.key);
    if (own === undefined) return [closing(read, [["That date is left out; nothing starts."]])];
    return isCalled(own, facts) ? [] : [closing(read, [overWords(own, facts)])];
  });

function overWords(
  { show, memory }: Planned & { memory: OccurrenceMemory },
  { rows }: CallFacts,
): Text {
  const on = rows.filter(({ id }) => id in memory.handled && memory.handled[id] !== "stopped");
  return on.length === 0
    ? text`${strong(show.name)}: its time has come, and nothing was started.`
    : text`${strong(show.name)} is under way: ${on.map(({ name }) => name).join(", ")}.`;
}

const isRed = ({ verdict }: Check): boolean => verdict === "no";

/** What makes a new picture: sums of money change each minute and do not. */
const answersOf = ({ checks, green }: GoNoGo): string =>
  JSON.stringify([
    checks.map((each) => [each.verdict, each.name === "budget" ? "" : each.words]),
    green,
  ]);

const callOf = (call: Call, facts: CallFacts): Announcement =>
  siteMessage({
    key: callKey(call),
    at: facts.now,
    open: true,
    content: contentOf(call, facts),
  });

function lastCallOf(call: Call, facts: CallFacts): Announcement {
  const { show, occurrence, answers } = call;
  const lines = [
    text`${strong(show.name)} is to be on air at ${occurrence.startsAt}, and not all is well:`,
    ...answers.checks.filter(isRed).map(checkLine),
  ];
  return siteMessage({
    key: occurrenceKey(occurrence, "go-last"),
    at: facts.now,
    content: saying(lines, buttonsOf(call, facts)),
  });
}

function contentOf(call: Call, facts: CallFacts): Content {
  const { rows, rules } = facts;
  const { show, occurrence, answers } = call;
  const wanted = rows.filter(({ id }) => occurrence.destinationIds.includes(id));
  const names = wanted.map(({ name }) => name).join(", ");
  return saying(
    [
      text`${strong(show.name)} goes on air at ${occurrence.startsAt}, until ${occurrence.endsAt}: ${names}. It starts by itself.`,
      ...answers.checks.map(checkLine),
      ...ruleLines(rules),
    ],
    buttonsOf(call, facts),
  );
}

function ruleLines({ adminsOnly, asksSecondPerson }: SpentRules): Text[] {
  if (adminsOnly) return [["The budget is spent: it does not start unless an admin raises it."]];
  return asksSecondPerson
    ? [
        [
          "The budget runs low: by hand a start asks a second person. This one was approved when it was planned.",
        ],
      ]
    : [];
}

const marks: Record<Verdict, string> = { yes: "✓", careful: "⚠", no: "✗", unknown: "?" };

const checkLine = ({ verdict, words }: Check): Text => [`${marks[verdict]} `, ...words];

function buttonsOf({ show, occurrence, answers }: Call, facts: CallFacts): Button[] {
  const green = facts.rows.filter(({ id }) => answers.green.includes(id));
  const usdPerHour = hourlyOf(green, facts.usdPerHour);
  const offer = { label: "Start all green", until: occurrence.endsAt, usdPerHour };
  const start: Button = { ...startOffer(green, offer), style: "primary" };
  const skip: Button = {
    label: "Skip this one",
    command: `schedule skip ${show.id} ${occurrence.date}`,
    confirm: {
      title: "Skip this one?",
      text: [`${show.name} is left out on ${occurrence.date}.`],
      yes: "Skip",
    },
  };
  return green.length === 0 ? [skip] : [start, skip];
}
