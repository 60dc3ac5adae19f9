import type { Broadcast, Notice } from "../../src/domain/broadcast.ts";
import type { ChannelReading } from "../../src/domain/channel.ts";
import type { Actor, Destination, Intent } from "../../src/domain/destination.ts";
import type { Facts } from "../../src/domain/facts.ts";
import { platformOf } from "../../src/domain/platforms/index.ts";
import type { Session } from "../../src/domain/session.ts";
import { type Bindings, emptyMemory } from "../../src/domain/site.ts";
import type { FlowReading } from "../../src/domain/source.ts";
import type { DestinationView } from "../../src/domain/view.ts";

export const siteNow = new Date("2026-11-22T19:00:00.000Z");
export const flowArn = "arn:aws:mediaconnect:us-west-2:123456789012:flow:1-test:srt-router";
export const keyPrefix = "/patchbay/test";
export const ana: Actor = { id: "U0ANA", name: "Ana" };
export const ben: Actor = { id: "U0BEN", name: "Ben" };

/** The dedicated channels of the test site. */
export const channelByPlatform = {
  primary: "1001",
  youtube: "1002",
  twitch: "1003",
  linkedin: "1004",
  custom: "1005",
};

/** Where the stream key of a destination is kept on the test site. */
export const keyRef = (destinationId: string) =>
  `${keyPrefix}/destinations/${destinationId}/stream_key`;

export const aBindings = (overrides: Partial<Bindings> = {}): Bindings => ({
  channelByPlatform,
  sharedChannelId: null,
  flowArn,
  ...overrides,
});

/** A settled, enabled Twitch destination that patchbay has never written; ids and key follow the platform. */
export function aDestination(overrides: Partial<Destination> = {}): Destination {
  const platform = overrides.platform ?? "twitch";
  const id = overrides.id ?? `dest_${platform}`;
  const kind = platformOf(platform);
  const rtmp = kind?.output !== "hls";
  return {
    id,
    name: kind?.name ?? platform,
    platform,
    kind: kind?.id ?? null,
    platformIngest: rtmp ? (kind?.ingest.example ?? null) : null,
    streamKeyRef: rtmp ? keyRef(id) : null,
    presetId: kind?.defaultPresetId ?? null,
    enabled: true,
    channelId: null,
    createdAt: new Date("2026-01-05T10:00:00.000Z"),
    desired: "off",
    intent: null,
    phase: "off",
    leaseUntil: null,
    holdUntil: null,
    heldBy: null,
    holdReason: null,
    deeds: [],
    attempt: null,
    outputIntentId: null,
    toldIntentId: null,
    sessionId: null,
    failures: 0,
    retryAt: null,
    lastError: null,
    channelState: "idle",
    stateSince: null,
    lastSyncAt: null,
    runningSince: null,
    settledAt: null,
    version: 0,
    ...overrides,
  };
}

export const anIntent = (overrides: Partial<Intent> = {}): Intent => ({
  id: "intent_1",
  by: ana,
  reason: null,
  at: siteNow,
  ...overrides,
});

export const aChannelReading = (overrides: Partial<ChannelReading> = {}): ChannelReading => ({
  channelId: channelByPlatform.twitch,
  name: "twitch",
  state: "idle",
  pipelinesRunning: overrides.state === "running" ? 1 : 0,
  ...overrides,
});

export const aFlowReading = (overrides: Partial<FlowReading> = {}): FlowReading => ({
  name: "srt-router",
  state: "active",
  source: { connected: true, bitrateBps: 6_000_000, rttMs: 24, lossPercent: 0 },
  ...overrides,
});

export const aBroadcast = (overrides: Partial<Broadcast> = {}): Broadcast => ({
  id: "broadcast_1",
  startedAt: siteNow,
  startedBy: ana,
  endedAt: null,
  ...overrides,
});

export const aNotice = (overrides: Partial<Notice> = {}): Notice => ({
  key: "intent_1:start-asked",
  kind: "start-asked",
  at: siteNow,
  broadcastId: "broadcast_1",
  destinationId: "dest_twitch",
  destinationName: "Twitch",
  by: ana,
  until: null,
  before: null,
  detail: null,
  ...overrides,
});

export const aSession = (overrides: Partial<Session> = {}): Session => ({
  id: "session_intent_1",
  destinationId: "dest_twitch",
  destinationName: "Twitch",
  platform: "twitch",
  channelId: channelByPlatform.twitch,
  broadcastId: "broadcast_1",
  showId: null,
  startedBy: ana,
  startedAt: siteNow,
  billedFrom: null,
  runningAt: null,
  endedAt: null,
  status: "active",
  endReason: null,
  endedBy: null,
  leaseUntil: null,
  spec: null,
  ...overrides,
});

/** Facts of a quiet site: idle channels, an active flow, no memory. */
export function someFacts(overrides: Partial<Facts> = {}): Facts {
  const channels = Object.entries(channelByPlatform).map(([name, channelId]) =>
    aChannelReading({ name, channelId }),
  );
  return {
    destinations: [aDestination()],
    unreadable: [],
    channels: new Map(channels.map((each) => [each.channelId, each])),
    flow: aFlowReading(),
    bindings: aBindings(),
    memory: emptyMemory,
    ...overrides,
  };
}

/** What a person is told of a Twitch that is off. */
export const aDestinationView = (overrides: Partial<DestinationView> = {}): DestinationView => ({
  id: "dest_twitch",
  name: "Twitch",
  platformName: "Twitch",
  stage: "off",
  channelState: "idle",
  missing: null,
  since: null,
  usualStartSeconds: 120,
  by: null,
  askedAt: null,
  until: null,
  hold: null,
  cost: null,
  lastError: null,
  intentId: null,
  can: "start",
  ...overrides,
});
