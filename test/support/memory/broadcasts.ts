import type { Broadcast, Notice } from "../../../src/domain/broadcast.ts";
import { OpsError } from "../../../src/errors.ts";
import type { Broadcasts, Card } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryBroadcasts = Broadcasts & {
  all(): Broadcast[];
  /** The story of one broadcast, told or not, oldest first. */
  story(broadcastId: string): Notice[];
};

type KeptNotice = { notice: Notice; told: boolean };

const byTime = (left: Notice, right: Notice) =>
  left.at.getTime() - right.at.getTime() || (left.key < right.key ? -1 : 1);

/** Broadcasts, their cards and their stories. */
export function memoryBroadcasts(outside: Outside): MemoryBroadcasts {
  const kept = new Map<string, Broadcast>();
  const cards = new Map<string, Card>();
  const notices = new Map<string, KeptNotice>();
  let latestId: string | null = null;
  const keyOf = (broadcastId: string, key: string) => `${broadcastId} ${key}`;
  const storyOf = (broadcastId: string) =>
    [...notices.values()]
      .filter(({ notice }) => notice.broadcastId === broadcastId)
      .toSorted((left, right) => byTime(left.notice, right.notice));

  return {
    latest: () => outside.pass("broadcasts.latest", () => kept.get(latestId ?? "") ?? null),
    open: (broadcast, after) =>
      outside.pass("broadcasts.open", () => {
        if (latestId === broadcast.id) return;
        if (latestId !== after)
          throw new OpsError("conflict", "Another broadcast has begun in between.");
        kept.set(broadcast.id, Object.freeze({ ...broadcast }));
        latestId = broadcast.id;
      }),
    end: (id, endedAt) =>
      outside.pass("broadcasts.end", () => {
        const broadcast = kept.get(id);
        if (broadcast?.endedAt === null) kept.set(id, { ...broadcast, endedAt });
      }),
    card: (broadcastId) => outside.pass("broadcasts.card", () => cards.get(broadcastId) ?? null),
    saveCard: (card) =>
      outside.pass("broadcasts.saveCard", () => {
        if ((cards.get(card.broadcastId)?.revision ?? 0) !== card.revision)
          throw new OpsError("conflict", "Somebody else saved this card in between.");
        cards.set(card.broadcastId, { ...structuredClone(card), revision: card.revision + 1 });
      }),
    note: (notice) =>
      outside.pass("broadcasts.note", () => {
        const key = keyOf(notice.broadcastId, notice.key);
        if (!notices.has(key))
          notices.set(key, { notice: Object.freeze({ ...notice }), told: false });
      }),
    untold: (broadcastId) =>
      outside.pass("broadcasts.untold", () =>
        storyOf(broadcastId).flatMap(({ notice, told }) => (told ? [] : [notice])),
      ),
    told: (broadcastId, key) =>
      outside.pass("broadcasts.told", () => {
        const line = notices.get(keyOf(broadcastId, key));
        if (line !== undefined) line.told = true;
      }),
    all: () => [...kept.values()],
    story: (broadcastId) => storyOf(broadcastId).map(({ notice }) => notice),
  };
}
