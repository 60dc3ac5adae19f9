import type { Broadcast } from "../domain/broadcast.ts";
import { isBilledRunning } from "../domain/channel.ts";
import type { Destination } from "../domain/destination.ts";
import { isSettled, outsider } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import { managedChannels } from "../domain/site.ts";
import { isOpsError, OpsError } from "../errors.ts";
import { readAnew } from "./gather.ts";
import type { Ports } from "./ports.ts";

type Needs = Pick<
  Ports,
  "clock" | "ids" | "broadcasts" | "log" | "destinations" | "unreadable" | "channels"
>;

/** True while somebody wants something, something is still to happen, or a channel of the site runs. */
export function isBroadcasting(facts: Facts): boolean {
  if (!facts.destinations.every(isSettled)) return true;
  const managed = managedChannels(facts);
  return [...(facts.channels?.values() ?? [])].some(
    ({ channelId, state }) => managed.has(channelId) && isBilledRunning(state),
  );
}

/**
 * The broadcast that these facts belong to, opened when the first of its destinations is wanted; and the one before it,
 * when this look has opened a new one: a process that died at its end may not have shown that end.
 */
export type Current = { broadcast: Broadcast | null; before: Broadcast | null };

/**
 * While the broadcasts cannot be read there is none: wishes are announced later, what is seen meanwhile is not told, and
 * what is done does not wait.
 */
export async function currentBroadcast(ports: Needs, facts: Facts): Promise<Current> {
  try {
    return await openOrContinue(ports, facts);
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.warn("broadcast-unreadable", { code: error.code });
    return { broadcast: null, before: null };
  }
}

async function openOrContinue(ports: Needs, facts: Facts): Promise<Current> {
  const latest = await ports.broadcasts.latest();
  if (!isBroadcasting(facts) || (latest !== null && latest.endedAt === null))
    return { broadcast: latest, before: null };
  const anew = await readAnew(facts, ports);
  if (!isBroadcasting(anew)) return { broadcast: latest, before: null };
  const first = firstWish(anew.destinations);
  const opened: Broadcast = {
    id: ports.ids.next("broadcast"),
    startedAt: first?.intent?.at ?? ports.clock.now(),
    startedBy: first?.intent?.by ?? outsider,
    endedAt: null,
  };
  try {
    await ports.broadcasts.open(opened, latest?.id ?? null);
    return { broadcast: opened, before: latest };
  } catch (error) {
    if (!isOpsError(error, "conflict")) throw error;
    return { broadcast: await ports.broadcasts.latest(), before: null };
  }
}

/** Ends the broadcast when everything is at rest and every channel could be read. The flow's stop does not wait for it. */
export async function endWhenQuiet(
  ports: Needs,
  broadcast: Broadcast | null,
  facts: Facts,
): Promise<Broadcast | null> {
  const over = broadcast !== null && broadcast.endedAt === null && facts.channels !== null;
  if (!over || isBroadcasting(facts)) return broadcast;
  try {
    const anew = await readAnew(facts, ports);
    if (anew.channels === null || isBroadcasting(anew)) return broadcast;
    const endedAt = ports.clock.now();
    await ports.broadcasts.end(broadcast.id, endedAt);
    return { ...broadcast, endedAt };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.warn("broadcast-not-ended", { code: error.code });
    return broadcast;
  }
}

function firstWish(destinations: readonly Destination[]): Destination | undefined {
  return destinations
    .filter((each) => each.desired === "on" && each.intent !== null)
    .toSorted((left, right) => Number(left.intent?.at) - Number(right.intent?.at))[0];
}
