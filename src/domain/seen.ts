import type { Destination } from "./destination.ts";

/**
 * The intents that a button was drawn for, as it carries them: their ids in a row, nothing for a destination that never
 * had one.
 */
export type Seen = string;

export const seenOf = (rows: readonly Pick<Destination, "intent">[]): Seen =>
  rows.map(({ intent }) => intent?.id ?? "").join(" ");

/** True for a destination that still has one of these intents: a button may not act on a newer run. */
export const isAsSeen = ({ intent }: Pick<Destination, "intent">, seen: Seen): boolean =>
  seen.split(" ").includes(intent?.id ?? "");
