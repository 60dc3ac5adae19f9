import type { Actor } from "./destination.ts";

/** The sessions of one evening together: from the first accepted start until every destination is off again. */
export type Broadcast = {
  id: string;
  startedAt: Date;
  startedBy: Actor;
  endedAt: Date | null;
};

/** What happened, as the thread under the live card tells it. */
export type NoticeKind =
  | "start-asked"
  | "running"
  | "stop-asked"
  | "off"
  | "failed"
  | "stopped-outside"
  | "deadline-stopped"
  | "extended"
  | "shortened"
  | "held"
  | "released"
  | "adopted"
  | "late-start"
  | "stuck-stopping"
  | "stranger-seen"
  | "stranger-stopped";

/**
 * One line of the story. `key` is the same however often the same fact is seen, so that it is told once;
 * `detail` is a sentence for people.
 */
export type Notice = {
  key: string;
  kind: NoticeKind;
  at: Date;
  broadcastId: string;
  destinationId: string | null;
  destinationName: string;
  by: Actor | null;
  /** The end that it is about, and the one that it replaced. */
  until: Date | null;
  before: Date | null;
  detail: string | null;
};
