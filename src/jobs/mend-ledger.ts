import { subMinutes } from "date-fns/subMinutes";
import { type Destination, isSettled } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import { isStrangerToBe } from "../domain/remember.ts";
import { type Session, sessionIdFrom } from "../domain/session.ts";
import { type SpanKind, spanIdFrom } from "../domain/span.ts";
import { waitingLines } from "../domain/waiting-lines.ts";
import { recordWaiting } from "../manager/recorded-note.ts";
import { endSession } from "../manager/sessions.ts";
import type { Job, Tick } from "./job.ts";

const everyMinutes = 15;
/** A session that is younger may be in the hands of a process that has not yet written who has it. */
const youngMinutes = 5;

/**
 * Ends the sessions and spans that nobody will end any more, because a row was removed or a process died between two
 * writes: an open one is metered for ever. Lines that still wait for the audit are put into it.
 */
export const mendLedger: Job = {
  name: "mend-ledger",
  async run(now, tick) {
    await mendSessions(now, tick);
    if (now.getUTCMinutes() % everyMinutes !== 0) return;
    await mendAudit(now, tick);
    await mendSpans(now, tick);
  },
};

/** Where the channel runs on without a row, that has a session of its own from when it was seen. */
async function mendSessions(now: Date, tick: Tick): Promise<void> {
  const sessions = await tick.ports.sessions.list(subMinutes(now, 1), now);
  const settled = subMinutes(now, youngMinutes);
  const open = sessions.filter(({ endedAt, startedAt }) => endedAt === null && startedAt < settled);
  if (open.length === 0) return;
  const read = await tick.facts();
  const lost = open.filter((session) => endOf(session, read, now) !== null);
  if (lost.length === 0) return;
  // One that was opened since the tick began looks lost by what was read before.
  const { facts } = await tick.anew();
  for (const session of lost) {
    const endedAt = endOf(session, facts, now);
    const end = { endedAt, status: "stopped", endReason: "its destination is gone" } as const;
    if (endedAt !== null) await endSession(session.id, end, tick.ports);
  }
}

/** Null for one that somebody still has; a row at rest has none, whatever became of its end. */
function endOf({ id, destinationId, channelId }: Session, facts: Facts, now: Date): Date | null {
  const { destinations, unreadable, channels, memory } = facts;
  if (memory.version < 0) return null;
  const row = destinations.find((each) => hasSession(each, id));
  if (row !== undefined) return isSettled(row) ? row.settledAt : null;
  const isKept = memory.strangers.some(({ sessionId }) => sessionId === id);
  if (channels === null || isKept || isStrangerToBe(id, facts)) return null;
  if (unreadable.some((each) => each.id === destinationId)) return null;
  return memory.strangers.find((each) => each.channelId === channelId)?.seenAt ?? now;
}

/** It is opened before its row names it, and a process may take long between the two. */
const hasSession = ({ sessionId, desired, intent }: Destination, id: string): boolean =>
  sessionId === id || (desired === "on" && intent !== null && sessionIdFrom(intent.id) === id);

const beginnings: Record<SpanKind, (memory: Facts["memory"]) => Date | null> = {
  "flow-active": ({ flowActiveSince }) => flowActiveSince,
  "source-absent": ({ sourceLostSince }) => sourceLostSince,
};
const kinds = ["flow-active", "source-absent"] as const;

/** The span that the memory knows of is there, and no older one goes on beside it. */
async function mendSpans(now: Date, tick: Tick): Promise<void> {
  const { memory } = await tick.facts();
  if (memory.version < 0) return;
  const settled = subMinutes(now, everyMinutes);
  for (const kind of kinds) {
    const from = beginnings[kind](memory);
    const id = from === null ? null : spanIdFrom(kind, from);
    const spans = await tick.ports.spans.list(kind, subMinutes(now, 1), now);
    const lost = spans.filter((span) => span.to === null && span.id !== id && span.from < settled);
    for (const span of lost) await tick.ports.spans.close(span.id, now);
    if (id !== null && from !== null) await tick.ports.spans.open({ id, kind, from, to: null });
  }
}

/** A line that has just been written is left to the process that wrote it. */
async function mendAudit(now: Date, { ports, log }: Tick): Promise<void> {
  const settled = subMinutes(now, 1);
  for (const note of await ports.notes.list("")) {
    const [oldest] = waitingLines(note.words);
    if (oldest !== undefined && oldest.at < settled) await recordWaiting({ ...ports, log }, note);
  }
}
