import type { SiteMemory } from "./site.ts";

type Loss = Pick<SiteMemory, "sourceLostSince" | "sourceLostSeenAt">;

/** For so long the source may be out of sight until nobody can say any more that it was gone all the time. */
const blindMs = 120_000;
/** How often it is noted that the source is still gone. */
const noteMs = 30_000;

/** True while readings without a source have followed one another until now, so that what they say holds for all that time. */
export const isLossInSight = ({ sourceLostSeenAt }: Loss, now: Date): boolean =>
  sourceLostSeenAt !== null && now.getTime() - sourceLostSeenAt.getTime() <= blindMs;

/**
 * What to remember of the source after a reading while something runs: null says nothing. A loss that was out of sight
 * begins anew, because the source may have been there meanwhile.
 */
export function lossAfter(connected: boolean | null, { memory, now }: Looked): Loss {
  const { sourceLostSince, sourceLostSeenAt } = memory;
  if (connected === null) return { sourceLostSince, sourceLostSeenAt };
  if (connected) return { sourceLostSince: null, sourceLostSeenAt };
  if (sourceLostSince === null || !isLossInSight(memory, now))
    return { sourceLostSince: now, sourceLostSeenAt: now };
  const isNoted = sourceLostSeenAt !== null && now.getTime() - sourceLostSeenAt.getTime() < noteMs;
  return { sourceLostSince, sourceLostSeenAt: isNoted ? sourceLostSeenAt : now };
}

type Looked = { memory: Loss; now: Date };

/** When a loss that is over had its end, as far as anybody saw: now, or when the source was last seen missing. */
export const endOfLoss = (memory: Loss, now: Date): Date =>
  isLossInSight(memory, now) ? now : (memory.sourceLostSeenAt ?? now);
