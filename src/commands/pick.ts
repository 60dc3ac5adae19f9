import type { Destination } from "../domain/destination.ts";
import { OpsError } from "../errors.ts";
import { nearest } from "./nearest.ts";
import { platformWords } from "./platform-words.ts";
import { quoted, refuseSecrets } from "./words.ts";

/** Which destinations the words name; `unclear` when a platform's word fits several, which are then the choices. */
export type Picked =
  | { kind: "picked"; destinations: readonly Destination[]; all: boolean }
  | { kind: "unclear"; word: string; choices: readonly Destination[] };

const separators = new Set(["and", "&", "+", ","]);

/**
 * Reads destination names out of words: by name (also of several words), by id, or by platform when only one fits.
 * Throws `invalid-input` with the nearest right name for a word that is none of these.
 */
export function pick(words: string, destinations: readonly Destination[]): Picked {
  const tokens = tokensOf(words);
  if (tokens.length === 0) throw missing(destinations);
  if (tokens.length === 1 && tokens[0] === "all")
    return { kind: "picked", destinations: [...destinations], all: true };
  return pickEach(tokens, destinations);
}

function tokensOf(words: string): string[] {
  return words
    .toLowerCase()
    .replaceAll(",", " ")
    .split(" ")
    .filter((word) => word !== "" && !separators.has(word));
}

function pickEach(tokens: readonly string[], destinations: readonly Destination[]): Picked {
  const found = new Map<string, Destination>();
  for (let at = 0; at < tokens.length; ) {
    const match = matchAt(tokens.slice(at), destinations);
    if (match === null) throw unknown(tokens[at] ?? "", destinations);
    if (match.found.length > 1)
      return { kind: "unclear", word: tokens[at] ?? "", choices: match.found };
    for (const destination of match.found) found.set(destination.id, destination);
    at += match.length;
  }
  return { kind: "picked", destinations: [...found.values()], all: false };
}

/** The longest run of words that names something comes first, so that "custom relay" is not read as "custom". */
function matchAt(tokens: readonly string[], destinations: readonly Destination[]) {
  for (let length = Math.min(6, tokens.length); length >= 1; length--) {
    const name = tokens
      .slice(0, length)
      .join(" ")
      .replace(/^["']|["']$/g, "");
    const found = matching(name, destinations);
    if (found.length > 0) return { found, length };
  }
  return null;
}

function matching(name: string, destinations: readonly Destination[]): Destination[] {
  const byId = destinations.filter(({ id }) => id.toLowerCase() === name);
  if (byId.length > 0) return byId;
  const byName = destinations.filter((each) => plain(each.name) === name);
  if (byName.length > 0) return byName;
  const ofPlatform = destinations.filter((each) => platformWords(each).includes(name));
  const enabled = ofPlatform.filter((each) => each.enabled);
  return enabled.length > 0 ? enabled : ofPlatform;
}

const plain = (name: string): string =>
  name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

function unknown(word: string, destinations: readonly Destination[]): OpsError {
  refuseSecrets(word);
  const names = destinations.map(({ name }) => name);
  const near = nearest(word, [...names, ...destinations.flatMap(platformWords)]);
  const hint = near === null ? known(names) : `Did you mean \`${quoted(near)}\`?`;
  return new OpsError("not-found", `I do not know a destination called “${quoted(word)}”.`, {
    hint,
  });
}

const missing = (destinations: readonly Destination[]): OpsError =>
  new OpsError("invalid-input", "Which destination?", {
    hint: known(destinations.map(({ name }) => name)),
  });

function known(names: readonly string[]): string {
  if (names.length === 0) return "There are no destinations yet.";
  const shown = names.slice(0, 8).map(quoted).join(", ");
  return `There are: ${shown}${names.length > 8 ? " and more" : ""}.`;
}
