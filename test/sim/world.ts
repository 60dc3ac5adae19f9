import { type ChannelReading, isBilledRunning, isInTransit } from "../../src/domain/channel.ts";
import { listPrices } from "../../src/domain/cost/list-prices.ts";
import { createPriceTable } from "../../src/domain/cost/price-table.ts";
import { type Destination, isSettled } from "../../src/domain/destination.ts";
import type { FlowState } from "../../src/domain/source.ts";
import {
  aBindings,
  aChannelReading,
  aDestination,
  channelByPlatform,
  flowArn,
  keyPrefix,
} from "../support/builders.ts";
import { memoryAnnouncements } from "../support/memory/announcements.ts";
import { memoryAudit } from "../support/memory/audit.ts";
import { memoryBroadcasts } from "../support/memory/broadcasts.ts";
import { memoryChannels } from "../support/memory/channels.ts";
import { memoryDeadlines } from "../support/memory/deadlines.ts";
import { memoryDeliveries } from "../support/memory/deliveries.ts";
import { memoryDestinations } from "../support/memory/destinations.ts";
import { memoryFlows } from "../support/memory/flows.ts";
import { memoryNotes } from "../support/memory/notes.ts";
import type { Outside } from "../support/memory/outside.ts";
import { memorySessions } from "../support/memory/sessions.ts";
import { memoryBindings, memorySiteMemory, memoryStreamKeys } from "../support/memory/site.ts";
import { memorySpans } from "../support/memory/spans.ts";
import { memoryUnreadable } from "../support/memory/unreadable.ts";
import { createHistory } from "./history.ts";
import type { SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** What the world tells those who watch it, at the very moment at which it happens. */
export type Watcher = {
  rowWritten?(row: Destination, before: Destination | null): void;
  channelEntered?(reading: ChannelReading, due: Date | null): void;
  flowEntered?(state: FlowState): void;
};

/** A canary: it stands in every stream key, and nowhere else. */
export const canary = "cnry";

/** The outside world, shared by all processes: its effects happen at once, and only the way to it has faults. */
export function createWorld(options: SimOptions, timeline: Timeline, random: Random) {
  const watchers: Watcher[] = [];
  const outside = createOutside(timeline);
  const history = createHistory(timeline);
  const rows = options.platforms.map((platform) => aDestination({ platform }));
  const refs = rows.flatMap(({ streamKeyRef }) => streamKeyRef ?? []);
  const keys = refs.map((ref, index) => [ref, `${canary}-${options.seed}-${index}`]);
  const slowStart = options.faults["start-slow"];
  const flows = memoryFlows(outside, {
    flowArn,
    source: { connected: true, bitrateBps: 6_000_000, rttMs: 24, lossPercent: 0 },
    startMs: 9_000,
    stopMs: 6_000,
    updatingMs: 4_000,
    onEnter(state, due) {
      for (const watcher of watchers) watcher.flowEntered?.(state);
      if (due !== null) timeline.at(due.getTime(), () => void flows.stateOf());
    },
  });
  const channels = memoryChannels(outside, {
    onMove: flows.disturb,
    startMs: () =>
      1_000 * (random.chance(slowStart * 0.2) ? random.between(90, 560) : random.between(15, 80)),
    stopMs: () => 1_000 * random.between(5, 60),
    updateMs: () => 1_000 * random.between(1, 10),
    onEnter(reading, due) {
      history.entered(reading);
      for (const watcher of watchers) watcher.channelEntered?.(reading, due);
      if (due !== null) timeline.at(due.getTime(), () => touch(reading.channelId));
    },
  });
  const touch = (channelId: string) => {
    if (history.knows(channelId)) channels.stateOf(channelId);
  };
  const destinations = memoryDestinations(outside, rows, (row, before) => {
    for (const watcher of watchers) watcher.rowWritten?.(row, before);
  });
  const parts = {
    channels,
    flows,
    streamKeys: memoryStreamKeys(outside, { prefix: keyPrefix, keys: Object.fromEntries(keys) }),
    bindings: memoryBindings(outside, aBindings()),
    destinations,
    unreadable: memoryUnreadable(destinations),
    sessions: memorySessions(outside),
    broadcasts: memoryBroadcasts(outside),
    siteMemory: memorySiteMemory(outside),
    deliveries: memoryDeliveries(outside),
    deadlines: memoryDeadlines(outside),
    spans: memorySpans(outside),
    announcements: memoryAnnouncements(outside, { isHeard: options.messages }),
    audit: memoryAudit(outside),
    notes: memoryNotes(outside),
    bill: null,
    prices: createPriceTable({ prices: listPrices, region: "us-west-2", overrides: [] }),
  };
  for (const [name, channelId] of Object.entries(channelByPlatform))
    channels.put(aChannelReading({ name, channelId }));
  let sourceLostAt: number | null = null;
  return {
    ...parts,
    /** Since when no source has arrived; null while one does. */
    sourceLostAt: () => sourceLostAt,
    setSource(connected: boolean): void {
      sourceLostAt = connected ? null : (sourceLostAt ?? timeline.now());
      flows.setSource({ connected });
    },
    /** True while nothing is wanted, on its way or running, nor written down as if it were. */
    isAtRest: () =>
      destinations.all().every(isSettled) &&
      flows.stateOf() === "standby" &&
      !history.all().some(({ state }) => isBilledRunning(state) || isInTransit(state)) &&
      parts.sessions.all().every(({ endedAt }) => endedAt !== null),
    history,
    outside,
    watch: (watcher: Watcher) => void watchers.push(watcher),
    /** Takes a channel out of AWS, as somebody in its console does. */
    deleteChannel(channelId: string) {
      channels.put({ channelId, state: "deleted" });
      channels.remove(channelId);
    },
  };
}

export type SimWorld = ReturnType<typeof createWorld>;

/** The fakes' outside without faults of its own and without a list of calls that grows for a year. */
function createOutside(timeline: Timeline): Outside {
  const never = () => {
    throw new Error("the faults of a simulation are drawn on the way to the world");
  };
  return {
    clock: {
      now: () => new Date(timeline.now()),
      sleep: never,
      advance: never,
      set: never,
      sleepers: () => 0,
    },
    calls: Object.assign([], { push: () => 0 }),
    failNext: never,
    pass(_, act) {
      try {
        return Promise.resolve(act());
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };
}
