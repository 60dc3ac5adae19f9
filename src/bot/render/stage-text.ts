import { type Text, text } from "../../domain/text.ts";
import type { DestinationView, Stage } from "../../domain/view.ts";
import { inMinutes, inTens } from "./elapsed.ts";

/** MediaLive channels usually run within three minutes of a start (user guide, starting-stopping-deleting-a-channel). */
const usualStartMinutes = 2;

/** How a destination is, in words: its state, and what else there is to know of it, which may be nothing. */
export type StageText = { state: Text; more: Text };

/** What it does, then why, until when and by whom. */
export function stageText(destination: DestinationView, now: Date): StageText {
  const { until, by } = destination;
  const more: Text[] = [
    reasonText(destination, now),
    until === null ? [] : text`until ${until}`,
    by === null || isAtRest(destination) ? [] : text`by ${by.name}`,
  ];
  return { state: stateText(destination, now), more: inOneLine(more) };
}

/** Parts beside each other; those that say nothing are left out. */
export const inOneLine = (parts: readonly Text[]): Text =>
  parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [" · ", ...part]));

/** Nothing is running or about to, so that who asked last is history. */
const isAtRest = ({ stage }: DestinationView): boolean =>
  stage === "off" || stage === "failed" || stage === "disabled" || stage === "no-channel";

const words: Record<Stage, string> = {
  "on-air": "on air",
  running: "not on air",
  starting: "starting",
  stopping: "stopping",
  failed: "failed",
  off: "off",
  disabled: "disabled",
  "no-channel": "no channel in AWS for it",
  unknown: "state unknown",
};

function stateText({ stage, since, missing }: DestinationView, now: Date): Text {
  if (stage === "running" && missing !== null) return [`${words.running}: ${missing}`];
  return [words[stage], ...(since === null ? [] : timeText(stage, since, now))];
}

function timeText(stage: Stage, since: Date, now: Date): Text {
  switch (stage) {
    case "on-air":
      return [` for ${inMinutes(since, now)}`];
    case "starting":
      return [`, ${startingFor(since, now)}`];
    case "stopping":
      return [`, ${inTens(since, now)}`];
    case "failed":
      return text` at ${since}`;
    case "off":
      return text` since ${since}`;
    default:
      return [];
  }
}

function reasonText({ stage, since, missing, lastError }: DestinationView, now: Date): Text {
  if (stage === "running") return since === null ? [] : [`running for ${inMinutes(since, now)}`];
  if (stage === "failed" || stage === "off")
    return lastError === null ? [] : [lastError.replace(/\.$/, "")];
  return missing === null ? [] : [missing];
}

function startingFor(since: Date, now: Date): string {
  const passed = inTens(since, now);
  const late = now.getTime() - since.getTime() > usualStartMinutes * 60_000;
  return late
    ? `${passed} (usually about ${usualStartMinutes} min)`
    : `${passed} of about ${usualStartMinutes} min`;
}
