import type { Broadcast, Notice, NoticeKind } from "../domain/broadcast.ts";
import type { Destination, DestinationChange } from "../domain/destination.ts";
import { isSettled } from "../domain/destination.ts";
import { type Claim, claims, type Facts, stateFor } from "../domain/facts.ts";
import { observe } from "../domain/observe.ts";
import type { Policy } from "../domain/policy.ts";
import { remember } from "../domain/remember.ts";
import { type Session, sessionIdFrom } from "../domain/session.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

type Needs = Pick<
  Ports,
  "clock" | "log" | "destinations" | "sessions" | "broadcasts" | "siteMemory"
>;

type Settling = {
  ports: Needs;
  policy: Policy;
  facts: Facts;
  broadcast: Broadcast | null;
  now: Date;
};

/**
 * Writes down what the facts tell: announcements, sessions, observed states, and what the site remembers. Everything
 * written before a row is keyed by the intent, so that a crash in between repeats it without effect. Answers with the
 * facts as they are then; a row that somebody else has just written, or whose story cannot be written, stays as read
 * and is settled by the next pass.
 */
export async function settle(given: Settling): Promise<Facts> {
  const claimed = claims(given.facts.destinations, given.facts.bindings);
  const destinations = await Promise.all(
    given.facts.destinations.map((each) => settleAlone(each, claimed.get(each.id), given)),
  );
  const facts = { ...given.facts, destinations };
  return { ...facts, memory: await settleSite(facts, given) };
}

async function settleAlone(
  destination: Destination,
  claim: Claim | undefined,
  given: Settling,
): Promise<Destination> {
  try {
    return await settleOne(destination, claim, given);
  } catch (error) {
    const code = error instanceof OpsError ? error.code : "internal";
    given.ports.log.warn("settle-failed", { destinationId: destination.id, code });
    return destination;
  }
}

async function settleOne(
  destination: Destination,
  claim: Claim | undefined,
  given: Settling,
): Promise<Destination> {
  const announced = await announce(destination, claim, given);
  if (claim !== undefined && !claim.holds) return announced;
  const { policy, now, facts } = given;
  const state = stateFor(claim, facts);
  const look = {
    state: claim ? state : "unknown",
    wantedByOthers: claim?.wantedByOthers === true,
    now,
    policy,
  } as const;
  const { change, notice } = observe(announced, look);
  const next = { ...announced, ...change };
  if (notice !== null) await tell(next, notice, given);
  await keepSession(announced, next, given);
  return write(announced, change, given);
}

/** Tells once who asked for what, and opens the session of a start after the one that it cuts short. */
async function announce(
  destination: Destination,
  claim: Claim | undefined,
  given: Settling,
): Promise<Destination> {
  const { intent, desired } = destination;
  if (intent === null || given.broadcast === null) return destination;
  const change: DestinationChange = {};
  if (destination.toldIntentId !== intent.id) {
    const kind = desired === "on" ? "start-asked" : "stop-asked";
    await tell(destination, { kind, detail: intent.reason }, given);
    change.toldIntentId = intent.id;
  }
  if (desired === "on" && destination.sessionId !== sessionIdFrom(intent.id)) {
    await endSession(
      destination.sessionId,
      { endedAt: given.now, status: "stopped", endReason: "started again" },
      given.ports,
    );
    await openSession(destination, claim?.channelId ?? null, given);
    change.sessionId = sessionIdFrom(intent.id);
  }
  try {
    return await write(destination, change, given);
  } catch (error) {
    if (change.sessionId) await disown(destination, change.sessionId, given);
    throw error;
  }
}

/** A stop may be written after its start's session was opened and before the row knew of it: nobody else ends it then. */
async function disown({ id, intent }: Destination, sessionId: string, { ports, now }: Settling) {
  const row = await ports.destinations.find(id);
  if (row.intent?.id === intent?.id || row.sessionId === sessionId) return;
  const endReason = row.intent?.reason ?? null;
  await endSession(sessionId, { endedAt: now, status: "stopped", endReason }, ports);
}

