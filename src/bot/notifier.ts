import type {
  Announcements,
  Broadcasts,
  Clock,
  Ids,
  Log,
  Notes,
  Notifier,
} from "../manager/ports.ts";
import { createTurnSlack, type TurnSlack } from "./in-turn.ts";
import { createLiveCards } from "./live-cards.ts";
import { createSpacing } from "./pace.ts";
import { createRelay } from "./relay.ts";
import type { LeaseRule } from "./render/destination-buttons.ts";
import type { Slack } from "./slack.ts";
import { createSpoken } from "./spoken.ts";
import { createTurn } from "./turn.ts";

/** What everybody sees in the site's conversation: live cards, their stories, and announcements. */
export type SlackNotifier = Notifier & {
  /** Resolves when nothing is left that can be said at present. */
  settled(): Promise<void>;
  /** Brings every card up to date once more, if Slack answers, and leaves the rest to the next process. */
  finish(): Promise<void>;
};

export type NotifierNeeds = {
  slack: Pick<Slack, "post" | "update" | "share" | "history" | "replies">;
  conversationId: string;
  site: LeaseRule & { zone: string };
  broadcasts: Broadcasts;
  announcements: Announcements;
  notes: Notes;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/** Puts the parts together; nothing is read or sent before the first call. */
export function createNotifier(needs: NotifierNeeds): SlackNotifier {
  const { slack, clock, log, site } = needs;
  const turn = createTurn(needs);
  const spacing = createSpacing(clock.now);
  const openSlack = (): TurnSlack => createTurnSlack({ slack, turn, spacing, clock });
  const cards = createLiveCards({ ...needs, openSlack, rule: site });
  const ownSlack = openSlack();
  const spoken = createSpoken({ slack: ownSlack, log });
  const relay = createRelay({ ...needs, slack: ownSlack, spoken, cards, zone: site.zone });

  return {
    announce: relay.wake,
    show(view) {
      cards.show(view);
      relay.show(view);
    },
    settled: relay.settled,
    async finish() {
      await Promise.all([relay.finish(), cards.finish()]);
      await turn.end();
    },
  };
}
