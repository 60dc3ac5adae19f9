import type { Broadcast } from "../../domain/broadcast.ts";
import { spoken } from "../../domain/duration.ts";
import { type Text, text } from "../../domain/text.ts";
import type { DestinationView, SiteView } from "../../domain/view.ts";
import { header, limits, type Message, section } from "./blocks.ts";
import { fitRows, messageRoom } from "./fit.ts";
import { inWords, toRow } from "./row.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

export type EndedBroadcast = Broadcast & { endedAt: Date };

/** What stays of the live card when the broadcast is over: how long, who, and what took part; nothing to press. */
export function toSummary(view: SiteView, broadcast: EndedBroadcast): Message {
  const moment: Moment = { now: view.at, zone: view.zone };
  const rows = view.destinations.filter((each) => tookPart(each, broadcast));
  const headline = `Ended after ${spoken(seconds(broadcast))}`;
  const span = text`From ${broadcast.startedAt} to ${broadcast.endedAt} · started by ${broadcast.startedBy.name}`;
  const blocks = fitRows(
    {
      head: [header(headline), section(toMrkdwn(span, moment))],
      rows: rows.map((each) => section(toRow(each, moment))),
      tail: [],
    },
    messageRoom,
  );
  const lines: Text[] = [[headline], span, ...rows.map((each) => inWords(each, view.at))];
  const said = lines.map((line) => toWords(line, moment)).join(". ");
  return { text: escapeMarkup(shorten(said, limits.messageText)), blocks };
}

/** A destination that came to rest during the broadcast was part of it; rows keep no longer memory than that. */
const tookPart = ({ since }: DestinationView, { startedAt }: Broadcast): boolean =>
  since !== null && since >= startedAt;

const seconds = ({ startedAt, endedAt }: EndedBroadcast): number =>
  (endedAt.getTime() - startedAt.getTime()) / 1000;
