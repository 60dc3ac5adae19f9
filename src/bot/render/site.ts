import { capitalised, type Text, text } from "../../domain/text.ts";
import { type DestinationView, isActive, type SiteView } from "../../domain/view.ts";
import {
  actions,
  type Block,
  context,
  divider,
  header,
  limits,
  type Message,
  section,
} from "./blocks.ts";
import { toButton } from "./button.ts";
import { destinationButtons, type LeaseRule } from "./destination-buttons.ts";
import { fitRows, fits, inActions, type Room } from "./fit.ts";
import { headline } from "./headline.ts";
import { holdBanners } from "./hold-banner.ts";
import { moneyLine, priceSource } from "./money.ts";
import { inWords, toRow, toSourceRow } from "./row.ts";
import { siteButtons } from "./site-buttons.ts";
import { figuresText, flowText, sourceText } from "./source-text.ts";
import { inOneLine } from "./stage-text.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, oneLine, shorten } from "./words.ts";

/** How much of the site is drawn: which destinations (null for all), with buttons for each, and those for all. */
export type SiteLook = {
  only: readonly string[] | null;
  controls: boolean;
  controlsForAll: boolean;
  /** Said where the buttons would be to somebody who may not press them. */
  advice: string | null;
};

/** Draws the site for the live card, the panel and the status alike. */
export function toSiteMessage(view: SiteView, look: SiteLook, given: LeaseRule & { room: Room }) {
  const moment: Moment = { now: view.at, zone: view.zone };
  const shown = chosen(view, look);
  const head: Block[] = [
    header(shorten(oneLine(headline(view)), limits.header)),
    section(toSourceRow(view, moment)),
    ...troubles(view, moment),
    ...holdBanners(shown, moment, {
      controls: look.controls,
      sourceIsThere: view.source.connected === true,
    }),
  ];
  const tail = [
    ...(look.controlsForAll ? allButtons(view, given, moment) : []),
    ...(look.advice === null ? [] : [context(look.advice)]),
    ...footer(view, moment),
  ];
  const withButtons = (most: number) => ({
    head,
    rows: shown.map((each, index) =>
      rowBlocks(
        toRow(each, moment),
        buttonsFor(each, String(index), { moment, given }).slice(0, look.controls ? most : 0),
      ),
    ),
    tail,
  });
  const roomy = withButtons(2);
  return {
    text: summary(view, shown, moment),
    blocks: fitRows(fits(roomy, given.room) ? roomy : withButtons(1), given.room),
  } satisfies Message;
}

function buttonsFor(
  destination: DestinationView,
  id: string,
  { moment, given }: { moment: Moment; given: LeaseRule },
) {
  return destinationButtons(destination, moment.now, given).flatMap(
    (each, index) => toButton(each, `${id}:${index}`, moment) ?? [],
  );
}

/** Slack puts one button beside a text; more of them stand under it. */
function rowBlocks(words: string, buttons: ReturnType<typeof buttonsFor>): Block[] {
  const [first, second] = buttons;
  return second === undefined ? [section(words, first)] : [section(words), actions(buttons)];
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
  return buttons.length === 0 ? [] : [divider(), ...inActions(buttons)];
}

/** What it costs, who began it, and where the prices are from. */
function footer(view: SiteView, moment: Moment): Block[] {
  const { broadcast, cost } = view;
  const started =
    broadcast === null || broadcast.endedAt !== null
      ? []
      : text`${broadcast.startedBy.name} started this at ${broadcast.startedAt}`;
  const origin = inOneLine([started, cost === null ? [] : [priceSource(cost)]]);
  const words = [[moneyLine(view)], origin]
    .map((line) => capitalised(toMrkdwn(line, moment, limits.contextText / 2 - 1)))
    .filter((line) => line !== "");
  return words.length === 0 ? [] : [context(words.join("\n"))];
}

/** All of it on one line, for notifications and screen readers. */
function summary(view: SiteView, shown: readonly DestinationView[], moment: Moment): string {
  const lines: Text[] = [
    [headline(view)],
    ["Source: ", ...inOneLine([sourceText(view), figuresText(view)])],
    ["Flow: ", ...flowText(view)],
    ...shown.map((each) => inWords(each, view.at)),
    ...view.troubles.map((trouble) => [trouble]),
    ...[moneyLine(view)].filter((line) => line !== "").map((line) => [line]),
  ];
  const words = lines.map((line) => toWords(line, moment)).join(". ");
  return escapeMarkup(shorten(words, limits.messageText));
}
