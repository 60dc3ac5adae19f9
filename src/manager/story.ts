import type { Broadcast, Notice, NoticeKind } from "../domain/broadcast.ts";
import type { Deed, DeedKind } from "../domain/deed.ts";
import type { Destination } from "../domain/destination.ts";
import type { Ports } from "./ports.ts";

type Telling = {
  ports: Pick<Ports, "broadcasts" | "audit">;
  broadcast: Broadcast | null;
  now: Date;
};

/** What is told of a destination, with a sentence for people. */
export type Tale = { kind: NoticeKind; detail: string | null };

/**
 * Adds a line to the story, and to the audit what nobody asked patchbay for; the key is the intent and the kind, so that
 * it is added once.
 */
export async function tell(
  destination: Destination,
  tale: Tale,
  { ports, broadcast, now }: Telling,
): Promise<void> {
  const key = `${destination.intent?.id ?? destination.id}.${tale.kind}`;
  const asked = tale.kind.endsWith("-asked");
  const by = destination.intent?.by ?? null;
  const about = {
    destinationId: destination.id,
    at: asked ? (destination.intent?.at ?? now) : now,
  };
  if (by !== null && unasked.has(tale.kind))
    await ports.audit.add({
      ...about,
      id: key,
      by,
      what: tale.kind.replace("-", " "),
      object: destination.name,
      why: tale.detail,
      before: null,
      after: null,
      intentId: destination.intent?.id ?? null,
    });
  if (broadcast === null) return;
  const line: Notice = {
    ...tale,
    ...about,
    key,
    by,
    broadcastId: broadcast.id,
    destinationName: destination.name,
    until: destination.leaseUntil,
    before: null,
  };
  await ports.broadcasts.note(line);
}

/** What happens without a wish, so that no deed tells of it. */
const unasked: ReadonlySet<NoticeKind> = new Set([
  "failed",
  "stopped-outside",
  "deadline-stopped",
  "adopted",
  "late-start",
  "stranger-stopped",
]);

const kinds: Record<DeedKind, NoticeKind> = {
  start: "start-asked",
  stop: "stop-asked",
  extend: "extended",
  shrink: "shortened",
  hold: "held",
  release: "released",
};

/** Puts the row's waiting deeds into the audit and the story. */
export async function tellDeeds(
  destination: Destination,
  { ports, broadcastId }: { ports: Pick<Ports, "broadcasts" | "audit">; broadcastId: string },
): Promise<void> {
  for (const deed of destination.deeds) {
    await ports.audit.add(toAudit(deed, destination));
    const kind = kinds[deed.kind];
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

const toAudit = (deed: Deed, { id, name }: Destination) => ({
  id: deed.id,
  at: deed.at,
  by: deed.by,
  what: deed.kind,
  destinationId: id,
  object: name,
  why: deed.reason,
  before: deed.before?.toISOString() ?? null,
  after: deed.after?.toISOString() ?? null,
  intentId: deed.kind === "start" || deed.kind === "stop" ? deed.id : null,
});
