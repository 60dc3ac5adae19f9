import type { Announcement, Content, KeptAnnouncement, Shown } from "../domain/announcement.ts";
import type { AuditEntry } from "../domain/audit.ts";
import type { Broadcast, Notice } from "../domain/broadcast.ts";
import type { ChannelReading, ChannelState } from "../domain/channel.ts";
import type { ChannelSpec } from "../domain/channel-spec.ts";
import type { PriceTable } from "../domain/cost/price-table.ts";
import type { Destination, DestinationChange, StreamKeyRef } from "../domain/destination.ts";
import type { Standing } from "../domain/role.ts";
import type { Secret } from "../domain/secret.ts";
import type { Session, SessionChange } from "../domain/session.ts";
import type { Bindings, SiteMemory } from "../domain/site.ts";
import type { FlowReading } from "../domain/source.ts";
import type { Span, SpanKind } from "../domain/span.ts";
import type { UnreadableDestination, UnreadableRow } from "../domain/unreadable-rows.ts";
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
  deadlines: Deadlines;
  spans: Spans;
  announcements: Announcements;
  audit: Audit;
  notes: Notes;
  unreadable: Unreadable;
  notifier: Notifier;
  crew: Crew;
  /** Null where the site does not compare its meter with the bill. */
  bill: Bill | null;
  /** Dollars, by the region of the site. */
  prices: PriceTable;
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
  /** What the channel is configured to encode. Throws `not-found`. */
  spec(channelId: string): Promise<ChannelSpec>;
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
  amend(id: string, change: SessionChange): Promise<void>;
  find(id: string): Promise<Session | null>;
  /** The sessions that overlap this time, oldest first; `to` is not part of it. */
  list(from: Date, to: Date): Promise<Session[]>;
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
  /** Grows with each save; 0 for a card that is not saved yet. */
  revision: number;
};

/** Broadcasts with their card and their story. */
export type Broadcasts = {
  /** The latest broadcast, ended or not. */
  latest(): Promise<Broadcast | null>;
  /** Makes this the latest one, if `after` (or none, for null) is the latest still. Throws `conflict` otherwise. */
  open(broadcast: Broadcast, after: string | null): Promise<void>;
  end(id: string, endedAt: Date): Promise<void>;
  card(broadcastId: string): Promise<Card | null>;
  /** Saves the card with its next revision. Throws `conflict` when the saved one has another revision than this. */
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
  /**
   * True for the first to claim this key; the claim is good for an hour. `call` is the one call that may come again after it
   * was broken off: throws `timed-out` when it does, for nobody knows how far it came.
   */
  claim(key: string, call?: string | null): Promise<boolean>;
};

/**
 * One-shot stops that AWS carries out by itself: kill the bot, and the channel stops all the same. A channel has at most
 * one; it is kept to the minute (EventBridge Scheduler user guide, schedule-types).
 */
export type Deadlines = {
  /** Writes or moves the channel's deadline. */
  set(channelId: string, at: Date): Promise<void>;
  /** Takes it away; there may be none. */
  clear(channelId: string): Promise<void>;
};

/** Periods of the site that cost or waste money. */
export type Spans = {
  /** Opens the span unless it exists. */
  open(span: Span): Promise<void>;
  /** Ends it once; one that has ended, or does not exist, is left alone. */
  close(id: string, to: Date): Promise<void>;
  /** The spans of a kind that overlap this time, oldest first; `to` is not part of it. */
  list(kind: SpanKind, from: Date, to: Date): Promise<Span[]>;
};

/** What the conversation is told, each thing once. */
export type Announcements = {
  /** Adds it unless its key was ever used; true when it was added now. */
  add(announcement: Announcement): Promise<boolean>;
  find(key: string): Promise<KeptAnnouncement | null>;
  /** All that are open, or not shown in Slack as they are now, oldest first. */
  live(): Promise<KeptAnnouncement[]>;
  /** Says something else if it still has the revision that was read. Throws `conflict` otherwise. */
  amend(read: KeptAnnouncement, change: { content: Content; open: boolean }): Promise<void>;
  /** Notes where it is shown; an older revision than the one noted changes nothing. */
  noteShown(key: string, shown: Shown): Promise<void>;
};

/** Who did what: lines are only ever added. */
export type Audit = {
  /** Adds a line once. */
  add(entry: AuditEntry): Promise<void>;
  /** The latest lines, newest first, of one destination or of all. */
  latest(options: { destinationId?: string; limit: number }): Promise<AuditEntry[]>;
};

/** One line of AWS's bill for a day; `operation` is as AWS names it ("CHANNEL_INPUT"). */
export type BilledLine = {
  service: string;
  operation: string;
  usd: number;
  usage: number;
  /** True while AWS may still change it. */
  estimated: boolean;
};

/** What AWS has billed; it comes hours late, and each question costs a cent. */
export type Bill = {
  /** The lines of one day in UTC, "2026-11-22". */
  day(date: string): Promise<BilledLine[]>;
};

/** Short words that are remembered under a key ("settings", "show#1"), changed only by compare and set. */
export type Notes = {
  read(key: string): Promise<string | null>;
  /** Every note whose key begins so, by key. */
  list(prefix: string): Promise<{ key: string; words: string }[]>;
  /** Writes words, or removes them for null, if they still are `previous`. Throws `conflict` otherwise. */
  write(key: string, words: string | null, previous: string | null): Promise<void>;
};

/** What is stored and cannot be read, as far as it was met. It neither waits nor throws. */
export type Unreadable = {
  /** The rows that the last reading of all destinations has left out. */
  destinations(): readonly UnreadableDestination[];
  rows(): readonly UnreadableRow[];
};

/** The people of the site. It never throws. */
export type Crew = { standing(userId: string): Promise<Standing> };

/** Where people see what is true. It neither waits for Slack nor throws. */
export type Notifier = {
  /** Says that announcements have been added or amended. */
  announce(): void;
  /** Shows the site as it is now; the same view twice costs nothing. */
  show(view: SiteView): void;
};
