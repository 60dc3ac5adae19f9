import { type Text, text } from "../../commands/reply.ts";
import type { Broadcast } from "../../domain/broadcast.ts";
import { spoken } from "../../domain/duration.ts";
import type { DestinationView, SiteView } from "../../domain/view.ts";
import { context, header, limits, type Message, section } from "./blocks.ts";
import { fitRows, messageRoom } from "./fit.ts";
import { inWords, toRow } from "./site.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

export type EndedBroadcast = Broadcast & { endedAt: Date };

/** What stays of the live card when the broadcast is over: how long, who, and what took part; nothing to press. */
export function toSummary(view: SiteView, broadcast: EndedBroadcast): Message {
  const moment: Moment = { now: view.at, zone: view.zone };
  const rows = view.destinations.filter((each) => tookPart(each, broadcast));
  const span = spanText(broadcast);
  const started: Text = text`${broadcast.startedBy.name} started this at ${broadcast.startedAt}`;
  const blocks = fitRows(
    {
      head: [header("Ended"), section(toMrkdwn(span, moment))],
      rows: rows.map((each) => section(toRow(each, moment))),
      tail: [context(toMrkdwn(started, moment, limits.contextText))],
    },
    messageRoom,
  );
  const lines: Text[] = [["Ended"], span, ...rows.map((each) => inWords(each, view.at)), started];
  const words = lines.map((line) => toWords(line, moment)).join(". ");
  return { text: escapeMarkup(shorten(words, limits.messageText)), blocks };
}

/** A destination that came to rest during the broadcast was part of it; rows keep no longer memory than that. */
const tookPart = ({ since }: DestinationView, { startedAt }: Broadcast): boolean =>
  since !== null && since >= startedAt;

function spanText({ startedAt, endedAt }: EndedBroadcast): Text {
  const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000;
  return text`This broadcast took ${spoken(seconds)}, from ${startedAt} to ${endedAt}`;
}
