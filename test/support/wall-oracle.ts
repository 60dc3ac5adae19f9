/** What the clock of a zone shows, by nothing but Intl: "2026-11-22 19:30". */
export function shownIn(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return (ms) => format.format(ms);
}

/** Far enough for every zone of the world and every gap. */
const searchMinutes = 30 * 60;
const minuteMs = 60_000;

/** The first minute, looked for one by one, at which the clock shows this time or a later one. */
export function firstMinuteShowing(zone: string, wanted: string): number {
  const shown = shownIn(zone);
  const middle = Date.parse(`${wanted.replace(" ", "T")}Z`);
  for (let minute = -searchMinutes / 2; minute <= searchMinutes / 2; minute++)
    if (shown(middle + minute * minuteMs) >= wanted) return middle + minute * minuteMs;
  throw new Error(`${zone} never shows ${wanted}`);
}

/** How often the clock shows this time. */
export function timesShown(zone: string, wanted: string): number {
  const shown = shownIn(zone);
  const middle = Date.parse(`${wanted.replace(" ", "T")}Z`);
  const minutes = Array.from({ length: searchMinutes }, (_, at) => at - searchMinutes / 2);
  return minutes.filter((minute) => shown(middle + minute * minuteMs) === wanted).length;
}