async function openSession(destination: Destination, channelId: string | null, given: Settling) {
  const { intent } = destination;
  if (intent === null || given.broadcast === null) return;
  await given.ports.sessions.open({
    id: sessionIdFrom(intent.id),
    destinationId: destination.id,
    destinationName: destination.name,
    platform: destination.platform,
    channelId,
    broadcastId: given.broadcast.id,
    showId: null,
    startedBy: intent.by,
    startedAt: intent.at,
    billedFrom: null,
    runningAt: destination.runningSince,
    endedAt: null,
    status: "active",
    endReason: null,
    endedBy: null,
    leaseUntil: null,
    spec: null,
  });
}

/** The session follows the row: its running time when the channel runs, its end when the row has settled. */
async function keepSession(before: Destination, after: Destination, { ports, now }: Settling) {
  const { sessionId } = before;
  const own = sessionId === sessionIdFrom(after.intent?.id ?? "");
  if (own && before.runningSince === null && after.runningSince !== null)
    await ports.sessions.amend(sessionId, { runningAt: after.runningSince });
  if (isSettled(before) || !isSettled(after)) return;
  const status = after.phase === "failed" ? "error" : "stopped";
  const endReason = after.lastError ?? after.intent?.reason ?? null;
  await endSession(sessionId, { endedAt: now, status, endReason }, ports);
}

/** Ends a session once: one that has ended keeps its end, whatever its channel does later. */
export async function endSession(
  id: string | null,
  end: Pick<Session, "endedAt" | "status" | "endReason">,
  { sessions }: Pick<Ports, "sessions">,
): Promise<void> {
  if (id === null) return;
  const session = await sessions.find(id);
  if (session?.endedAt === null) await sessions.amend(id, end);
}

/** Adds a line to the story; the key is the intent and the kind, so that it is added once. */
export async function tell(
  destination: Destination,
  notice: { kind: NoticeKind; detail: string | null },
  {
    ports,
    broadcast,
    now,
  }: Pick<Settling, "broadcast" | "now"> & { ports: Pick<Ports, "broadcasts"> },
): Promise<void> {
  if (broadcast === null) return;
  const line: Notice = {
    key: `${destination.intent?.id ?? destination.id}.${notice.kind}`,
    kind: notice.kind,
    at: notice.kind.endsWith("-asked") ? (destination.intent?.at ?? now) : now,
    broadcastId: broadcast.id,
    destinationId: destination.id,
    destinationName: destination.name,
    by: destination.intent?.by ?? null,
    until: destination.leaseUntil,
    detail: notice.detail,
  };
  await ports.broadcasts.note(line);
}

const write = async (destination: Destination, change: DestinationChange, { ports }: Settling) =>
  Object.keys(change).length === 0 ? destination : ports.destinations.update(destination, change);

async function settleSite(facts: Facts, given: Settling) {
  const { ports, policy, now, broadcast } = given;
  if (facts.memory.version < 0) return facts.memory;
  const { memory, changed, arrived } = remember(facts, policy, now);
  if (!changed) return facts.memory;
  try {
    if (broadcast !== null)
      for (const { channelId, name } of arrived)
        await ports.broadcasts.note({
          key: `${channelId}.${memory.version}.stranger-seen`,
          kind: "stranger-seen",
          at: now,
          broadcastId: broadcast.id,
          destinationId: null,
          destinationName: name || channelId,
          by: null,
          until: memory.strangers.find((each) => each.channelId === channelId)?.until ?? null,
          detail: "it runs, but no destination stands for it",
        });
    await ports.siteMemory.write(memory);
    return { ...memory, version: memory.version + 1 };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.warn("memory-unwritten", { code: error.code });
    return facts.memory;
  }
}
