import type { SiteView } from "../domain/view.ts";
import type { Clock } from "../manager/ports.ts";
import { type CardNeeds, createCardMessage } from "./card-message.ts";
import { type CardWorker, createCardWorker } from "./card-worker.ts";
import type { TurnSlack } from "./in-turn.ts";
import type { Cards } from "./relay.ts";

/** Shows each broadcast in the site's conversation: one live card. */
export type LiveCards = Cards & {
  show(view: SiteView): void;
  /** Brings every card up to date once more, if Slack answers, and ends. */
  finish(): Promise<void>;
};

type Needs = Omit<CardNeeds, "slack"> & {
  /** Slack as one card sees it. */
  openSlack: () => TurnSlack;
  clock: Clock;
};

/** A broadcast keeps its worker until the one after the next has begun: its end may still have to be shown. */
const keptWorkers = 2;

export function createLiveCards(needs: Needs): LiveCards {
  const workers = new Map<string, CardWorker>();
  const retiring = new Set<Promise<void>>();
  let finished = false;

  function workerFor(broadcastId: string): CardWorker {
    const known = workers.get(broadcastId);
    if (known !== undefined) return known;
    const card = createCardMessage(broadcastId, { ...needs, slack: needs.openSlack() });
    const worker = createCardWorker({ ...needs, card });
    workers.set(broadcastId, worker);
    for (const [id, old] of [...workers].slice(0, -keptWorkers)) {
      workers.delete(id);
      retire(old);
    }
    return worker;
  }

  function retire(worker: CardWorker): void {
    const retired = worker.finish().finally(() => retiring.delete(retired));
    retiring.add(retired);
  }

  return {
    show(view) {
      if (view.broadcast !== null && !finished) workerFor(view.broadcast.id).show(view);
    },
    posted: (broadcastId) => workers.get(broadcastId)?.posted(),
    doubt: (broadcastId) => workers.get(broadcastId)?.doubt(),
    async finish() {
      finished = true;
      await Promise.all([...workers.values()].map((worker) => worker.finish()));
      await Promise.all(retiring);
    },
  };
}
