import { addHours } from "date-fns/addHours";
import type { Destination } from "../domain/destination.ts";
import type { Drift } from "../domain/drift.ts";
import { hourlyOf, startOffer } from "../domain/offers.ts";
import { isCut } from "../domain/switched.ts";
import { strong, text } from "../domain/text.ts";
import type { Ports } from "./ports.ts";

type Given = { now: Date; usdPerHour: ReadonlyMap<string, number> };

/**
 * Shows that the switch in AWS ended before their time, and that nobody has started again. They are not started without
 * being asked for: somebody may have stopped one in the same minute.
 */
export async function cutShows(
  rows: readonly Destination[],
  { sessions }: Pick<Ports, "sessions">,
  given: Given,
): Promise<Drift[]> {
  const found = rows.filter(isCut).map(async (row) => {
    const session = row.sessionId === null ? null : await sessions.find(row.sessionId);
    return toDrift(row, row.leaseUntil ?? session?.leaseUntil ?? null, given);
  });
  return (await Promise.all(found)).filter((each) => each !== null);
}

/** Worth a word until the show was to end, and for an hour if that is longer. */
function toDrift(row: Destination, end: Date | null, { now, usdPerHour }: Given): Drift | null {
  const { id, name, intent } = row;
  if (intent === null) return null;
  const goesOn = end !== null && end > now;
  if (!goesOn && addHours(intent.at, 1) <= now) return null;
  const wish = end === null ? [] : text`, although it was to be on until ${end}`;
  return {
    key: `cut.${intent.id}`,
    kind: "cut",
    since: intent.at,
    destinationId: id,
    channelId: null,
    lines: [
      [...text`${strong(name)} went off at ${intent.at}`, ...wish, `: ${intent.reason}.`],
      text`Nobody asked for that. It stays off until somebody starts it again.`,
    ],
    buttons: [
      startOffer([row], {
        label: "Start again",
        usdPerHour: hourlyOf([row], usdPerHour),
        ...(goesOn ? { until: end } : {}),
      }),
    ],
  };
}
