import type { types } from "@slack/bolt";
import type { Block } from "../../src/bot/render/blocks.ts";
import type { DestinationView, SiteCost, SiteView } from "../../src/domain/view.ts";
import { aBroadcast, aDestinationView, ana, siteNow } from "./builders.ts";

/** A moment before `siteNow`. */
export const earlier = (seconds: number): Date => new Date(siteNow.getTime() - seconds * 1000);

/** A moment after `siteNow`. */
export const later = (seconds: number): Date => new Date(siteNow.getTime() + seconds * 1000);

/** Twitch on air since 42 minutes, started by Ana. */
export const onAir = (overrides: Partial<DestinationView> = {}): DestinationView =>
  aDestinationView({
    stage: "on-air",
    channelState: "running",
    since: earlier(42 * 60),
    by: ana,
    askedAt: earlier(44 * 60),
    until: later(2 * 3600),
    intentId: "intent_1",
    can: "stop",
    ...overrides,
  });

/** Twitch starting since a moment, asked for by Ana. */
export const starting = (overrides: Partial<DestinationView> = {}): DestinationView =>
  onAir({
    stage: "starting",
    channelState: "starting",
    since: earlier(20),
    askedAt: earlier(20),
    ...overrides,
  });

/** A quiet site in the middle of a broadcast: a source, an active flow, Twitch off. */
export const aView = (overrides: Partial<SiteView> = {}): SiteView => ({
  at: siteNow,
  zone: "UTC",
  broadcast: aBroadcast({ startedAt: earlier(45 * 60) }),
  flow: "active",
  source: { connected: true, bitrateBps: 7_940_000, rttMs: 32.4, lossPercent: 0 },
  destinations: [aDestinationView()],
  cost: null,
  sessions: [],
  troubles: [],
  ...overrides,
});

/** A month in the middle of its budget. */
export const aSiteCost = (overrides: Partial<SiteCost> = {}): SiteCost => ({
  broadcastUsd: 1.94,
  perHourUsd: 2.71,
  flow: { broadcastUsd: 0, perHourUsd: 0 },
  monthUsd: 212.34,
  forecastUsd: 387.6,
  limitUsd: 400,
  region: "us-west-2",
  asOf: "2026-09-15",
  corrected: false,
  ...overrides,
});

/** What each block says to those who see it; a row of buttons says nothing. */
export const wordsIn = (blocks: readonly Block[]): string[] =>
  blocks.map((block) => {
    if (block.type === "header" || block.type === "section") return block.text?.text ?? "";
    if (block.type !== "context") return "";
    return block.elements.map((each) => (each.type === "image" ? "" : each.text)).join(" ");
  });

/** Every button of a message, in order. */
export const buttonsIn = (blocks: readonly Block[]): types.Button[] =>
  blocks
    .flatMap((block): unknown[] => {
      if (block.type === "actions") return block.elements;
      return block.type === "section" ? [block.accessory] : [];
    })
    .filter((each): each is types.Button => each !== undefined);
