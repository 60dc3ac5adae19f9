import type { Destination } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import { strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { hintForTime, takeEnd } from "./end-of-lease.ts";
import { answer, choices, isStale, statesOf, whoDid } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";

/** Puts destinations on air, each with an end. */
export const start: Command = {
  verb: "start",
  usage: "start <destination…|all> [for 2h | until 21:30]",
  summary: "Put destinations on air; each stops by itself at its end",
  example: "start twitch for 2h",
  role: "operator",
  async run(args, context) {
    const { words, end, until } = takeEnd(args, context.policy, context.now);
    const destinations = await context.destinations();
    const picked = pick(words, destinations, hintForTime);
    if (picked.kind === "unclear")
      return choices(picked, (names) => `start ${names} ${end}`.trim());
    const wanted = picked.all ? picked.destinations.filter(isStartable) : picked.destinations;
    if (wanted.some((each) => isStale(each, context))) return statesOf(wanted, context);
    if (wanted.length === 0) return nothingToStart(destinations);
    if (picked.all && wanted.length > 1 && !context.confirmed)
      return askFirst(wanted, `all ${end}`.trim(), endWords(until, context));
    return startAll(wanted, until, context);
  },
};

const isStartable = ({ enabled, desired }: Destination): boolean => enabled && desired === "off";

const endWords = (until: Date | null, { policy }: CommandContext): Text =>
  until === null ? [`for ${spoken(policy.defaultLeaseMinutes * 60)}`] : text`until ${until}`;

async function startAll(
  destinations: readonly Destination[],
  until: Date | null,
  context: CommandContext,
): Promise<Reply> {
  const destinationIds = destinations.map(({ id }) => id);
  const { asker } = context;
  const outcomes = await context.intents.start({ destinationIds, by: asker, reason: null, until });
  const kept: Text = until === null ? [] : [" Its end stays as it was."];
  return answer(outcomes, (outcome) => lineFor(outcome, context.now, kept), "stop");
}

/** `kept` is said of one that is on already, when another end was asked for. */
function lineFor({ destination, result, cappedBy }: Outcome, now: Date, kept: Text): Text {
  if (result === "already") return [...alreadyOn(destination, now), ...kept];
  const { name, leaseUntil, channelState } = destination;
  const end = leaseUntil === null ? [] : text` until ${leaseUntil}`;
  const capped = cappedBy === null ? [] : text`, which is ${cappedBy}`;
  const after =
    channelState === "stopping" ? text` It is still stopping and starts right after.` : [];
  return [...text`Starting ${strong(name)}`, ...end, ...capped, ".", ...after];
}

function alreadyOn({ name, intent, leaseUntil, phase }: Destination, now: Date): Text {
  const state = phase === "running" ? "running" : "starting";
  const who = intent === null ? [] : whoDid(intent, "started", now);
  const end = leaseUntil === null ? [] : text`, until ${leaseUntil}`;
  return [...text`${strong(name)} is already ${state}`, ...who, ...end, "."];
}

function askFirst(wanted: readonly Destination[], rest: string, end: Text): Reply {
  const count = wanted.length;
  const names = wanted.map(({ name }) => name).join(", ");
  return {
    kind: "lines",
    lines: [
      [...text`Start ${count} destinations `, ...end, `? AWS bills each by the minute.`],
      [names],
    ],
    buttons: [
      {
        label: `Start all ${count}`,
        command: `start ${rest}`,
        style: "primary",
        asked: true,
      },
    ],
  };
}

const nothingToStart = (destinations: readonly Destination[]): Reply => ({
  kind: "lines",
  lines: [text`Nothing to start: ${whyNothing(destinations)}.`],
  buttons: [],
});

function whyNothing(destinations: readonly Destination[]): string {
  if (destinations.length === 0) return "there are no destinations yet";
  const enabled = destinations.some((each) => each.enabled);
  return enabled ? "every enabled destination is already on" : "no destination is enabled";
}
