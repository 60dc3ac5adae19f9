import type { Broadcast } from "../../domain/broadcast.ts";
import { type Text, text } from "../../domain/text.ts";
import { type DestinationView, isActive, type SiteView } from "../../domain/view.ts";
import { type Block, context, header, limits, type Message, section } from "./blocks.ts";
import { toButton } from "./button.ts";
import { fitRows, inActions, type Room } from "./fit.ts";
import { headline } from "./headline.ts";
import { inWords, toRow, toSourceRow } from "./row.ts";
import { destinationButton, type LeaseRule, siteButtons } from "./site-buttons.ts";
import { figuresText, flowText, sourceText } from "./source-text.ts";
import { inOneLine } from "./stage-text.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, oneLine, shorten } from "./words.ts";

/** How much of the site is drawn: which destinations (null for all), with buttons for each, and those for all. */
export type SiteLook = {
  only: readonly string[] | null;
  controls: boolean;
  controlsForAll: boolean;
};

/** Draws the site for the live card, the panel and the status alike. */
export function toSiteMessage(view: SiteView, look: SiteLook, given: LeaseRule & { room: Room }) {
  const moment: Moment = { now: view.at, zone: view.zone };
  const shown = chosen(view, look);
  const head: Block[] = [
    header(shorten(oneLine(headline(view)), limits.header)),
    section(toSourceRow(view, moment)),
    ...troubles(view, moment),
  ];
  const rows = shown.map((each, index) => {
    const button = look.controls ? destinationButton(each, view, given) : null;
    const drawn = button === null ? null : toButton(button, String(index), moment);
    return section(toRow(each, moment), drawn ?? undefined);
  });
  const tail = [
    ...(look.controlsForAll ? allButtons(view, given, moment) : []),
    ...footer(view.broadcast, moment),
  ];
  return {
    text: summary(view, shown, moment),
    blocks: fitRows({ head, rows, tail }, given.room),
  } satisfies Message;
}

/** Those that are doing something come first, so that they are seen when there are too many to show. */
function chosen({ destinations }: SiteView, { only }: SiteLook): DestinationView[] {
  const wanted = destinations.filter(({ id }) => only === null || only.includes(id));
  if (wanted.length <= 10) return wanted;
  return wanted.toSorted((left, right) => Number(isActive(right)) - Number(isActive(left)));
}

function troubles(view: SiteView, moment: Moment): Block[] {
  const told = toMrkdwn([view.troubles.join(" · ")], moment, limits.contextText);
  return told.trim() === "" ? [] : [context(told)];
}

function allButtons(view: SiteView, rule: LeaseRule, moment: Moment): Block[] {
  const buttons = siteButtons(view, rule).flatMap(
    (each, index) => toButton(each, `all:${index}`, moment) ?? [],
  );
  return inActions(buttons);
}

function footer(broadcast: Broadcast | null, moment: Moment): Block[] {
  if (broadcast === null || broadcast.endedAt !== null) return [];
  const started = text`${broadcast.startedBy.name} started this at ${broadcast.startedAt}`;
  return [context(toMrkdwn(started, moment, limits.contextText))];
}

/** All of it on one line, for notifications and screen readers. */
function summary(view: SiteView, shown: readonly DestinationView[], moment: Moment): string {
  const lines: Text[] = [
    [headline(view)],
    ["Source: ", ...inOneLine([sourceText(view), figuresText(view)])],
    ["Flow: ", ...flowText(view)],
    ...shown.map((each) => inWords(each, view.at)),
    ...view.troubles.map((trouble) => [trouble]),
  ];
  const words = lines.map((line) => toWords(line, moment)).join(". ");
  return escapeMarkup(shorten(words, limits.messageText));
}
