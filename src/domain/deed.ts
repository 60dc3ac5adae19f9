import { type Actor, type Destination, outsider } from "./destination.ts";

export type WishKind = "start" | "stop" | "extend" | "shrink" | "hold" | "release";

/** What happens without a wish. */
export type UnaskedKind =
  | "failed"
  | "stopped-outside"
  | "deadline-stopped"
  | "adopted"
  | "late-start"
  | "stranger-stopped";

export type DeedKind = WishKind | UnaskedKind;

/**
 * One accepted wish, or what happened without one, as it was written: who wanted what, why, and what it changed. It waits
 * in the row until it is in the audit and in the story, so that none is lost when a process dies or another wish follows
 * at once, and nothing is told that a wish was quicker than.
 */
export type Deed = {
  /** The intent's id, but for a moved end. */
  id: string;
  kind: DeedKind;
  by: Actor;
  reason: string | null;
  at: Date;
  /** The lease's or the hold's end before and after. */
  before: Date | null;
  after: Date | null;
};

const unasked: ReadonlySet<string> = new Set<UnaskedKind>([
  "failed",
  "stopped-outside",
  "deadline-stopped",
  "adopted",
  "late-start",
  "stranger-stopped",
]);

/** True for what no wish tells of. */
export const isUnasked = (kind: string): kind is UnaskedKind => unasked.has(kind);

/** What became of the row's intent without a wish. */
export const unaskedDeed = (
  { id, intent }: Pick<Destination, "id" | "intent">,
  { kind, reason, at }: { kind: UnaskedKind; reason: string | null; at: Date },
): Deed => ({
  id: intent?.id ?? id,
  kind,
  by: intent?.by ?? outsider,
  reason,
  at,
  before: null,
  after: null,
});

/** No row grows without end, also while nothing can be told: the oldest deeds give way. */
const mostDeeds = 50;

/** The deeds of a row with one more. */
export const withDeed = ({ deeds }: Pick<Destination, "deeds">, deed: Deed): readonly Deed[] =>
  [...deeds, deed].slice(-mostDeeds);
