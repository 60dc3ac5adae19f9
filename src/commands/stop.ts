import { isBilledRunning } from "../domain/channel.ts";
import { type Destination, isSettled } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import { usdWords } from "../domain/money.ts";
import { perHour, priced } from "../domain/price-words.ts";
import { seenOf } from "../domain/seen.ts";
import { sessionIdFrom } from "../domain/session.ts";
import { strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { hintForTime } from "./end-of-lease.ts";
import { type Money, moneyOf, totalPerHour } from "./money.ts";
import { answer, changedLines, choices, isStale, statesOf, whoDid, withLines } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";
import { stopStray, strayIn } from "./strays.ts";

/** Takes destinations off air; a stop wins over every start and is carried out however late. */
export const stop: Command = {
  verb: "stop",
  usage: "stop <destination…|all|channel 1009|flow>",
  summary: "Take destinations off air, each by itself, or stop what runs for none",
  example: "stop twitch",
  role: "operator",
  foreseeable: true,
  async run(args, context) {
    const destinations = await context.destinations();
    const stray = strayIn(args, destinations);
    if (stray !== null) return stopStray(stray, context);
    const picked = pick(args, destinations, hintForLater);
    if (picked.kind === "unclear") return choices(picked, (names) => `stop ${names}`);
    const meant = picked.all ? picked.destinations.filter(isStoppable) : picked.destinations;
    const changed = meant.filter((each) => isStartedAnew(each, context));
    const wanted = meant.filter((each) => !changed.includes(each));
    if (wanted.length === 0)
      return changed.length > 0 ? statesOf(changed, context) : nothingToStop();
    if (picked.all && wanted.length > 1 && !context.confirmed) return askFirst(wanted, context);
    const destinationIds = wanted.map(({ id }) => id);
    const { asker } = context;
    const outcomes = await context.intents.stop({
      destinationIds,
      by: asker,
      reason: null,
      until: null,
    });
    const money = await moneyOf(
      outcomes.map(({ destination }) => destination),
      context,
    );
    const line = (outcome: Outcome) => lineFor(outcome, money, context.now);
    const reply = answer(outcomes, line, { verb: "start", money });
    return withLines(reply, changedLines(changed));
  },
};

/** An old stop button must not cut a later start; a stop of what is off already needs no such care. */
const isStartedAnew = (destination: Destination, context: CommandContext): boolean =>
  destination.desired === "on" && isStale(destination, context);

function hintForLater(word: string): string | null {
  const later = ["for", "until", "till", "at", "in"].includes(word) || hintForTime(word) !== null;
  return later ? "A stop acts at once, so leave the time out: `/stream stop twitch`." : null;
}

const isStoppable = (destination: Destination): boolean =>
  destination.desired === "on" ||
  (isSettled(destination) && isBilledRunning(destination.channelState));

function lineFor({ destination, result }: Outcome, money: Money, now: Date): Text {
  const name = strong(destination.name);
  const { runningSince } = destination;
  if (result === "accepted")
    return [
      ...text`Stopping ${name}`,
      ...(runningSince ? text` after ${onAirFor(runningSince, now)}` : []),
      ".",
      ...costOf(destination, money),
    ];
  const state = isSettled(destination) ? "off" : "stopping";
  return [...text`${name} is already ${state}`, ...whyOff(destination, now), "."];
}

/** What it came to, and what of AWS's ten-minute minimum is still billed. */
function costOf({ id }: Destination, money: Money): Text {
  const { soFarUsd = null, billedAnywayMinutes = 0 } = money.get(id) ?? {};
  if (soFarUsd === null) return [];
  const still =
    billedAnywayMinutes === 0
      ? ""
      : `, with the ${minutesWords(billedAnywayMinutes)} that AWS bills anyway`;
  return [` It has cost ${usdWords(soFarUsd)}${still}.`];
}

const minutesWords = (minutes: number): string => `${minutes} minute${minutes === 1 ? "" : "s"}`;

/** Who stopped it and when; or what ended it by itself, which leaves the start as its latest intent. */
function whyOff({ intent, sessionId, phase, lastError }: Destination, now: Date): Text {
  if (intent === null) return [];
  if (phase === "failed" || sessionId === sessionIdFrom(intent.id))
    return lastError === null ? [] : [`: ${lastError}`];
  const reason = intent.reason === null ? [] : [`, because ${intent.reason}`];
  return [...whoDid(intent, "stopped", now), ...reason];
}

const onAirFor = (since: Date, now: Date): string =>
  spoken((now.getTime() - since.getTime()) / 1_000);

async function askFirst(wanted: readonly Destination[], context: CommandContext): Promise<Reply> {
  const money = await moneyOf(wanted, context);
  const rate = totalPerHour(wanted, money);
  return {
    kind: "lines",
    lines: [
      text`Stop ${wanted.length} destinations?`,
      [wanted.map((each) => stateWords(each, money, context.now)).join(", ")],
    ],
    buttons: [
      {
        label: priced(`Stop all ${wanted.length}`, rate === null ? null : `saves ${perHour(rate)}`),
        command: "stop all",
        seen: seenOf(wanted),
        style: "danger",
        asked: true,
      },
    ],
  };
}

/** "Twitch (running 1 h 2 min, $0.60)". */
function stateWords({ id, name, runningSince }: Destination, money: Money, now: Date): string {
  const { soFarUsd = null, billedAnywayMinutes = 0 } = money.get(id) ?? {};
  const parts = [
    runningSince === null ? "starting" : `running ${onAirFor(runningSince, now)}`,
    ...(soFarUsd === null ? [] : [usdWords(soFarUsd)]),
    ...(billedAnywayMinutes === 0 ? [] : [`billed ${minutesWords(billedAnywayMinutes)} more`]),
  ];
  return `${name} (${parts.join(", ")})`;
}

const nothingToStop = (): Reply => ({
  kind: "lines",
  lines: [text`Nothing to stop: everything is already off or stopping.`],
  buttons: [],
});
