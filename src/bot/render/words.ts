/** Controls, line breaks, and format characters such as U+202E, which turns the text after it around. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]+/gu;

/** Foreign text on one line, without characters that are not seen. */
export const oneLine = (foreign: string): string => foreign.replace(unseen, " ");

/** Cuts to at most `max` UTF-16 units, never through a character, and shows that something is missing. */
export function shorten(words: string, max: number): string {
  if (words.length <= max) return words;
  return `${words.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The three characters that Slack reads as markup (docs.slack.dev, formatting-message-text). */
export const escapeMarkup = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Foreign text that formats nothing and pings nobody in mrkdwn. Slack has no escape for its marks, so each becomes a
 * character that looks like it; an underscore inside a word formats nothing and stays.
 */
export const toMrkdwnWords = (foreign: string): string =>
  escapeMarkup(oneLine(foreign))
    .replaceAll("*", "∗")
    .replaceAll("~", "∼")
    .replaceAll("`", "ˋ")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "ˍ")
    .replace(/:(?=[\w+-]+:)/g, "∶");
