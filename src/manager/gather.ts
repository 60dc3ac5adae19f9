import {
  type ChannelReading,
  type ChannelState,
  hasBegun,
  isBilledRunning,
  isBroken,
} from "../domain/channel.ts";
import { type Destination, isSettled } from "../domain/destination.ts";
import { type Claim, claims, type Facts, stateFor } from "../domain/facts.ts";
import { type Bindings, emptyMemory, type SiteMemory } from "../domain/site.ts";
import type { FlowReading } from "../domain/source.ts";
import { type UnreadableDestination, withoutUnreadable } from "../domain/unreadable-rows.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

/** The facts of one pass, and which readings failed, in words for people. */
export type Gathered = { facts: Facts; troubles: string[] };

type Needs = Pick<
  Ports,
  "channels" | "flows" | "destinations" | "unreadable" | "bindings" | "siteMemory" | "log"
>;

/**
 * Reads everything first: rows, one channel list, one flow. Rows and bindings must be readable, or the pass ends; a
 * channel list or a flow that cannot be read is a fact of its own (null), and the site's memory is then empty. The memory
 * is asked for before all else: what is written to it was then seen after it was read, however long a process was paused.
 */
export async function gather(ports: Needs): Promise<Gathered> {
  const [memory, destinations, bindings] = await Promise.all([
    readable(ports, "site's memory", () => ports.siteMemory.read()),
    ports.destinations.list(),
    ports.bindings.read(),
  ]);
  const unreadable = ports.unreadable.destinations();
  const [channels, flow] = await Promise.all([
    readable(ports, "channels", () => ports.channels.list()),
    readable(ports, "flow", () => readFlow(ports, bindings)),
  ]);
  const listed = channels.value && new Map(channels.value.map(byId));
  const facts: Facts = {
    destinations,
    unreadable,
    channels: listed && withoutUnreadable(listed, unreadable, bindings),
    flow: flow.value,
    bindings,
    memory: memory.value ?? forgotten,
  };
  const confirmed = await confirmNews(ports, facts);
  const troubles = [channels.trouble, flow.trouble, memory.trouble].filter(
    (trouble) => trouble !== null,
  );
  return { facts: confirmed, troubles: [...troubles, ...unreadable.map(troubleOf)] };
}

const troubleOf = ({ name }: UnreadableDestination): string =>
  `The row of ${name} is damaged or from a newer patchbay: it is left out, and its channel is left alone.`;

/** A pass must go on without it: stops do not need it, and one of this version is never written. */
const forgotten: SiteMemory = { ...emptyMemory, version: -1 };

const readFlow = (ports: Needs, { flowArn }: Bindings): Promise<FlowReading | "not-configured"> =>
  flowArn === null ? Promise.resolve("not-configured") : ports.flows.read(flowArn);

async function readable<T>(
  { log }: Pick<Ports, "log">,
  what: string,
  read: () => Promise<T>,
): Promise<{ value: T | null; trouble: string | null }> {
  try {
    return { value: await read(), trouble: null };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("reading-failed", { what, code: error.code });
    return { value: null, trouble: `The ${what} cannot be read at present: ${error.message}` };
  }
}

/**
 * The same facts with rows and channels as they are at this moment: a process that was paused in the middle of a pass ends
 * nothing on what it read before. Channels that cannot be read are null.
 */
export async function readAnew(
  facts: Facts,
  ports: Pick<Ports, "destinations" | "unreadable" | "channels" | "log">,
) {
  const [destinations, channels] = await Promise.all([
    ports.destinations.list(),
    readable(ports, "channels", () => ports.channels.list()),
  ]);
  const unreadable = ports.unreadable.destinations();
  const listed = channels.value && new Map(channels.value.map(byId));
  const known = listed && withoutUnreadable(listed, unreadable, facts.bindings);
  return { ...facts, destinations, unreadable, channels: known } satisfies Facts;
}

/** A list may be stale: before a show is called lost, a stop done or a stranger found, that channel is read by itself. */
async function confirmNews(ports: Needs, facts: Facts): Promise<Facts> {
  const claimed = claims(facts.destinations, facts.bindings);
  const doubtful = facts.destinations.flatMap((destination) => {
    const claim = claimed.get(destination.id);
    const state = stateFor(claim, facts);
    return claim?.holds && isNews(destination, claim, state) ? [claim.channelId] : [];
  });
  if (doubtful.length === 0) return facts;
  const again = await Promise.all([...new Set(doubtful)].map((each) => readAgain(ports, each)));
  const channels = new Map([...(facts.channels ?? []), ...again.map(byId)]);
  return { ...facts, channels };
}

const byId = (reading: ChannelReading): [string, ChannelReading] => [reading.channelId, reading];

/** True when this state would end a start or a show that is under way, or a stop, or show a channel that nobody wants. */
function isNews(destination: Destination, claim: Claim, state: ChannelState): boolean {
  if (state === "unknown") return false;
  if (isSettled(destination)) return hasBegun(state) && !claim.wantedByOthers;
  const { desired, phase } = destination;
  if (desired === "on" && phase === "accepted") return isBroken(state) || state === "update_failed";
  return !isBilledRunning(state) || (desired === "on" && state === "stopping");
}

async function readAgain(ports: Needs, channelId: string): Promise<ChannelReading> {
  const unreadable: ChannelReading = {
    channelId,
    name: "",
    state: "unknown",
    pipelinesRunning: null,
  };
  try {
    return await ports.channels.read(channelId);
  } catch (error) {
    return isOpsError(error, "not-found") ? { ...unreadable, state: "deleted" } : unreadable;
  }
}
