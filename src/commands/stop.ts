import { isBilledRunning } from "../domain/channel.ts";
import type { Destination } from "../domain/destination.ts";
import { isSettled } from "../domain/destination.ts";
import { ago, spoken } from "../domain/duration.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { answer, choices } from "./outcomes.ts";
import { pick } from "./pick.ts";
import { type Reply, strong, type Text, text } from "./reply.ts";

/** Takes destinations off air; a stop wins over every start and is carried out however late. */
export const stop: Command = {
  verb: "stop",
  usage: "stop <destination…|all>",
  summary: "Take destinations off air, each by itself",
  example: "stop twitch",
  role: "operator",
  async run(args, context) {
    const picked = pick(args, await context.destinations());
    if (picked.kind === "unclear") return choices(picked, (name) => `stop ${name}`);
    const wanted = picked.all ? picked.destinations.filter(isStoppable) : picked.destinations;
    if (wanted.length === 0) return nothingToStop();
    if (picked.all && wanted.length > 1 && !context.confirmed) return askFirst(wanted, context.now);
    const destinationIds = wanted.map(({ id }) => id);
    const { asker } = context;
    const outcomes = await context.intents.stop({
      destinationIds,
      by: asker,
      reason: null,
      until: null,
    });
    return answer(outcomes, (outcome) => lineFor(outcome, context), {
      label: outcomes.length > 1 ? `Start these ${outcomes.length} again` : "Start again",
      verb: "start",
    });
  },
};

const isStoppable = (destination: Destination): boolean =>
  destination.desired === "on" ||
  (isSettled(destination) && isBilledRunning(destination.channelState));

function lineFor({ destination, result }: Outcome, { now }: CommandContext): Text {
  const name = strong(destination.name);
  const { intent, runningSince } = destination;
  if (result === "accepted")
    return [
      ...text`Stopping ${name}`,
      ...(runningSince ? text` after ${onAirFor(runningSince, now)}` : []),
      ".",
    ];
  const who = intent === null ? [] : text`: ${intent.by.name} stopped it ${ago(intent.at, now)}`;
  if (!isSettled(destination)) return [...text`${name} is already stopping`, ...who, "."];
  const byStop = destination.phase === "off" ? who : [];
  return [...text`${name} is already off`, ...byStop, "."];
}

const onAirFor = (since: Date, now: Date): string =>
  spoken((now.getTime() - since.getTime()) / 1_000);

function askFirst(wanted: readonly Destination[], now: Date): Reply {
  const names = wanted.map(({ name, runningSince }) =>
    runningSince === null
      ? `${name} (starting)`
      : `${name} (running ${onAirFor(runningSince, now)})`,
  );
  return {
    kind: "lines",
    lines: [text`Stop ${wanted.length} destinations? ${names.join(", ")}`],
    buttons: [
      {
        label: `Stop all ${wanted.length}`,
        command: "stop all",
        style: "danger",
        confirm: { title: "Stop all?", text: text`${names.join(", ")}`, yes: "Stop all" },
      },
    ],
  };
}

const nothingToStop = (): Reply => ({
  kind: "lines",
  lines: [text`Nothing to stop: everything is off or stopping already.`],
  buttons: [],
});
