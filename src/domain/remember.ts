import { addMinutes } from "date-fns/addMinutes";
import { type ChannelReading, isBilledRunning } from "./channel.ts";
import type { Facts } from "./facts.ts";
import { isFlowNeeded } from "./plan.ts";
import type { Policy } from "./policy.ts";
import { bind, managedChannels, type SiteMemory, type Stranger } from "./site.ts";
import { carriesVideo } from "./source.ts";

/** What the site should remember after one look, and the strangers seen for the first time. */
export type Remembered = {
  memory: SiteMemory;
  changed: boolean;
  arrived: readonly ChannelReading[];
};

/** Since when the flow carries video for nobody, and which running channels no row stands for. */
export function remember(facts: Facts, policy: Policy, now: Date): Remembered {
  const known = facts.memory.strangers;
  const running = strangersIn(facts);
  const arrived = running.filter(
    ({ channelId }) => !known.some((each) => each.channelId === channelId),
  );
  const gone = (each: Stranger) =>
    facts.channels !== null && !running.some(({ channelId }) => channelId === each.channelId);
  const strangers: Stranger[] = [
    ...known.filter((each) => !gone(each)),
    ...arrived.map(({ channelId }) => ({
      channelId,
      seenAt: now,
      until: policy.strangers === "stop" ? now : addMinutes(now, policy.defaultLeaseMinutes),
    })),
  ];
  const flowQuietSince = quietSince(facts, now);
  const changed =
    strangers.length !== known.length ||
    arrived.length > 0 ||
    flowQuietSince?.getTime() !== facts.memory.flowQuietSince?.getTime();
  return { memory: { ...facts.memory, strangers, flowQuietSince }, changed, arrived };
}

function strangersIn(facts: Facts): ChannelReading[] {
  const rows = new Set(
    facts.destinations.map((each) => bind(each, facts.bindings)?.channelId ?? ""),
  );
  const managed = managedChannels(facts.destinations, facts.bindings);
  return [...(facts.channels?.values() ?? [])].filter(
    ({ channelId, state }) =>
      managed.has(channelId) && !rows.has(channelId) && isBilledRunning(state),
  );
}

function quietSince(facts: Facts, now: Date): Date | null {
  const { flow, memory } = facts;
  if (flow === null) return memory.flowQuietSince;
  if (flow === "not-configured" || !carriesVideo(flow.state) || isFlowNeeded(facts)) return null;
  return memory.flowQuietSince ?? now;
}
