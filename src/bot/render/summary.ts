import type { Broadcast } from "../../domain/broadcast.ts";
import { spoken } from "../../domain/duration.ts";
import { sumUsd, usdWords } from "../../domain/money.ts";
import { priced } from "../../domain/price-words.ts";
import { capitalised, type Text, text } from "../../domain/text.ts";
import type { DestinationView, SessionView, SiteView } from "../../domain/view.ts";
import { context, header, limits, type Message, section } from "./blocks.ts";
import { fitRows, messageRoom } from "./fit.ts";
import { priceSource } from "./money.ts";
import { inLines, named } from "./row.ts";
import { inOneLine, stageText } from "./stage-text.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

export type EndedBroadcast = Broadcast & { endedAt: Date };

/** What stays of the live card when the broadcast is over: how long, who, what took part and what it cost; nothing to press. */
export function toSummary(view: SiteView, broadcast: EndedBroadcast): Message {
  const moment: Moment = { now: view.at, zone: view.zone };
  const parts = partsOf(view, broadcast);
  const total = view.cost === null ? null : usdWords(view.cost.broadcastUsd);
  const headline = priced(`Ended after ${spoken(seconds(broadcast))}`, total);
  const span = text`From ${broadcast.startedAt} to ${broadcast.endedAt} · started by ${broadcast.startedBy.name}`;
  const balance = balanceOf(view);
  const blocks = fitRows(
    {
      head: [header(headline), section(inLines([span, balance], moment))],
      rows: parts.map(({ name, lines: [first, second] }) =>
        section(inLines([named(name, first), second], moment)),
      ),
      tail:
        view.cost === null
          ? []
          : [context(toMrkdwn([capitalised(priceSource(view.cost))], moment))],
    },
    messageRoom,
  );
  const lines = [
    [headline],
    span,
    balance,
    ...parts.map(({ name, said }): Text => [`${name}: `, ...inOneLine(said)]),
  ];
  const said = lines
    .filter((line) => line.length > 0)
    .map((line) => toWords(line, moment))
    .join(". ");
  return { text: escapeMarkup(shorten(said, limits.messageText)), blocks };
}

/** What is shown of a destination under its name, and the same as it is said: how it is now comes first there. */
type Part = { name: string; lines: readonly [Text, Text]; said: readonly Text[] };

/** From the sessions; while nobody can say what they were, from what the rows still know. */
function partsOf({ sessions, destinations, at }: SiteView, broadcast: EndedBroadcast): Part[] {
  if (sessions.length === 0)
    return destinations
      .filter((each) => tookPart(each, broadcast))
      .map((each) => {
        const { state, more } = stageText(each, at);
        return { name: each.name, lines: [state, more], said: [state, more] };
      });
  const took = new Set(sessions.map(({ destinationId }) => destinationId));
  const inOrder = destinations.map(({ id }) => id).filter((id) => took.has(id));
  return [...new Set([...inOrder, ...took])].map((id) => {
    const own = sessions.filter(({ destinationId }) => destinationId === id);
    const destination = destinations.find((each) => each.id === id);
    const { state, more } = destination ? stageText(destination, at) : { state: [], more: [] };
    const did = didText(own);
    return {
      name: own.at(-1)?.name ?? id,
      lines: [did, inOneLine([state, more])],
      said: [state, more, did],
    };
  });
}

/** A destination that came to rest during the broadcast was part of it; rows keep no longer memory than that. */
const tookPart = ({ since }: DestinationView, { startedAt }: Broadcast): boolean =>
  since !== null && since >= startedAt;

/** "1 h 58 min in 2 runs · $1.24" */
function didText(sessions: readonly SessionView[]): Text {
  const minutes = sessions.reduce((sum, each) => sum + each.minutes, 0);
  const idle = sessions.every(({ failed }) => failed) ? "did not run" : "less than a minute";
  const runs = sessions.length > 1 ? ` in ${sessions.length} runs` : "";
  const usd = sumUsd(sessions.map((each) => each.usd));
  return [`${minutes > 0 ? spoken(minutes * 60) : idle}${runs} · ${usdWords(usd)}`];
}

/** What is no destination's own, what went wrong, and what rules saved; nothing when there is none of it. */
function balanceOf({ sessions, cost }: SiteView): Text {
  const flowUsd = cost?.flow.broadcastUsd ?? 0;
  const incidents = sessions.filter(({ failed }) => failed).length;
  const savedUsd = sumUsd(sessions.map((each) => each.savedUsd));
  return inOneLine([
    flowUsd > 0 ? [`with ${usdWords(flowUsd)} for the flow`] : [],
    incidents > 0 ? [`${incidents} ${incidents === 1 ? "incident" : "incidents"}`] : [],
    savedUsd > 0 ? [`auto-stop saved ${usdWords(savedUsd)}`] : [],
  ]);
}

const seconds = ({ startedAt, endedAt }: EndedBroadcast): number =>
  (endedAt.getTime() - startedAt.getTime()) / 1000;
