import type { Broadcast } from "../domain/broadcast.ts";
import { isUnasked, unaskedDeed, withDeed } from "../domain/deed.ts";
import type { Destination, DestinationChange } from "../domain/destination.ts";
import { type Claim, claims, type Facts, stateFor } from "../domain/facts.ts";
import { type Observation, observe } from "../domain/observe.ts";
import { policyFor } from "../domain/platforms/index.ts";
import type { Policy } from "../domain/policy.ts";
import { sessionIdFrom } from "../domain/session.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { disown, endSession, keepSession, openSession, type SpecReader } from "./sessions.ts";
import { settleSite } from "./settle-site.ts";
import { tell, tellDeeds, tellWaiting } from "./story.ts";

type Needs = Pick<
  Ports,
  "clock" | "log" | "destinations" | "sessions" | "spans" | "broadcasts" | "audit" | "siteMemory"
>;

/** What settling is done with. */
export type Settling = {
  ports: Needs;
  specs: SpecReader;
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
  let settled = destination;
  try {
    settled = await settleOne(destination, claim, given);
    return await tellWaiting(settled, given);
  } catch (error) {
    const code = error instanceof OpsError ? error.code : "internal";
    given.ports.log.warn("settle-failed", { destinationId: destination.id, code });
    return settled;
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
    deadline: facts.memory.deadlines.find((each) => each.channelId === claim?.channelId) ?? null,
    now,
    policy: policyFor(destination, policy),
  } as const;
  const { change, notice } = observe(announced, look);
  const next = { ...announced, ...change };
  const news = withNews(next, notice, now);
  if (notice !== null && news === null) await tell(next, notice, given);
  await keepSession(announced, next, given.ports);
  return write(announced, { ...change, ...news }, given);
}

/** What nobody asked for is told once it is written: a wish that came before the write has made it untrue. */
function withNews(
  next: Destination,
  notice: Observation["notice"],
  at: Date,
): Pick<Destination, "deeds"> | null {
  if (notice === null || !isUnasked(notice.kind)) return null;
  const deed = unaskedDeed(next, { kind: notice.kind, reason: notice.detail, at });
  return { deeds: withDeed(next, deed) };
}

/** Tells once who asked for what, and opens the session of a start after the one that it cuts short. */
async function announce(
  destination: Destination,
  claim: Claim | undefined,
  given: Settling,
): Promise<Destination> {
  const { intent, desired } = destination;
  const { ports, broadcast } = given;
  if (intent === null || broadcast === null) return destination;
  const change: DestinationChange = {};
  if (destination.deeds.length > 0) {
    await tellDeeds(destination, { ports, broadcastId: broadcast.id });
    change.deeds = [];
  }
  if (destination.toldIntentId !== intent.id) {
    const kind = desired === "on" ? "start-asked" : "stop-asked";
    await tell(destination, { kind, detail: intent.reason }, given);
    change.toldIntentId = intent.id;
  }
  if (desired === "on" && destination.sessionId !== sessionIdFrom(intent.id)) {
    await changeSession(destination, claim?.channelId ?? null, given);
    change.sessionId = sessionIdFrom(intent.id);
  }
  try {
    return await write(destination, change, given);
  } catch (error) {
    if (change.sessionId) await disown(destination, change.sessionId, given);
    throw error;
  }
}

/** Opens the session of the present intent after the one that it cuts short. */
async function changeSession(destination: Destination, channelId: string | null, given: Settling) {
  const { ports, broadcast, specs, now } = given;
  if (broadcast === null) return;
  const again = { endedAt: now, status: "stopped", endReason: "started again" } as const;
  await endSession(destination.sessionId, again, ports);
  const spec = channelId === null ? null : await specs(channelId);
  await openSession(destination, { ports, channelId, broadcastId: broadcast.id, spec });
}

const write = async (destination: Destination, change: DestinationChange, { ports }: Settling) =>
  Object.keys(change).length === 0 ? destination : ports.destinations.update(destination, change);
