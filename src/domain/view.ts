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
  by: Actor | null;
  askedAt: Date | null;
  until: Date | null;
  lastError: string | null;
  /** The latest intent, so that a button drawn for an older one can be told apart. */
  intentId: string | null;
  can: "start" | "stop" | null;
};

/** The whole site at one moment, the one thing that card, panel, status and API are drawn from. */
export type SiteView = {
  at: Date;
  zone: string;
  broadcast: Broadcast | null;
  flow: FlowState | "not-configured" | "unreadable";
  source: SourceReading;
  destinations: readonly DestinationView[];
  /** Readings that failed, in words for people; what is shown may then be old. */
  troubles: readonly string[];
};

/** True while a destination costs money or is about to. */
export const isActive = ({ stage }: DestinationView): boolean =>
  stage === "starting" || stage === "running" || stage === "on-air" || stage === "stopping";
