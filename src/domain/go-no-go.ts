import { type ChannelCount, defaultChannelQuota } from "./channel-quota.ts";
import type { Destination } from "./destination.ts";
import { usdWords } from "./money.ts";
import { mayDo, type Standing } from "./role.ts";
import type { Occurrence } from "./show.ts";
import type { FlowReading } from "./source.ts";
import { capitalised, code, strong, type Text, text } from "./text.ts";
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
  flow: FlowReading | null;
  /** Dollars left this month (null: no budget is set), and what the show is expected to cost. */
  budget: { leftUsd: number | null; costUsd: number | null } | null;
  channels: ChannelCount | null;
  /** How many channels the account may have; null where nobody has said. */
  channelQuota: number | null;
  owner: Standing & { name: string; showName: string };
};

/** `careful` keeps nothing from starting, and wants somebody to do something all the same. */
export type Verdict = "yes" | "careful" | "no" | "unknown";

/** One question with its answer. */
export type Check = {
  name: "source" | "keys" | "budget" | "channels" | "quota" | "lease" | "owner";
  verdict: Verdict;
  words: Text;
};

/** The questions before a show, and the destinations that can be started now. */
export type GoNoGo = { checks: readonly Check[]; green: readonly string[] };

/** Answers what a crew asks before a show: may it go on air as planned? */
export const goNoGo = (facts: GoNoGoFacts): GoNoGo => ({
  checks: [source, keys, budget, channels, quota, lease, owner].map((check) => check(facts)),
  green: facts.starts
    .filter(({ decision, isKeyThere }) => decision.kind === "accept" && isKeyThere !== false)
    .map(({ destination }) => destination.id),
});

const answer = (name: Check["name"], verdict: Verdict, words: string | Text): Check => ({
  name,
  verdict,
  words: typeof words === "string" ? [words] : words,
});

/** A flow on standby takes no source, and becomes active only for the show. */
function source({ flow }: GoNoGoFacts): Check {
  const connected = flow?.source.connected ?? null;
  if (flow?.state === "standby")
    return answer("source", "unknown", "The flow is on standby: a source shows once it is active.");
  if (connected === null)
    return answer("source", "unknown", "Nobody can say whether a source is in.");
  return connected
    ? answer("source", "yes", "The source is in.")
    : answer("source", "no", "No source is in yet.");
}

function keys({ starts }: GoNoGoFacts): Check {
  const missing = starts.filter(({ isKeyThere }) => isKeyThere === false);
  const unasked = starts.filter(({ isKeyThere }) => isKeyThere === null);
  if (missing.length > 0) return answer("keys", "no", `No stream key: ${names(missing)}.`);
  if (unasked.length > 0)
    return answer("keys", "unknown", `Stream keys that could not be looked up: ${names(unasked)}.`);
  return answer("keys", "yes", "All stream keys are there.");
}

function budget({ budget: money }: GoNoGoFacts): Check {
  if (money === null) return answer("budget", "unknown", "Nobody can say what is spent.");
  const { leftUsd, costUsd } = money;
  const cost = costUsd === null ? "" : `The show costs about ${usdWords(costUsd)}; `;
  if (leftUsd === null) return answer("budget", "yes", capitalised(`${cost}no budget is set.`));
  const left = `${cost}${usdWords(Math.max(0, leftUsd))} of this month's budget is left.`;
  if (costUsd === null) return answer("budget", leftUsd > 0 ? "unknown" : "no", left);
  return answer("budget", costUsd <= leftUsd ? "yes" : "no", left);
}

function channels({ occurrence, starts }: GoNoGoFacts): Check {
  const gone = occurrence.destinationIds.length - starts.length;
  const trouble = [
    ...starts.flatMap(({ decision }) =>
      decision.kind === "refuse" ? [decision.error.message] : [],
    ),
    ...(gone > 0 ? [`${gone} of its destinations no longer exist.`] : []),
  ];
  return trouble.length > 0
    ? answer("channels", "no", trouble.join(" "))
    : answer("channels", "yes", "Its channels are not in use.");
}

/** AWS is not asked for the account's own quota: where nobody has said it, more than the default may well be allowed. */
function quota({ channels: count, channelQuota }: GoNoGoFacts): Check {
  if (count === null)
    return answer(
      "quota",
      "unknown",
      "AWS does not list its channels, so that no quota is checked.",
    );
  const { running, existing } = count;
  const limit = channelQuota ?? defaultChannelQuota;
  const run = `At most ${running} of the region's ${existing} channels run then; `;
  const whose = channelQuota === null ? "AWS's default quota" : "the account's quota";
  const said = `${run}${whose} is ${limit}`;
  if (running <= limit) return answer("quota", "yes", `${said}.`);
  return channelQuota === null
    ? answer(
        "quota",
        "unknown",
        text`${said}, and nobody has told me the account's own (${code("PATCHBAY_CHANNEL_QUOTA")}).`,
      )
    : answer(
        "quota",
        "no",
        `${said}. Leave something out, or ask AWS for a higher one in Service Quotas.`,
      );
}

function lease({ occurrence, starts }: GoNoGoFacts): Check {
  const short = starts.flatMap(({ destination, decision }) => {
    const until = decision.kind === "accept" ? decision.change.leaseUntil : null;
    return until && until < occurrence.endsAt
      ? [text` ${destination.name} stops at ${until}.`]
      : [];
  });
  return short.length > 0
    ? answer("lease", "no", ["Not to the end:", ...short.flat()])
    : answer("lease", "yes", text`It can stay on air until ${occurrence.endsAt}.`);
}

/** A show starts for whoever planned it; somebody has to answer for it all the same. */
function owner({ owner: { name, showName, role, hasLeft } }: GoNoGoFacts): Check {
  const change = code(`/stream schedule remove "${showName}"`);
  const cure = text`It starts all the same; an operator takes it over: ${change}, then ${strong("Plan it again")}.`;
  if (hasLeft) return answer("owner", "careful", [`${name}, who planned it, has left. `, ...cure]);
  if (!mayDo(role, "operator"))
    return answer("owner", "careful", [
      `${name}, who planned it, may not start anything any more. `,
      ...cure,
    ]);
  return hasLeft === null
    ? answer(
        "owner",
        "unknown",
        `${name}, who planned it, may start it; Slack does not say whether they are still here.`,
      )
    : answer("owner", "yes", `${name}, who planned it, may start it.`);
}

const names = (starts: readonly PlannedStart[]): string =>
  starts.map(({ destination }) => destination.name).join(", ");
