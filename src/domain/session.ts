import type { Actor } from "./destination.ts";

/** One on-air period of one destination, from the accepted start to the settled stop. */
export type Session = {
  id: string;
  destinationId: string;
  destinationName: string;
  platform: string;
  channelId: string | null;
  broadcastId: string;
  startedBy: Actor;
  /** When the start was asked for. */
  startedAt: Date;
  runningAt: Date | null;
  endedAt: Date | null;
  status: "active" | "stopped" | "error";
  /** Why it ended, in a sentence. */
  endReason: string | null;
};

/** The session that an intent opens; the same intent always opens the same one. */
export const sessionIdFrom = (intentId: string): string => `session_${intentId}`;
