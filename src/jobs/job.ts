import type { Announcement, Content, KeptAnnouncement } from "../domain/announcement.ts";
import type { Broadcast } from "../domain/broadcast.ts";
import type { Destination } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import type { Policy } from "../domain/policy.ts";
import type { Show } from "../domain/show.ts";
import type { Costs } from "../manager/costs.ts";
import type { Intents } from "../manager/intents.ts";
import type { Ports } from "../manager/ports.ts";

/** One unattended task. It decides on what is and writes intents and announcements, so that running twice does no harm. */
export type Job = {
  name: string;
  run(now: Date, tick: Tick): Promise<void>;
};

/** What the jobs of one tick share: each thing is read once, when the first of them asks for it. */
export type Tick = {
  policy: Policy;
  log: Ports["log"];
  intents: Intents;
  costs: Costs;
  ports: TickPorts;
  rows(): Promise<readonly Destination[]>;
  facts(): Promise<Facts>;
  broadcast(): Promise<Broadcast | null>;
  /** Announcements that are open, or not shown yet as they are. */
  live(): Promise<readonly KeptAnnouncement[]>;
  shows(): Promise<readonly Show[]>;
  /** The ids of the shows that cannot be read. */
  unreadableShows(): Promise<readonly string[]>;
  /** Reads again, for what cuts a show: since the tick's readings the process may have been paused for long. */
  anew(): Promise<{ facts: Facts; live: readonly KeptAnnouncement[]; now: Date }>;
  /** Tells something once; true when this call was the first to. */
  say(announcement: Announcement): Promise<boolean>;
  /** Says something else in its place; does nothing when somebody else has changed it in between. */
  amend(read: KeptAnnouncement, change: { content: Content; open: boolean }): Promise<void>;
};

export type TickPorts = Pick<
  Ports,
  | "announcements"
  | "audit"
  | "notes"
  | "unreadable"
  | "sessions"
  | "spans"
  | "channels"
  | "streamKeys"
  | "bill"
  | "crew"
  | "prices"
>;
