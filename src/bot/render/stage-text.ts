import { type Text, text } from "../../commands/reply.ts";
import type { DestinationView } from "../../domain/view.ts";
import { inMinutes, inTens } from "./elapsed.ts";

/** MediaLive channels usually run within three minutes of a start (user guide, starting-stopping-deleting-a-channel). */
const usualStartMinutes = 2;

/** How a destination is, in words: what it does, for how long, until when, by whom. */
export function stageText(destination: DestinationView, now: Date): Text {
  const { stage, missing, until, by } = destination;
  const parts: Text[] = [
    [stageWords(destination, now)],
    ...(stage === "failed" || stage === "off" ? [sinceText(destination)] : []),
    ...(missing === null ? [] : [[missing]]),
    ...(until === null ? [] : [text`until ${until}`]),
    ...(by === null || isAtRest(destination) ? [] : [text`by ${by.name}`]),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [" · ", ...part]));
}

/** Nothing is running or about to, so that who asked last is history. */
const isAtRest = ({ stage }: DestinationView): boolean =>
  stage === "off" || stage === "failed" || stage === "disabled" || stage === "no-channel";

function stageWords({ stage, since, lastError }: DestinationView, now: Date): string {
  const minutes = since === null ? "" : ` ${inMinutes(since, now)}`;
  switch (stage) {
    case "on-air":
      return `on air${minutes}`;
    case "running":
      return `running${minutes}, not on air`;
    case "starting":
      return since === null ? "starting" : `starting, ${startingFor(since, now)}`;
    case "stopping":
      return since === null ? "stopping" : `stopping, ${inTens(since, now)}`;
    case "failed":
      return `failed${lastError === null ? "" : `: ${lastError}`}`;
    case "off":
      return `off${lastError === null ? "" : `: ${lastError}`}`;
    case "disabled":
      return "disabled";
    case "no-channel":
      return "no channel in AWS for it";
    case "unknown":
      return "state unknown";
  }
}

function startingFor(since: Date, now: Date): string {
  const passed = inTens(since, now);
  const late = now.getTime() - since.getTime() > usualStartMinutes * 60_000;
  return late
    ? `${passed} (usually about ${usualStartMinutes} min)`
    : `${passed} of about ${usualStartMinutes} min`;
}

const sinceText = ({ since }: DestinationView): Text =>
  since === null ? [] : text`since ${since}`;
