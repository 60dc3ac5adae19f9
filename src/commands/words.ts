import { platforms } from "../domain/platforms/index.ts";
import { OpsError } from "../errors.ts";

const longest = 1_000;
const longestQuote = 40;
/** Characters that are not seen: controls, format characters (zero width, direction marks), fillers, private use. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

/** The words of a command as the person meant them. Throws when there is far too much of it. */
export function tidy(typed: string): string {
  if (typed.length > longest)
    throw new OpsError("invalid-input", `That is more than ${longest} characters.`, {
      hint: "A command is short: `/stream start twitch for 2h`.",
    });
  return plainWords(decodeEntities(typed));
}

/**
 * Text without what only looks different: phones turn `--` into a dash and quotes into curly ones, and pasted text
 * brings odd spaces and unseen characters.
 */
export const plainWords = (text: string): string =>
  text
    .replace(/[\t-\r\u0085]/g, " ")
    .replace(unseen, "")
    .normalize("NFKC")
    .replace(/[‐-―−]/g, "-")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s+/g, " ")
    .trim();

/** Slack escapes these three in what people type (docs.slack.dev, formatting). */
const decodeEntities = (typed: string): string =>
  typed.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const longRun = /[a-z0-9_-]{16,}/gi;
const rtmpAddress = /\brtmps?:/i;

/** True for words that look like a stream key. */
export const looksSecret = (words: string): boolean =>
  platforms.some(({ key }) => key.secretLooking?.test(words)) ||
  words.match(longRun)?.some(looksRandom) === true ||
  rtmpAddress.test(words);

/** Throws for words that look like a stream key: they are neither kept nor repeated, and the person is told why. */
export function refuseSecrets(words: string): void {
  if (looksSecret(words))
    throw new OpsError("invalid-input", "That looks like a stream key. I have not kept it.", {
      hint: "Keys never go into a command: others may have seen it, so make a new one on the platform.",
    });
}

/** Letters and digits mixed, and not the id of a destination (legacy contract, C26) or show that may be gone by now. */
const looksRandom = (run: string): boolean =>
  /\d/.test(run) && /[a-z]/i.test(run) && !/^(?:dest|show)_/.test(run);

const marks = /[`*~<>&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const piledAccents = /(\p{M}{2})\p{M}+/gu;

/** A word as it may be repeated to the person who typed it: short, and without marks that format text. May be empty. */
export const quoted = (word: string): string =>
  shortened(word.replace(marks, "").replace(piledAccents, "$1").trim());

/** A name of ours as it may stand in a hint, where backticks mean something to type. */
export const inHint = (name: string): string => shortened(plainWords(name).replaceAll("`", "'"));

/** Cut between whole characters. */
function shortened(words: string): string {
  const characters = [...words];
  return characters.length > longestQuote
    ? `${characters.slice(0, longestQuote).join("")}…`
    : words;
}
