import type { ChannelSpec } from "./channel-spec.ts";
import type { Actor } from "./destination.ts";

/** One on-air period of one destination, from the accepted start to the settled stop. */
export type Session = {
  id: string;
  destinationId: string;
  destinationName: string;
  platform: string;
  channelId: string | null;
  broadcastId: string;
  /** The show that it belongs to; null for one that somebody started by hand. */
  showId: string | null;
  startedBy: Actor;
  /** When the start was asked for. */
  startedAt: Date;
  /** When AWS was asked to start the channel: billing counts from here until `endedAt`, as an upper bound. */
  billedFrom: Date | null;
  runningAt: Date | null;
  endedAt: Date | null;
  status: "active" | "stopped" | "error";
  /** Why it ended, in a sentence. */
  endReason: string | null;
  /** Who or what ended it. */
  endedBy: Actor | null;
  /** The end that its lease had when it ended: what is left of it then was saved. */
  leaseUntil: Date | null;
  /** What its channel encodes; null when AWS could not be asked, so that its price is assumed. */
  spec: ChannelSpec | null;
};

/** What is written of a session after it was opened. */
export type SessionChange = Partial<
  Pick<
    Session,
    | "billedFrom"
    | "runningAt"
    | "endedAt"
    | "status"
    | "endReason"
    | "endedBy"
    | "leaseUntil"
    | "spec"
  >
>;

/** The session that an intent opens; the same intent always opens the same one. */
export const sessionIdFrom = (intentId: string): string => `session_${intentId}`;

const showIntent = /^(show_.+)_\d{4}-\d{2}-\d{2}_/;

/** The show that an intent belongs to: its starts are named `<show>_<date>_<destination>`. */
export const showIdFrom = (intentId: string): string | null =>
  showIntent.exec(intentId)?.[1] ?? null;

/** The session of a channel that runs without a row; the version of the memory that first knows of it tells two apart. */
export const strangerSessionId = (channelId: string, version: number): string =>
  `session_stranger_${channelId}_${version}`;
