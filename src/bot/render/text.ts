import type { Part, Text } from "../../domain/text.ts";
import { wallDate } from "../../domain/wall-time.ts";
import { escapeMarkup, oneLine, shorten, toMrkdwnWords } from "./words.ts";

/** When and where a text is read: instants of another day of this zone are shown with their date. */
export type Moment = { now: Date; zone: string };

const longestName = 80;
const longestWords = 1_500;

/** A sentence in Slack's mrkdwn, at most `max` long; a part that does not fit any more is left out with those after it. */
export function toMrkdwn(text: Text, moment: Moment, max = 3_000): string {
  let written = "";
  for (const part of text) {
    const next = partToMrkdwn(part, moment);
    if (written.length + next.length > max - 1) return `${written}…`;
    written += next;
  }
  return written;
}

function partToMrkdwn(part: Part, moment: Moment): string {
  if (typeof part === "string") return toMrkdwnWords(shorten(part, longestWords));
  if ("time" in part) return timeToken(part.time, moment);
  if ("code" in part) return codeOf(part.code);
  const name = toMrkdwnWords(shorten(part.strong, longestName)).trim();
  return name === "" ? "" : `*${name}*`;
}

function codeOf(typed: string): string {
  const code = escapeMarkup(oneLine(shorten(typed, longestWords)).replaceAll("`", "'"));
  return code.trim() === "" ? "" : `\`${code}\``;
}

/** Slack shows a date token in each reader's own zone; the fallback, in UTC, is for clients that cannot. */
function timeToken(time: Date, moment: Moment): string {
  const seconds = Math.floor(time.getTime() / 1000);
  const format = isSameDay(time, moment) ? "{time}" : "{date_short_pretty} {time}";
  return `<!date^${seconds}^${format}|${clockWords(time, "UTC", !isSameDay(time, moment))}>`;
}

/** A time of day with its zone, "21:00 GMT+1", and the date before it when it is asked for. */
function clockWords(time: Date, timeZone: string, isDated: boolean): string {
  const formats = formatsOf(timeZone);
  const words = formats.words.format(time);
  const zone = formats.zone.formatToParts(time).find(({ type }) => type === "timeZoneName");
  return `${isDated ? words : words.slice(-5)} ${zone?.value ?? timeZone}`;
}

type Formats = { words: Intl.DateTimeFormat; zone: Intl.DateTimeFormat };
const known = new Map<string, Formats>();

/** A format takes twenty times as long to make as to use, and a site has one zone besides UTC. */
function formatsOf(timeZone: string): Formats {
  const formats = known.get(timeZone) ?? {
    words: new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }),
    zone: new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "short" }),
  };
  known.set(timeZone, formats);
  return formats;
}

const isSameDay = (time: Date, { now, zone }: Moment): boolean =>
  wallDate(time, zone) === wallDate(now, zone);

/**
 * A sentence as bare words, for notifications, dialogs and screen readers, with times in the site's zone; nothing in it
 * is escaped.
 */
export function toWords(text: Text, moment: Moment): string {
  const words = text.map((part) => {
    if (typeof part === "string") return part;
    if ("time" in part) return clockWords(part.time, moment.zone, !isSameDay(part.time, moment));
    return "code" in part ? part.code : shorten(part.strong, longestName);
  });
  return oneLine(words.join("")).replace(/ +/g, " ").trim();
}

/** A sentence of our own, in which words between backticks are something to type. */
export const fromSentence = (sentence: string): Text =>
  sentence
    .split("`")
    .map((piece, index) => (index % 2 === 1 ? { code: piece } : piece))
    .filter((piece) => piece !== "");
