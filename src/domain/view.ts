import type { Broadcast } from "./broadcast.ts";
import type { ChannelState } from "./channel.ts";
import type { Actor } from "./destination.ts";
import type { FlowState, SourceReading } from "./source.ts";

/**
 * What a person is told of a destination. `running` costs money; `on-air` also has a source and an output that is
 * accepted, so that viewers can see it.
 */
export type Stage =
  | "disabled"
  | "no-channel"
  | "off"
  | "failed"
  | "starting"
  | "running"
  | "on-air"
  | "stopping"
  | "unknown";

export type DestinationView = {
  id: string;
  name: string;
  platformName: string;
  stage: Stage;
  channelState: ChannelState;
  /** What is still awaited or missing, in words for people: "waiting for the flow", "no signal". */
  missing: string | null;
  /** Since when the stage holds; null when unknown. */
  since: Date | null;
  /** How long a start of it takes as a rule. */
  usualStartSeconds: number;
  by: Actor | null;
  askedAt: Date | null;
  /** When it goes off by itself: the end of its lease, or of a hold that lasts longer. */
  until: Date | null;
  /** A person's hold that keeps every automatic stop away. */
  hold: { until: Date; by: Actor | null; reason: string | null } | null;
  /** What it costs; null while nobody can say. */
  cost: DestinationCost | null;
  lastError: string | null;
  /** The latest intent, so that a button drawn for an older one can be told apart. */
  intentId: string | null;
  can: "start" | "stop" | null;
};

/** Dollars of one destination. */
export type DestinationCost = {
  perHourUsd: number;
  /** What its present session has cost; null when it is off. */
  soFarUsd: number | null;
  /** Minutes that are billed anyway when it is stopped now: what is left of the ten-minute minimum. */
  billedAnywayMinutes: number;
};

/** What one session of the broadcast came to. */
export type SessionView = {
  destinationId: string;
  name: string;
  /** Whole minutes in which its channel ran. */
  minutes: number;
  /** An estimate like all of `SiteCost`. */
  usd: number;
  /** True when it ended otherwise than anybody asked. */
  failed: boolean;
  /** What auto-shutdown left of its lease, in dollars. */
  savedUsd: number;
};

/** Dollars of the site. All are estimates from list prices of `asOf`. */
export type SiteCost = {
  /** What this broadcast has cost, and what an hour costs as things are now. */
  broadcastUsd: number;
  perHourUsd: number;
  /** The flow's part of both. */
  flow: { broadcastUsd: number; perHourUsd: number };
  monthUsd: number;
  forecastUsd: number;
  limitUsd: number | null;
  /** Whose list prices they are; another region's are believed to be the same here. */
  region: string;
  asOf: string;
  /** True when some of those prices were learned from the bill. */
  corrected: boolean;
};

/** The whole site at one moment, the one thing that card, panel, status and API are drawn from. */
export type SiteView = {
  at: Date;
  zone: string;
  broadcast: Broadcast | null;
  flow: FlowState | "not-configured" | "unreadable";
  source: SourceReading;
  destinations: readonly DestinationView[];
  /** Null while nobody can say. */
  cost: SiteCost | null;
  /** The sessions of the broadcast, oldest first; empty while nobody can say. */
  sessions: readonly SessionView[];
  /** Readings that failed, in words for people; what is shown may then be old. */
  troubles: readonly string[];
};

/** True while a destination costs money or is about to. */
export const isActive = ({ stage }: DestinationView): boolean =>
  stage === "starting" || stage === "running" || stage === "on-air" || stage === "stopping";
