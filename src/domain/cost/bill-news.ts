import { type Announcement, saying, siteMessage } from "../announcement.ts";
import { onFirstUse } from "../on-first-use.ts";
import { type BilledDay, type Correction, reconcile } from "./correction.ts";

/** A difference is told when it is more than both: a part of the larger sum, and dollars. */
const told = { part: 0.1, usd: 1 } as const;

const isTold = ({ meteredUsd, billedUsd, differenceUsd }: Correction): boolean =>
  Math.abs(differenceUsd) > told.usd &&
  Math.abs(differenceUsd) > told.part * Math.max(meteredUsd, billedUsd);

/**
 * Where a month's bill is far from the meter, once a month, with what all days that are known say about it; null where it
 * is not. `month` is "2026-11" in UTC, as bills are.
 */
export function billNews(
  days: readonly BilledDay[],
  month: string,
  now: Date,
): Announcement | null {
  const inMonth = days.filter(({ date }) => date.startsWith(month));
  const far = reconcile(inMonth).filter(isTold);
  if (far.length === 0) return null;
  const explained = reconcile(days).filter(({ operation }) =>
    far.some((each) => each.operation === operation),
  );
  return siteMessage({
    key: `bill_${month}`,
    at: now,
    content: saying(
      [
        [`AWS's bill for ${month} so far is not what patchbay counts.`],
        ...explained.map(({ explained: words }) => [words]),
        ...othersIn(inMonth),
        ["What it counts from now on follows the bill where enough days agree."],
      ],
      [{ label: "See the costs", command: "cost month" }],
    ),
  });
}

/** Whose channels are in that bill beside the site's. */
function othersIn(days: readonly BilledDay[]): string[][] {
  const names = [...new Set(days.flatMap(({ others }) => others))];
  return names.length === 0
    ? []
    : [
        [
          `Channels that are not this site's are in that bill: ${inSentence().format(names)}. What they cost cannot be told apart, so nothing is learned while they are there.`,
        ],
      ];
}

const inSentence = onFirstUse(() => new Intl.ListFormat("en-GB"));
