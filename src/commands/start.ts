import type { Destination } from "../domain/destination.ts";
import { ago } from "../domain/duration.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { takeEnd } from "./end-of-lease.ts";
import { answer, choices, isStale, statesOf } from "./outcomes.ts";
import { pick } from "./pick.ts";
import { type Reply, strong, type Text, text } from "./reply.ts";

/** Puts destinations on air, each with an end. */
export const start: Command = {
  verb: "start",
  usage: "start <destination…|all> [for 2h | until 21:30]",
  summary: "Put destinations on air; each stops by itself at its end",
  example: "start twitch for 2h",
  role: "operator",
  async run(args, context) {
    const { words, until } = takeEnd(args, context.policy, context.now);
    const destinations = await context.destinations();
    const picked = pick(words, destinations);
    if (picked.kind === "unclear") return choices(picked, (name) => `start ${name}${endOf(args)}`);
    const wanted = picked.all ? picked.destinations.filter(isStartable) : picked.destinations;
    if (wanted.some((each) => isStale(each, context))) return statesOf(wanted, context);
    if (wanted.length === 0) return nothingToStart();
    if (picked.all && wanted.length > 1 && !context.confirmed) return askFirst(wanted, until, args);
    return startAll(wanted, until, context);
  },
};

const isStartable = ({ enabled, desired }: Destination): boolean => enabled && desired === "off";

const endOf = (args: string): string => / (?:for|until|till) .*$/i.exec(` ${args}`)?.[0] ?? "";

async function startAll(
  destinations: readonly Destination[],
  until: Date | null,
  context: CommandContext,
): Promise<Reply> {
  const destinationIds = destinations.map(({ id }) => id);
  const { asker } = context;
  const outcomes = await context.intents.start({ destinationIds, by: asker, reason: null, until });
  const started = outcomes.filter(({ result }) => result === "accepted");
  return answer(outcomes, (outcome) => lineFor(outcome, context.now), {
    label: started.length > 1 ? `Stop these ${started.length}` : "Stop again",
    verb: "stop",
  });
}

function lineFor({ destination, result, cappedBy }: Outcome, now: Date): Text {
  const name = strong(destination.name);
  const { leaseUntil, intent } = destination;
  if (result === "already") return alreadyOn(destination, now);
  const end = leaseUntil === null || intent === null ? [] : text` until ${leaseUntil}`;
  const capped = cappedBy === null ? [] : text` (shorter than asked: ${cappedBy})`;
  const after =
    destination.channelState === "stopping"
      ? text` It is still stopping and starts right after.`
      : [];
  return [...text`Starting ${name}`, ...end, ...capped, ".", ...after];
}

function alreadyOn({ name, intent, leaseUntil, phase }: Destination, now: Date): Text {
  const state = phase === "running" ? "is running" : "is starting";
  const who = intent === null ? [] : text`: ${intent.by.name} started it ${ago(intent.at, now)}`;
  const end = leaseUntil === null ? [] : text`, until ${leaseUntil}`;
  return [...text`${strong(name)} already ${state}`, ...who, ...end, "."];
}

function askFirst(wanted: readonly Destination[], until: Date | null, args: string): Reply {
  const names = wanted.map(({ name }) => name).join(", ");
  const end = until === null ? [] : text` until ${until}`;
  return {
    kind: "lines",
    lines: [[...text`Start ${wanted.length} destinations`, ...end, ...text`? ${names}`]],
    buttons: [
      {
        label: `Start all ${wanted.length}`,
        command: `start ${args}`,
        style: "primary",
        confirm: {
          title: "Start all?",
          text: [
            ...text`${names}: ${wanted.length} channels will run`,
            ...end,
            ". AWS bills each by the minute.",
          ],
          yes: "Start all",
        },
      },
    ],
  };
}

const nothingToStart = (): Reply => ({
  kind: "lines",
  lines: [text`Nothing to start: every enabled destination is on already.`],
  buttons: [],
});
