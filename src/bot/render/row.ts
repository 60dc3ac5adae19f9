import { strong, type Text } from "../../domain/text.ts";
import type { DestinationView, SiteView } from "../../domain/view.ts";
import { limits } from "./blocks.ts";
import { figuresText, flowText, sourceText } from "./source-text.ts";
import { inOneLine, stageText } from "./stage-text.ts";
import { type Moment, toMrkdwn } from "./text.ts";

/** A destination's name and state, and under it what else there is to know. */
export function toRow(destination: DestinationView, moment: Moment): string {
  const { state, more } = stageText(destination, moment.now);
  return inLines([named(destination.name, state), more], moment);
}

/** Whether something arrives and is carried on, and under it what was measured. */
export function toSourceRow(view: SiteView, moment: Moment): string {
  const state = [named("Source", sourceText(view)), named("Flow", flowText(view))];
  return inLines([inOneLine(state), figuresText(view)], moment);
}

/** A destination in a sentence, for those who hear it or see it without form. */
export function inWords(destination: DestinationView, now: Date): Text {
  const { state, more } = stageText(destination, now);
  return [`${destination.name}: `, ...inOneLine([state, more])];
}

/** An en space keeps the name apart from its words: neither Slack nor a browser swallows it. */
export const named = (name: string, words: Text): Text => [strong(name), "\u2002", ...words];

/** One line over the other, or the first alone; the second gets what room is left in a section. */
export function inLines([first, second]: readonly [Text, Text], moment: Moment): string {
  const top = toMrkdwn(first, moment, limits.section - 2);
  if (second.length === 0) return top;
  return `${top}\n${toMrkdwn(second, moment, limits.section - 1 - top.length)}`;
}
