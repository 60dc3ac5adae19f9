import type { Deed } from "../../../src/domain/deed.ts";
import type { Destination } from "../../../src/domain/destination.ts";

/**
 * What in a row was decided on another row than the one that it replaces, or is untrue of itself; null for nothing. It
 * shows in what a write says of the row: of which intent it speaks, from when an end was moved, and to when.
 */
export function staleIn(row: Destination, before: Destination): string | null {
  const intentId = row.intent?.id ?? null;
  const mark = marks.find(
    ({ of }) => of(row) !== null && of(row) !== of(before) && of(row) !== intentId,
  );
  if (mark !== undefined)
    return `the ${mark.name} of ${mark.of(row)} is written while ${intentId} stands`;
  const moved = row.deeds.find((deed) => !has(before, deed) && !beginsAt(deed, before));
  if (moved !== undefined)
    return `${moved.id} moves an end of ${moved.before?.toISOString()}, which is not the row's`;
  const untrue = row.deeds.find((deed) => !has(before, deed) && !endsAt(deed, row));
  if (untrue !== undefined)
    return `${untrue.id} tells of an end at ${untrue.after?.toISOString()}, which is not the row's`;
  const begins =
    row.phase !== before.phase && (row.phase === "starting" || row.phase === "running");
  return begins && row.desired === "off" ? `it comes to be ${row.phase} while it is off` : null;
}

/** What is written of one intent, which must be the row's own. */
const marks: readonly { name: string; of(row: Destination): string | null }[] = [
  { name: "attempt", of: ({ attempt }) => attempt?.intentId ?? null },
  { name: "output", of: ({ outputIntentId }) => outputIntentId },
  { name: "telling", of: ({ toldIntentId }) => toldIntentId },
];

const has = ({ deeds }: Destination, { id, kind }: Deed): boolean =>
  deeds.some((each) => each.id === id && each.kind === kind);

const moves: ReadonlySet<string> = new Set(["extend", "shrink"]);

const beginsAt = ({ kind, before: from }: Deed, { leaseUntil }: Destination): boolean =>
  !moves.has(kind) || from?.getTime() === leaseUntil?.getTime();

const grants: ReadonlySet<string> = new Set(["start", ...moves]);

/** What people and the audit are told of an end is what the row has. */
const endsAt = ({ kind, after }: Deed, { leaseUntil }: Destination): boolean =>
  !grants.has(kind) || after?.getTime() === leaseUntil?.getTime();
