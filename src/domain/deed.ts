import type { Actor, Destination } from "./destination.ts";

export type DeedKind = "start" | "stop" | "extend" | "shrink" | "hold" | "release";

/**
 * One accepted wish as it was written: who wanted what, why, and what it changed. It waits in the row until it is in the
 * audit and in the story, so that none is lost when a process dies or another wish follows at once.
 */
export type Deed = {
  /** The intent's id for a start or a stop. */
  id: string;
  kind: DeedKind;
  by: Actor;
  reason: string | null;
  at: Date;
  /** The lease's or the hold's end before and after. */
  before: Date | null;
  after: Date | null;
};

/** No row grows without end, also while nothing can be told: the oldest deeds give way. */
const mostDeeds = 50;

/** The deeds of a row with one more. */
export const withDeed = ({ deeds }: Pick<Destination, "deeds">, deed: Deed): readonly Deed[] =>
  [...deeds, deed].slice(-mostDeeds);
