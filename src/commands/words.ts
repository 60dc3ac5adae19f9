import { platforms } from "../domain/platforms/index.ts";
import { OpsError } from "../errors.ts";

const longest = 1_000;
/** Characters that are not seen: controls, format characters (zero width, direction marks), private use. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}]/gu;

/**
 * The words of a command as the person meant them: phones turn `--` into a dash and quotes into curly ones, and pasted
 * text brings odd spaces and unseen characters. Throws when there is far too much of it.
 */
export function tidy(typed: string): string {
  if (typed.length > longest)
    throw new OpsError("invalid-input", `That is more than ${longest} characters.`, {
      hint: "A command is short: `/stream start twitch for 2h`.",
    });
  return decodeEntities(typed)
    .normalize("NFKC")
    .replace(unseen, (character) => (/\s/.test(character) ? " " : ""))
    .replace(/[‐-―−]/g, "-")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Slack escapes these three in what people type (docs.slack.dev, formatting). */
const decodeEntities = (typed: string): string =>
  typed.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const randomLooking = /^(?=.*\d)(?=.*[a-z])[a-z0-9_-]{16,}$/i;

/** Throws for words that look like a stream key: they are neither kept nor repeated, and the person is told why. */
export function refuseSecrets(words: string): void {
  const known = platforms.some(({ key }) => key.secretLooking?.test(words));
  const random = words.split(" ").some((word) => randomLooking.test(word));
  if (known || random)
    throw new OpsError("invalid-input", "That looks like a stream key. I have not kept it.", {
      hint: "Keys never go into a command: others may have seen it, so make a new one on the platform.",
    });
}

/** A word as it may be repeated to the person who typed it: short, and without marks that format text. */
export function quoted(word: string): string {
  const plain = word.replace(/[`*_~<>&]/g, "");
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
