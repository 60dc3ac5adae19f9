import type { Destination } from "./destination.ts";
import { usdWords } from "./money.ts";
import type { Occurrence } from "./show.ts";
import type { SourceReading } from "./source.ts";
import { type Text, text } from "./text.ts";
import type { Decision } from "./wish.ts";

/** What a start of one destination at the show's time would come to, by `decideStart`. */
export type PlannedStart = {
  destination: Destination;
  decision: Decision;
  /** True when its stream key can be read, or it needs none; null when that could not be asked. */
  isKeyThere: boolean | null;
};

/** What is known shortly before a show; null stands for what nobody can say. */
export type GoNoGoFacts = {
  occurrence: Occurrence;
  /** One for each of the show's destinations that still has a row. */
  starts: readonly PlannedStart[];
  source: SourceReading | null;
  /** Dollars left this month (null: no budget is set), and what the show is expected to cost. */
  budget: { leftUsd: number | null; costUsd: number | null } | null;
  /** Channels of the region: how many run, and how many may. */
  quota: { running: number; limit: number } | null;
  isOwnerKnown: boolean | null;
};

/** One question with its answer; `ok` is null when nobody can say. */
export type Check = {
  name: "source" | "keys" | "budget" | "channels" | "lease" | "owner";
  ok: boolean | null;
  words: Text;
};

/** The questions before a show, and the destinations that can be started now. */
export type GoNoGo = { checks: readonly Check[]; green: readonly string[] };

/** Answers what a crew asks before a show: may it go on air as planned? */
export const goNoGo = (facts: GoNoGoFacts): GoNoGo => ({
  checks: [source, keys, budget, channels, lease, owner].map((check) => check(facts)),
  green: facts.starts
    .filter(({ decision, isKeyThere }) => decision.kind === "accept" && isKeyThere !== false)
    .map(({ destination }) => destination.id),
});

function source({ source: reading }: GoNoGoFacts): Check {
  const ok = reading?.connected ?? null;
  if (ok === null) return { name: "source", ok, words: ["Nobody can say whether a source is in."] };
  return { name: "source", ok, words: [ok ? "The source is in." : "No source is in yet."] };
}

function keys({ starts }: GoNoGoFacts): Check {
  const missing = starts.filter(({ isKeyThere }) => isKeyThere === false);
  const unasked = starts.filter(({ isKeyThere }) => isKeyThere === null);
  const name = "keys";
  if (missing.length > 0) return { name, ok: false, words: [`No stream key: ${names(missing)}.`] };
  if (unasked.length > 0)
    return {
      name,
      ok: null,
      words: [`Stream keys that could not be looked up: ${names(unasked)}.`],
    };
  return { name, ok: true, words: ["All stream keys are there."] };
}

function budget({ budget: money }: GoNoGoFacts): Check {
  const name = "budget";
  if (money === null) return { name, ok: null, words: ["Nobody can say what is spent."] };
  const { leftUsd, costUsd } = money;
  const cost = costUsd === null ? "" : `The show costs about ${usdWords(costUsd)}; `;
  if (leftUsd === null) return { name, ok: true, words: [`${cost}no budget is set.`].map(capital) };
  const left = `${usdWords(Math.max(0, leftUsd))} of this month's budget is left`;
  if (costUsd === null) return { name, ok: leftUsd > 0 ? null : false, words: [`${left}.`] };
  return { name, ok: costUsd <= leftUsd, words: [`${cost}${left}.`] };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function channels({ occurrence, starts, quota }: GoNoGoFacts): Check {
  const gone = occurrence.destinationIds.length - starts.length;
  const toStart = starts.filter(({ decision }) => decision.kind === "accept").length;
  const trouble = [
    ...starts.flatMap(({ decision }) =>
      decision.kind === "refuse" ? [decision.error.message] : [],
    ),
    ...(gone > 0 ? [`${gone} of its destinations no longer exist.`] : []),
    ...(quota !== null && quota.running + toStart > quota.limit
      ? [`AWS allows ${quota.limit} channels at once, and ${quota.running} run already.`]
      : []),
  ];
  const name = "channels";
  if (trouble.length > 0) return { name, ok: false, words: [trouble.join(" ")] };
  return quota === null
    ? { name, ok: null, words: ["Its channels are not in use; AWS did not say how many may run."] }
    : { name, ok: true, words: ["Its channels are not in use."] };
}

function lease({ occurrence, starts }: GoNoGoFacts): Check {
  const short = starts.flatMap(({ destination, decision }) => {
    const until = decision.kind === "accept" ? decision.change.leaseUntil : null;
    return until && until < occurrence.endsAt
      ? [text` ${destination.name} stops at ${until}.`]
      : [];
  });
  if (short.length > 0)
    return { name: "lease", ok: false, words: ["Not to the end:", ...short.flat()] };
  return { name: "lease", ok: true, words: text`It can stay on air until ${occurrence.endsAt}.` };
}

function owner({ isOwnerKnown: ok }: GoNoGoFacts): Check {
  const said = ok === false ? "Its owner is not here any more." : "Its owner is known.";
  return { name: "owner", ok, words: [ok === null ? "Nobody can say who owns it." : said] };
}

const names = (starts: readonly PlannedStart[]): string =>
  starts.map(({ destination }) => destination.name).join(", ");
