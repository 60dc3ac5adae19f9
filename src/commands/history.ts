import type { AuditEntry } from "../domain/audit.ts";
import { strong, type Text, text } from "../domain/text.ts";
import type { Command } from "./command.ts";
import { choices } from "./outcomes.ts";
import { pick } from "./pick.ts";
import { looksSecret } from "./words.ts";

const linesShown = 15;

/** Who did what, when and why. */
export const history: Command = {
  verb: "history",
  usage: "history [destination]",
  summary: "Who did what, when and why, newest first",
  example: "history twitch",
  role: "viewer",
  async run(args, context) {
    const destinations = await context.destinations();
    const names = new Map(destinations.map(({ id, name }) => [id, name]));
    const only = args === "" ? null : pick(args, destinations);
    if (only?.kind === "unclear") return choices(only, (names) => `history ${names}`);
    const ids = only === null || only.all ? [] : only.destinations.map(({ id }) => id);
    const asked = ids.length === 0 ? [{}] : ids.map((destinationId) => ({ destinationId }));
    const found = await Promise.all(
      asked.map((each) => context.history({ ...each, limit: linesShown })),
    );
    const lines = found
      .flat()
      .toSorted((left, right) => right.at.getTime() - left.at.getTime())
      .slice(0, linesShown)
      .map((entry) => lineFor(named(entry, names)));
    const none = text`Nothing is written down yet.`;
    return { kind: "lines", lines: lines.length === 0 ? [none] : lines, buttons: [] };
  },
};

/** A show's line names its destinations by their ids, which nobody knows by heart. */
function named(entry: AuditEntry, names: ReadonlyMap<string, string>): AuditEntry {
  const inWords = (words: string | null) =>
    words?.replace(/\S+/g, (word) => names.get(word) ?? word) ?? null;
  return { ...entry, before: inWords(entry.before), after: inWords(entry.after) };
}

function lineFor(entry: AuditEntry): Text {
  const { at, by, why } = entry;
  const reason = why === null ? [] : [` (${safe(why)})`];
  return [...text`${at} · ${by.name}: `, ...deedWords(entry), ...reason];
}

/** What was done as one says it, where the kept word is not that. */
function deedWords({ what, object, before, after }: AuditEntry): Text {
  const name = strong(safe(object));
  const change = fromTo(before, after);
  switch (what) {
    case "start":
      return ["started ", name, ...until(after)];
    case "stop":
      return [
        "stopped ",
        name,
        ...(before === null ? [] : [", to go off at ", ...endWords(before)]),
      ];
    case "extend":
      return ["end of ", name, " moved", ...change];
    case "shrink":
      return [name, " shortened", ...change];
    case "hold":
      return [name, " held", ...until(after)];
    case "release":
      return ["hold of ", name, " ended"];
    case "leak ignored":
      return ["leak ", name, " set aside", ...until(after)];
    default:
      return [`${what} `, name, ...changeWords(before, after)];
  }
}

const until = (end: string | null): Text => (end === null ? [] : [" until ", ...endWords(end)]);

const fromTo = (before: string | null, after: string | null): Text => [
  ...(before === null ? [] : [" from ", ...endWords(before)]),
  ...(after === null ? [] : [" to ", ...endWords(after)]),
];

/** ": 21:00 → 21:30"; what there was not, or is not any more, is left out. */
function changeWords(before: string | null, after: string | null): Text {
  if (before === null && after === null) return [];
  if (before === null) return [": ", ...endWords(after)];
  return after === null
    ? [": was ", ...endWords(before)]
    : [": ", ...endWords(before), " → ", ...endWords(after)];
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const endWords = (value: string | null): Text => {
  const words = value ?? "nothing";
  return instant.test(words) ? [{ time: new Date(words) }] : [safe(words)];
};

/** Nothing secret is ever written down; what looks like it is not repeated all the same. */
const safe = (words: string): string => (looksSecret(words) ? "[left out]" : words);
