import type { Broadcast, Notice } from "../domain/broadcast.ts";
import type { ChannelReading, ChannelState } from "../domain/channel.ts";
import type { Destination, DestinationChange, StreamKeyRef } from "../domain/destination.ts";
import type { Secret } from "../domain/secret.ts";
import type { Session } from "../domain/session.ts";
import type { Bindings, SiteMemory } from "../domain/site.ts";
import type { FlowReading } from "../domain/source.ts";
import type { SiteView } from "../domain/view.ts";

/** What the product needs from the world, in its own words. Every method may throw an `OpsError`. */
export type Ports = {
  clock: Clock;
  ids: Ids;
  log: Log;
  channels: Channels;
  flows: Flows;
  streamKeys: StreamKeys;
  bindings: BindingsSource;
  destinations: Destinations;
  sessions: Sessions;
  broadcasts: Broadcasts;
  siteMemory: SiteMemoryStore;
  deliveries: Deliveries;
  notifier: Notifier;
};

export type Clock = {
  now(): Date;
  /** Resolves after this many milliseconds, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** New names for things: `next("intent")` gives `intent_` and something that is never given twice. */
export type Ids = { next(kind: string): string };

/** One log line: a short event name and plain fields, never a secret. */
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** MediaLive channels. Stream keys never come back through this port. */
export type Channels = {
  /** Every channel of the region in one call a page. */
  list(): Promise<ChannelReading[]>;
  /** Throws `not-found` for a channel that AWS does not know. */
  read(channelId: string): Promise<ChannelReading>;
  /**
   * Sets the RTMP address and key of an idle channel. Throws `conflict` in another state and `invalid-input` when AWS
   * refuses the values. Answers with the state after the call.
   */
  setOutput(
    channelId: string,
    output: { platformIngest: string; streamKey: Secret },
  ): Promise<ChannelState>;
  /** One request, never repeated by itself. Throws `conflict` when the state does not allow it. */
  start(channelId: string): Promise<ChannelState>;
  /** One request, never repeated by itself. Throws `conflict` when the state does not allow it. */
  stop(channelId: string): Promise<ChannelState>;
  /** The titles of the alerts that are set at present ("Failed RTMP Connection"). */
  alerts(channelId: string): Promise<string[]>;
};

/** The site's MediaConnect flow. */
export type Flows = {
  read(flowArn: string): Promise<FlowReading>;
  /** Throws `conflict` when the state does not allow it. */
  start(flowArn: string): Promise<void>;
  /** Throws `conflict` when the state does not allow it. */
  stop(flowArn: string): Promise<void>;
};

/** Stream keys by the parameter name that the row stores. */
export type StreamKeys = {
  /** Throws `not-found` when no such parameter exists, `not-allowed` for a name outside the configured prefix. */
  read(ref: StreamKeyRef): Promise<Secret>;
};

/** Which AWS resources are the site's. Throws `not-configured` naming what is missing. */
export type BindingsSource = { read(): Promise<Bindings> };

/** The existing table of destinations: rows are read with tolerance, and only our attributes are written. */
export type Destinations = {
  list(): Promise<Destination[]>;
  /** Throws `not-found`. */
  find(id: string): Promise<Destination>;
  /**
   * Writes some attributes if the row still has the version that was read, and answers with the row as it is then
   * (version + 1). Throws `conflict` when somebody else wrote in between, `not-found` when the row is gone.
   */
  update(read: Destination, change: DestinationChange): Promise<Destination>;
};

/** The existing table of streaming sessions. */
export type Sessions = {
  /** Opens the session unless it exists already. */
  open(session: Session): Promise<void>;
  /** Writes what changed of a session; one that does not exist is left alone. */
  amend(
    id: string,
    change: Partial<Pick<Session, "runningAt" | "endedAt" | "status" | "endReason">>,
  ): Promise<void>;
  find(id: string): Promise<Session | null>;
};

/** The message that shows a broadcast, and what it showed last. */
export type Card = {
  broadcastId: string;
  /** Where it was posted; null while a post is under way or was lost. */
  conversationId: string | null;
  messageTs: string | null;
  /** Digest of what was last sent, so that an unchanged card is not sent again. */
  digest: string | null;
  /** True when the card of an ended broadcast has been brought to its last form. */
  final: boolean;
};

/** Broadcasts with their card and their story. */
export type Broadcasts = {
  /** The latest broadcast, ended or not. */
  latest(): Promise<Broadcast | null>;
  /** Makes this the latest one, if `after` (or none, for null) is the latest still. Throws `conflict` otherwise. */
  open(broadcast: Broadcast, after: string | null): Promise<void>;
  end(id: string, endedAt: Date): Promise<void>;
  card(broadcastId: string): Promise<Card | null>;
  saveCard(card: Card): Promise<void>;
  /** Adds a line of the story once: a notice whose key exists is left as it is. */
  note(notice: Notice): Promise<void>;
  /** The lines of the story that nobody has been told yet, oldest first. */
  untold(broadcastId: string): Promise<Notice[]>;
  told(broadcastId: string, key: string): Promise<void>;
};

export type SiteMemoryStore = {
  read(): Promise<SiteMemory>;
  /** Throws `conflict` when somebody else wrote in between. */
  write(memory: SiteMemory): Promise<void>;
};

/** Slack deliveries by their key, so that one that comes twice acts once, also after a restart. */
export type Deliveries = {
  /** True for the first to claim this key; the claim is good for an hour. */
  claim(key: string): Promise<boolean>;
};

/** Where people see what is true. It neither waits for Slack nor throws. */
export type Notifier = {
  /** Shows the site as it is now; the same view twice costs nothing. */
  show(view: SiteView): void;
};
