import { TZDate } from "@date-fns/tz";
import { min } from "date-fns/min";
import type { Weekday } from "../show.ts";
import { type Interval, lengthMs } from "./interval.ts";

/** How many minutes destinations ran in an hour of the week, all together; `hour` is 0 to 23 on the site's clock. */
export type BusyHour = { weekday: Weekday; hour: number; minutes: number };

const weekdays: readonly Weekday[] = [7, 1, 2, 3, 4, 5, 6];
const quarterMs = 15 * 60_000;

/** The hours of the week in which something ran, the busiest first. */
export function busyHours(runs: readonly Interval[], zone: string): BusyHour[] {
  const hours = new Map<string, BusyHour>();
  for (const piece of runs.flatMap(quarters)) {
    const local = new TZDate(piece.from, zone);
    const weekday = weekdays[local.getDay()] ?? 1;
    const key = `${weekday} ${local.getHours()}`;
    const minutes = (hours.get(key)?.minutes ?? 0) + lengthMs(piece) / 60_000;
    hours.set(key, { weekday, hour: local.getHours(), minutes });
  }
  return [...hours.values()].toSorted(
    (left, right) =>
      right.minutes - left.minutes || left.weekday - right.weekday || left.hour - right.hour,
  );
}

/** An interval cut at each quarter of an hour, as no zone's hours begin anywhere else. */
function quarters({ from, to }: Interval): Interval[] {
  const pieces: Interval[] = [];
  for (let start = from; start < to; start = pieces.at(-1)?.to ?? to) {
    const next = new Date((Math.floor(start.getTime() / quarterMs) + 1) * quarterMs);
    pieces.push({ from: start, to: min([next, to]) });
  }
  return pieces;
}
