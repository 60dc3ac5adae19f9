/**
 * Clock times, elapsed times and Slack's date tokens, all in the viewer's zone. Times are epoch milliseconds.
 *
 * @typedef {{tz: string, now: number}} Viewer
 */

const day = 86_400_000;
/** Less than this is only the way of an answer to the page. */
const leastJumpMs = 5_000;

/** A clock that runs in the browser and follows the world's, which may be ahead of the machine's. */
export function createClock() {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    /** Takes over the world's time, and tells whether it has jumped. @param {number} worldNow */
    sync: (worldNow) => {
      const before = offset;
      offset = worldNow - Date.now();
      return Math.abs(offset - before) >= leastJumpMs;
    },
  };
}

/** "0:42", "12:04", "1:02:03". @param {number} ms */
export function elapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const tail = String(seconds % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** "45 min", "3 h", "1 h 20 min", "2 d 4 h". @param {number} ms */
export function duration(ms) {
  const minutes = Math.round(ms / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ];
  const shown = parts.filter(([count]) => count !== 0).slice(0, 2);
  return shown.map((part) => part.join(" ")).join(" ") || "0 min";
}

/** "20:48". @param {number} at @param {string} tz */
export function timeOfDay(at, tz) {
  return write(at, tz, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** "Tue, Nov 3". @param {number} at @param {string} tz */
export function dayOfWeek(at, tz) {
  return write(at, tz, { weekday: "short", month: "short", day: "numeric" });
}

/** "Today", "Yesterday" or "Tuesday, November 3". @param {number} at @param {Viewer} viewer */
export function dayLabel(at, viewer) {
  return (
    relativeDay(at, viewer) ??
    write(at, viewer.tz, { weekday: "long", month: "long", day: "numeric" })
  );
}

/** The calendar day in the viewer's zone, for dividers. @param {number} at @param {string} tz */
export function dayOf(at, tz) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone(tz),
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** @type {Record<string, (at: number, viewer: Viewer) => string>} */
const tokens = {
  date_num: (at, { tz }) => dayOf(at, tz),
  date: (at, { tz }) => `${write(at, tz, { month: "long" })} ${ordinal(at, tz)}, ${yearOf(at, tz)}`,
  date_short: (at, { tz }) => write(at, tz, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (at, viewer) =>
    `${write(at, viewer.tz, { weekday: "long" })}, ${tokens.date?.(at, viewer)}`,
  date_pretty: pretty("date"),
  date_short_pretty: pretty("date_short"),
  date_long_pretty: pretty("date_long"),
  day_divider_pretty: (at, viewer) => dayLabel(at, viewer),
  time: (at, { tz }) => timeOfDay(at, tz),
  time_secs: (at, { tz }) =>
    write(at, tz, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  ago: (at, { now }) => ago(now - at),
};

/**
 * Fills Slack's date format, for example `{date_short_pretty} {time}`; null when it holds a token that Slack does not
 * know (docs.slack.dev, Formatting message text, date tokens), which shows the fallback.
 *
 * @param {string} format
 * @param {number} at
 * @param {Viewer} viewer
 * @returns {string | null}
 */
export function slackDate(format, at, viewer) {
  const names = [...format.matchAll(/\{(\w*)\}/g)].map(([, name]) => name ?? "");
  if (!Number.isFinite(at) || names.some((name) => !Object.hasOwn(tokens, name))) return null;
  const text = format.replace(/\{(\w+)\}/g, (_, name) => tokens[name]?.(at, viewer) ?? "");
  return format.startsWith("{") ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** @param {string} name @returns {(at: number, viewer: Viewer) => string} */
function pretty(name) {
  return (at, viewer) => relativeDay(at, viewer)?.toLowerCase() ?? tokens[name]?.(at, viewer) ?? "";
}

/** @param {number} at @param {Viewer} viewer */
function relativeDay(at, { tz, now }) {
  const that = dayOf(at, tz);
  if (that === dayOf(now, tz)) return "Today";
  if (that === dayOf(now - day, tz)) return "Yesterday";
  return that === dayOf(now + day, tz) ? "Tomorrow" : null;
}

/** @param {number} ms */
function ago(ms) {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes === 0) return "just now";
  /** @type {[number, Intl.RelativeTimeFormatUnit]} */
  const [count, unit] =
    minutes < 60
      ? [minutes, "minute"]
      : minutes < 1440
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(
    ms > 0 ? -count : count,
    unit,
  );
}

/** @param {number} at @param {string} tz */
function ordinal(at, tz) {
  const number = Number(write(at, tz, { day: "numeric" }));
  const suffix = { one: "st", two: "nd", few: "rd", other: "th", zero: "th", many: "th" };
  return `${number}${suffix[new Intl.PluralRules("en", { type: "ordinal" }).select(number)]}`;
}

/** @param {number} at @param {string} tz */
function yearOf(at, tz) {
  return write(at, tz, { year: "numeric" });
}

/** @param {number} at @param {string} tz @param {Intl.DateTimeFormatOptions} options */
function write(at, tz, options) {
  return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone(tz) }).format(at);
}

/** A zone that the browser does not know must not stop the page. @param {string} tz */
function zone(tz) {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: tz }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
