import { type Text, text } from "../../domain/text.ts";
import type { DestinationView, Stage } from "../../domain/view.ts";
import { inMinutes, inTens, roughly } from "./elapsed.ts";
import { spent } from "./money.ts";

/** How a destination is, in words: its state, and what else there is to know of it, which may be nothing. */
export type StageText = { state: Text; more: Text };

/** What it does and what that has cost, then why, until when and by whom. */
export function stageText(destination: DestinationView, now: Date): StageText {
  const { by } = destination;
  const money = spent(destination);
  const more: Text[] = [
    reasonText(destination, now),
    ...endTexts(destination),
    by === null || isAtRest(destination) ? [] : text`by ${by.name}`,
  ];
  return {
    state: inOneLine([stateText(destination, now), money === null ? [] : [money]]),
    more: inOneLine(more),
  };
}

/** True when a hold, and not the lease, says when it goes off. */
export const isHeldBeyond = ({ hold, until }: DestinationView): boolean =>
  hold !== null && until !== null && hold.until >= until;

function endTexts(destination: DestinationView): Text[] {
  const { hold, until } = destination;
  return [
    until === null || isHeldBeyond(destination) ? [] : text`until ${until}`,
    hold === null ? [] : text`held until ${hold.until}`,
  ];
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

/** The state by itself: "on air for 42 min". */
export function stateText(destination: DestinationView, now: Date): Text {
  const { stage, since, missing } = destination;
  if (stage === "running" && missing !== null) return [`${words.running}: ${missing}`];
  return [words[stage], ...(since === null ? [] : timeText(destination, since, now))];
}

function timeText({ stage, usualStartSeconds }: DestinationView, since: Date, now: Date): Text {
  switch (stage) {
    case "on-air":
      return [` for ${inMinutes(since, now)}`];
    case "starting":
      return [`, ${startingFor(usualStartSeconds, since, now)}`];
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

function startingFor(usualSeconds: number, since: Date, now: Date): string {
  const passed = inTens(since, now);
  const usual = `about ${roughly(usualSeconds)}`;
  const late = now.getTime() - since.getTime() > usualSeconds * 1_000;
  return late ? `${passed} (usually ${usual})` : `${passed} of ${usual}`;
}
