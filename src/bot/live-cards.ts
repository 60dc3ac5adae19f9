import type { Clock, Notifier } from "../manager/ports.ts";
import { type CardNeeds, createCardMessage } from "./card-message.ts";
import { type CardWorker, createCardWorker } from "./card-worker.ts";
import { createSpacing } from "./pace.ts";
import type { Slack } from "./slack.ts";
import { createStory } from "./story.ts";

/** Shows each broadcast in the site's conversation: one live card, and its story in the thread. */
export type LiveCards = Notifier & {
  /** Brings every card up to date once more, if Slack answers, and ends. */
  finish(): Promise<void>;
};

type Needs = Omit<CardNeeds, "spacing" | "slack"> & { slack: Slack; clock: Clock };

/** A broadcast keeps its worker until the one after the next has begun: its end may still have to be shown. */
const keptWorkers = 2;

export function createLiveCards(needs: Needs): LiveCards {
  const spacing = createSpacing(() => needs.clock.now());
  const workers = new Map<string, CardWorker>();
  let finished = false;

  function workerFor(broadcastId: string): CardWorker {
    const known = workers.get(broadcastId);
    if (known !== undefined) return known;
    const parts = { ...needs, spacing };
    const card = createCardMessage(broadcastId, parts);
    const worker = createCardWorker({ ...needs, card, story: createStory(broadcastId, parts) });
    workers.set(broadcastId, worker);
    for (const old of [...workers.keys()].slice(0, -keptWorkers)) workers.delete(old);
    return worker;
  }

  return {
    announce: () => undefined,
    show(view) {
      if (view.broadcast !== null && !finished) workerFor(view.broadcast.id).show(view);
    },
    async finish() {
      finished = true;
      await Promise.all([...workers.values()].map((worker) => worker.finish()));
    },
  };
}
