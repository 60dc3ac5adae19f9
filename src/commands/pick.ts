import type { Destination } from "../domain/destination.ts";
import { OpsError } from "../errors.ts";
import { nearest } from "./nearest.ts";
import { platformWords } from "./platform-words.ts";
import { inHint, plainWords, quoted, refuseSecrets } from "./words.ts";

/**
 * Which destinations the words name; `unclear` when a word fits several, which are then the choices, and `others` are
 * the rest of the words.
 */
export type Picked =
  | { kind: "picked"; destinations: readonly Destination[]; all: boolean }
  | { kind: "unclear"; word: string; choices: readonly Destination[]; others: string };

/** What a verb says to a word that names nothing, such as a time; null when it has nothing to say. */
export type HintFor = (word: string) => string | null;

const fillers = new Set(["and", "&", "+", "-", "--"]);
const chains = new Set(["&&", "||", "|", ";"]);

/**
 * Reads destination names out of words: by name (also of several words), by id, or by platform when only one fits.
 * Throws `not-found` with the nearest right name for a word that is none of these.
 */
export function pick(
  words: string,
  destinations: readonly Destination[],
  hintFor: HintFor = () => null,
): Picked {
  const tokens = tokensOf(words);
  if (tokens.length === 0) throw missing(destinations);
  if (tokens.length === 1 && tokens[0] === "all")
    return { kind: "picked", destinations: [...destinations], all: true };
  const candidates = destinations.map(toCandidate);
  const found = new Map<string, Destination>();
  for (let at = 0; at < tokens.length; ) {
    const match = matchAt(tokens.slice(at), candidates);
    if (match === null) throw unknown(tokens[at] ?? "", { destinations, hintFor });
    at += match.length;
    if (match.found.length > 1) {
      const others = [...found.keys(), ...tokens.slice(at)].join(" ");
      return { kind: "unclear", word: match.name, choices: match.found, others };
    }
    for (const destination of match.found) found.set(destination.id, destination);
  }
  return { kind: "picked", destinations: [...found.values()], all: false };
}

/** Quotes, commas and "and" are how people list things; they are never what tells two names apart. */
const tokensOf = (words: string): string[] =>
  words
    .toLowerCase()
    .replace(/[,"`]|(?<= |^)'|'(?= |$)/g, " ")
    .split(" ")
    .filter((word) => word !== "" && !fillers.has(word));

const spokenForm = (name: string): string => tokensOf(plainWords(name)).join(" ");

/** A destination under all that it may be called. */
type Candidate = { destination: Destination; id: string; name: string; platform: string[] };

const toCandidate = (destination: Destination): Candidate => ({
  destination,
  id: spokenForm(destination.id),
  name: spokenForm(destination.name),
  platform: platformWords(destination).map(spokenForm),
});

/** The longest run of words that names something comes first, so that "custom relay" is not read as "custom". */
function matchAt(tokens: readonly string[], candidates: readonly Candidate[]) {
  const names = candidates.flatMap(({ id, name, platform }) => [id, name, ...platform]);
  const longest = Math.max(0, ...names.map((name) => name.split(" ").length));
  for (let length = Math.min(longest, tokens.length); length >= 1; length--) {
    const name = tokens.slice(0, length).join(" ");
    const found = matching(name, candidates);
    if (found.length > 0) return { found, name, length };
  }
  return null;
}

function matching(wanted: string, candidates: readonly Candidate[]): Destination[] {
  const those = (fits: (candidate: Candidate) => boolean) =>
    candidates.filter(fits).map(({ destination }) => destination);
  const byId = those(({ id }) => id === wanted);
  if (byId.length > 0) return byId;
  const byName = those(({ name }) => name === wanted);
  if (byName.length > 0) return byName;
  const ofPlatform = those(({ platform }) => platform.includes(wanted));
  const enabled = ofPlatform.filter((each) => each.enabled);
  return enabled.length > 0 ? enabled : ofPlatform;
}

type Asked = { destinations: readonly Destination[]; hintFor: HintFor };

function unknown(word: string, { destinations, hintFor }: Asked): OpsError {
  refuseSecrets(word);
  const said = quoted(word);
  const odd = hintForOdd(word);
  const message =
    said === "" || odd !== null
      ? "I do not understand that."
      : `I do not know a destination called “${said}”.`;
  const hint = odd ?? hintFor(word) ?? similar(word, destinations);
  return new OpsError("not-found", message, { hint });
}

function hintForOdd(word: string): string | null {
  if (word === "all") return "`all` stands by itself and means every destination.";
  return chains.has(word) ? "One command at a time: `/stream start youtube and twitch`." : null;
}

/** "yt" is like nearly every short word. */
const shortest = 3;

function similar(word: string, destinations: readonly Destination[]): string {
  const names = destinations.map(({ name }) => name);
  const words = [...names, ...destinations.flatMap(platformWords)];
  const near = nearest(
    word,
    words.filter((each) => each.length >= shortest),
  );
  return near === null ? known(names) : `Did you mean \`${inHint(near)}\`?`;
}

const missing = (destinations: readonly Destination[]): OpsError =>
  new OpsError("invalid-input", "Which destination?", {
    hint: `${known(destinations.filter(({ enabled }) => enabled).map(({ name }) => name))} \`all\` means every one.`,
  });

function known(names: readonly string[]): string {
  if (names.length === 0) return "There are no destinations yet.";
  const shown = names.slice(0, 8).map(inHint).join(", ");
  return `There are: ${shown}${names.length > 8 ? " and more" : ""}.`;
}
