import { optionsFor, type SimOptions } from "./options.ts";
import { createRandom } from "./random.ts";

/** Longer runs are lighter still: a year is lived for its calendar. */
const longDays = 60;

/**
 * The same seed with fewer broadcasts, seldom with its conversation, and with a tick now and then while nothing goes on:
 * two years of these fit into a run of the CI. Its faults are the seed's own.
 */
export function lightOptionsFor(seed: number, days: number): SimOptions {
  const options = optionsFor(seed, days);
  const random = createRandom(`light ${seed}`);
  const isLong = days >= longDays;
  const quietTickMinutes = isLong ? 60 : 30;
  return {
    ...options,
    instances: !isLong && random.chance(0.4) ? 2 : 1,
    broadcastsPerDay: isLong ? 0.15 : random.pick([0.3, 0.6]),
    shows: options.shows && !isLong,
    messages: !isLong && random.chance(0.15),
    quietTickMinutes,
    pace: { ...options.pace, watch: 60_000, idle: quietTickMinutes * 60_000 },
  };
}
