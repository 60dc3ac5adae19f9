import { addMilliseconds } from "date-fns/addMilliseconds";
import type { Broadcast, Notice, NoticeKind } from "../domain/broadcast.ts";
import { type Deed, type DeedKind, isUnasked, type WishKind } from "../domain/deed.ts";
import type { Destination } from "../domain/destination.ts";
import type { Ports } from "./ports.ts";

type Telling = {
  ports: Pick<Ports, "broadcasts">;
  broadcast: Broadcast | null;
  now: Date;
};

/** What is told of a destination, with a sentence for people. */
export type Tale = { kind: NoticeKind; detail: string | null };

/**
 * Adds a line to the story; the key is the intent and the kind, so that it is added once. What came of an intent comes
 * after it, also by the clock of a process that is behind the one which heard it.
 */
export async function tell(
  destination: Destination,
  tale: Tale,
  { ports, broadcast, now }: Telling,
): Promise<void> {
  if (broadcast === null) return;
  const isAsking = tale.kind.endsWith("-asked");
  const askedAt = destination.intent?.at ?? now;
  const toldAt = now < askedAt ? addMilliseconds(askedAt, 1) : now;
  const line: Notice = {
    ...tale,
    key: `${destination.intent?.id ?? destination.id}.${tale.kind}`,
    at: isAsking ? askedAt : toldAt,
    by: destination.intent?.by ?? null,
    broadcastId: broadcast.id,
    destinationId: destination.id,
    destinationName: destination.name,
    until: destination.leaseUntil,
    before: null,
  };
  await ports.broadcasts.note(line);
}

const kinds: Record<WishKind, NoticeKind> = {
  start: "start-asked",
  stop: "stop-asked",
  extend: "extended",
  shrink: "shortened",
  hold: "held",
  release: "released",
};

const noticeKindOf = (kind: DeedKind): NoticeKind => (isUnasked(kind) ? kind : kinds[kind]);

/** Puts the row's waiting deeds into the audit and the story. */
export async function tellDeeds(
  destination: Destination,
  { ports, broadcastId }: { ports: Pick<Ports, "broadcasts" | "audit">; broadcastId: string },
): Promise<void> {
  for (const deed of destination.deeds) {
    await ports.audit.add(toAudit(deed, destination));
    const kind = noticeKindOf(deed.kind);
    await ports.broadcasts.note({
      key: `${deed.id}.${kind}`,
      kind,
      at: deed.at,
      broadcastId,
      destinationId: destination.id,
      destinationName: destination.name,
      by: deed.by,
      until: deed.after,
      before: deed.before,
      detail: deed.reason,
    });
  }
}

type Waiting = {
  ports: Pick<Ports, "broadcasts" | "audit" | "destinations">;
  broadcast: Broadcast | null;
};

/** Tells the deeds that have just been written with the row; answers with the row as it is then. */
export async function tellWaiting(
  destination: Destination,
  { ports, broadcast }: Waiting,
): Promise<Destination> {
  if (broadcast === null || destination.deeds.length === 0) return destination;
  await tellDeeds(destination, { ports, broadcastId: broadcast.id });
  return ports.destinations.update(destination, { deeds: [] });
}

const toAudit = (deed: Deed, { id, name }: Destination) => ({
  id: isUnasked(deed.kind) ? `${deed.id}.${deed.kind}` : deed.id,
  at: deed.at,
  by: deed.by,
  what: deed.kind.replace("-", " "),
  destinationId: id,
  object: name,
  why: deed.reason,
  before: deed.before?.toISOString() ?? null,
  after: deed.after?.toISOString() ?? null,
  intentId: movesAnEnd(deed.kind) ? null : deed.id,
});

const movesAnEnd = (kind: DeedKind): boolean =>
  kind === "extend" || kind === "shrink" || kind === "hold" || kind === "release";
