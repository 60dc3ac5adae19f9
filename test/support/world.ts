import { listPrices } from "../../src/domain/cost/list-prices.ts";
import { createPriceTable } from "../../src/domain/cost/price-table.ts";
import type { Destination } from "../../src/domain/destination.ts";
import type { Bindings } from "../../src/domain/site.ts";
import type { FlowState } from "../../src/domain/source.ts";
import type { Ports } from "../../src/manager/ports.ts";
import {
  aBindings,
  aChannelReading,
  aDestination,
  channelByPlatform,
  flowArn,
  keyPrefix,
} from "./builders.ts";
import { hooked, type Wrap } from "./hooked.ts";
import { memoryAnnouncements } from "./memory/announcements.ts";
import { memoryAudit } from "./memory/audit.ts";
import { memoryBroadcasts } from "./memory/broadcasts.ts";
import { type ChannelTimes, memoryChannels } from "./memory/channels.ts";
import { memoryClock } from "./memory/clock.ts";
import { memoryDeadlines } from "./memory/deadlines.ts";
import { memoryDeliveries } from "./memory/deliveries.ts";
import { memoryDestinations } from "./memory/destinations.ts";
import { memoryFlows } from "./memory/flows.ts";
import { memoryNotes } from "./memory/notes.ts";
import { memoryOutside } from "./memory/outside.ts";
import { memoryCrew, memoryIds, memoryLog, memoryNotifier } from "./memory/process.ts";
import { memorySessions } from "./memory/sessions.ts";
import { memoryBindings, memorySiteMemory, memoryStreamKeys } from "./memory/site.ts";
import { memorySpans } from "./memory/spans.ts";
import { memoryUnreadable } from "./memory/unreadable.ts";

export type WorldOptions = {
  now?: Date;
  destinations?: readonly Destination[];
  bindings?: Partial<Bindings>;
  flow?: FlowState;
  /** How long channels take; the flow takes a second for each of its ways. */
  times?: Partial<ChannelTimes>;
  wrap?: Wrap;
};

/** List prices of the test site's region. */
const testPrices = createPriceTable({ prices: listPrices, region: "us-west-2", overrides: [] });

/** One destination of each of the test site's channels. */
export const siteDestinations = (): Destination[] =>
  Object.keys(channelByPlatform).map((platform) => aDestination({ platform }));

/**
 * A whole outside world in memory. `ports` is what the product gets; the fakes beside it are the same things with
 * handles (`world.channels.stateOf("1003")`), and `calls` is what AWS saw. `failNext("channels.start", error)` breaks a call.
 */
export function aWorld(options: WorldOptions = {}) {
  const clock = memoryClock(options.now);
  const outside = memoryOutside(clock);
  const rows = options.destinations ?? siteDestinations();
  const keys = rows.flatMap(({ id, streamKeyRef }) =>
    streamKeyRef === null ? [] : [[streamKeyRef, `key-of-${id}`]],
  );
  const flows = memoryFlows(outside, { flowArn, state: options.flow ?? "standby" });
  const destinations = memoryDestinations(outside, rows);
  const parts = {
    clock,
    ids: memoryIds(),
    log: memoryLog(),
    channels: memoryChannels(outside, {
      channels: Object.entries(channelByPlatform).map(([name, channelId]) =>
        aChannelReading({ name, channelId }),
      ),
      onMove: flows.disturb,
      ...options.times,
    }),
    flows,
    streamKeys: memoryStreamKeys(outside, { prefix: keyPrefix, keys: Object.fromEntries(keys) }),
    bindings: memoryBindings(outside, aBindings(options.bindings)),
    destinations,
    sessions: memorySessions(outside),
    broadcasts: memoryBroadcasts(outside),
    siteMemory: memorySiteMemory(outside),
    deliveries: memoryDeliveries(outside),
    deadlines: memoryDeadlines(outside),
    spans: memorySpans(outside),
    announcements: memoryAnnouncements(outside),
    audit: memoryAudit(outside),
    notes: memoryNotes(outside),
    unreadable: memoryUnreadable(destinations),
    notifier: memoryNotifier(),
    crew: memoryCrew(),
    bill: null,
    prices: testPrices,
  };
  const ports: Ports = options.wrap === undefined ? parts : hooked(parts, options.wrap);
  return { ...parts, ports, calls: outside.calls, failNext: outside.failNext };
}

export type World = ReturnType<typeof aWorld>;
