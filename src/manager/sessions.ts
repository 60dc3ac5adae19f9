import { max } from "date-fns/max";
import { min } from "date-fns/min";
import type { ChannelSpec } from "../domain/channel-spec.ts";
import { type Actor, type Destination, isSettled } from "../domain/destination.ts";
import { type Session, type SessionChange, sessionIdFrom, showIdFrom } from "../domain/session.ts";
import type { Stranger } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

type Needs = Pick<Ports, "sessions">;
type End = Pick<Session, "endedAt" | "status" | "endReason"> & SessionChange;

/** Opens the session of a wanted destination; `spec` is null when AWS could not say what its channel encodes. */
export async function openSession(
  destination: Destination,
  {
    ports,
    ...about
  }: { ports: Needs; channelId: string | null; broadcastId: string; spec: ChannelSpec | null },
): Promise<void> {
  const { intent } = destination;
  if (intent === null) return;
  await ports.sessions.open({
    ...unended,
    id: sessionIdFrom(intent.id),
    destinationId: destination.id,
    destinationName: destination.name,
    platform: destination.platform,
    showId: showIdFrom(intent.id),
    startedBy: intent.by,
    startedAt: intent.at,
    billedFrom: billedFrom(destination),
    runningAt: destination.runningSince,
    ...about,
  });
}

const unended = {
  endedAt: null,
  status: "active",
  endReason: null,
  endedBy: null,
  leaseUntil: null,
} as const;

/**
 * When AWS was asked to start the channel for this intent, never before somebody wished it or after it ran, whatever a clock
 * said; for one that was found running, when it was found.
 */
function billedFrom({ attempt, intent, phase, runningSince }: Destination): Date | null {
  if (attempt !== null && attempt.intentId === intent?.id) {
    const asked = attempt.outcome === "refused" ? null : max([attempt.at, intent.at]);
    return asked !== null && runningSince !== null ? min([asked, runningSince]) : asked;
  }
  return phase === "accepted" || intent === null ? null : intent.at;
}

/** The session follows the row: its running time when the channel runs, its end when the row has settled. */
export async function keepSession(
  before: Destination,
  after: Destination,
  ports: Needs,
): Promise<void> {
  const { sessionId } = before;
  const own = sessionId === sessionIdFrom(after.intent?.id ?? "");
  if (own && before.runningSince === null && after.runningSince !== null)
    await noteRunning(sessionId, after, { ports, isAccepted: isAccepted(before) });
  if (isSettled(before) || !isSettled(after)) return;
  await endSession(sessionId, endOfSession(before, after), ports);
}

/** What a session knows of its run stays: an old row, as a process that was paused has it, may only guess when it began. */
async function noteRunning(
  id: string,
  after: Destination,
  { ports, isAccepted }: { ports: Needs; isAccepted: boolean },
): Promise<void> {
  const session = await ports.sessions.find(id);
  if (session === null) return;
  const { runningAt } = session;
  await ports.sessions.amend(id, {
    runningAt: runningAt ?? after.runningSince,
    ...(runningAt === null || isAccepted ? { billedFrom: billedFrom(after) } : {}),
  });
}

function endOfSession(before: Destination, after: Destination): End {
  return {
    endedAt: after.settledAt,
    status: after.phase === "failed" ? "error" : "stopped",
    endReason: after.lastError ?? after.intent?.reason ?? null,
    endedBy: after.desired === "off" ? (after.intent?.by ?? null) : null,
    leaseUntil: before.leaseUntil,
    ...sentAttempt(before),
  };
}

/** A start that never came to run is billed too, if AWS was asked for it. */
function sentAttempt(destination: Destination): SessionChange {
  const { attempt } = destination;
  return attempt !== null && isAccepted(destination) ? { billedFrom: attempt.at } : {};
}

/** True when AWS has taken the start of this session. */
const isAccepted = ({ attempt, sessionId }: Destination): boolean =>
  attempt?.outcome === "accepted" && sessionIdFrom(attempt.intentId) === sessionId;

/** Ends a session once: one that has ended keeps its end, whatever its channel does later. */
export async function endSession(id: string | null, end: End, { sessions }: Needs): Promise<void> {
  if (id === null) return;
  const session = await sessions.find(id);
  if (session?.endedAt !== null || session === null) return;
  const { billedFrom: from, ...rest } = end;
  await sessions.amend(id, session.billedFrom === null && from ? end : rest);
}

/** A stop may be written after its start's session was opened and before the row knew of it: nobody else ends it then. */
export async function disown(
  { id, intent }: Destination,
  sessionId: string,
  { ports, now }: { ports: Pick<Ports, "destinations" | "sessions">; now: Date },
): Promise<void> {
  const row = await ports.destinations.find(id);
  if (row.intent?.id === intent?.id || row.sessionId === sessionId) return;
  const endReason = row.intent?.reason ?? null;
  await endSession(sessionId, { endedAt: now, status: "stopped", endReason }, ports);
}

/** A channel that runs for no row costs money like any other: its session begins when it is first seen. */
export async function openStrangerSession(
  { channelId, seenAt, sessionId }: Stranger,
  about: { name: string; by: Actor; broadcastId: string; spec: ChannelSpec | null },
  { sessions }: Needs,
): Promise<void> {
  await sessions.open({
    ...unended,
    id: sessionId,
    destinationId: `channel_${channelId}`,
    destinationName: about.name || channelId,
    platform: "",
    channelId,
    broadcastId: about.broadcastId,
    showId: null,
    startedBy: about.by,
    startedAt: seenAt,
    billedFrom: seenAt,
    runningAt: seenAt,
    spec: about.spec,
  });
}

/** What a channel encodes, asked once an hour at most; null when AWS does not say. */
export function createSpecReader({
  channels,
  clock,
  log,
}: Pick<Ports, "channels" | "clock" | "log">) {
  const known = new Map<string, { at: number; spec: ChannelSpec }>();
  const hourMs = 3_600_000;
  return async (channelId: string): Promise<ChannelSpec | null> => {
    const last = known.get(channelId);
    const at = clock.now().getTime();
    if (last !== undefined && at - last.at < hourMs) return last.spec;
    try {
      const spec = await channels.spec(channelId);
      known.set(channelId, { at, spec });
      return spec;
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      log.warn("spec-unreadable", { channelId, code: error.code });
      return last?.spec ?? null;
    }
  };
}

export type SpecReader = ReturnType<typeof createSpecReader>;
