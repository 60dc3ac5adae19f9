import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { outsider } from "./destination.ts";
import type { Session } from "./session.ts";

/** MediaLive channels usually run within three minutes of a start (user guide, starting-stopping-deleting-a-channel). */
const usualSeconds = 120;
const fewestSessions = 3;
const lastSessions = 20;

/**
 * How long the last starts took to run, in seconds, the shortest first; nothing while there are too few to learn from.
 * What somebody started outside patchbay says nothing about it.
 */
export function startTimes(sessions: readonly Session[]): number[] {
  const took = sessions
    .toSorted((left, right) => right.startedAt.getTime() - left.startedAt.getTime())
    .flatMap(({ startedBy, startedAt, runningAt }) =>
      runningAt === null || startedBy.id === outsider.id
        ? []
        : [differenceInSeconds(runningAt, startedAt)],
    )
    .slice(0, lastSessions);
  return took.length < fewestSessions ? [] : took.toSorted((left, right) => left - right);
}

/** How long a start takes as a rule, in seconds: half of the last ones were quicker. */
export function usualStartSeconds(sessions: readonly Session[]): number {
  const took = startTimes(sessions);
  return took[Math.ceil(took.length / 2) - 1] ?? usualSeconds;
}
