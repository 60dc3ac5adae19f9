import { TZDate } from "@date-fns/tz";
import type { TextFile } from "../announcement.ts";
import { type Cell, toCsv } from "./csv.ts";
import type { Line } from "./lines.ts";
import type { Usage } from "./usage.ts";

const header = [
  "destination",
  "platform",
  "show",
  "session",
  "started_utc",
  "started_local",
  "ended_utc",
  "ended_local",
  "billed_minutes",
  "cost_usd",
  "without_source_minutes",
  "without_source_usd",
  "saved_minutes",
  "saved_usd",
  "started_by",
  "ended_by",
  "end_reason",
];

/** A row for each session of a period, oldest first, with what the period holds of it; local times are the site's. */
export function toUsageCsv(usage: Usage): TextFile {
  const { kind, name, zone } = usage.period;
  const rows = usage.lines
    .toSorted((left, right) => startOf(left) - startOf(right))
    .map((line) => cellsOf(line, usage, zone));
  return {
    name: `usage-${kind}-${name}.csv`,
    title: `Usage of ${name}`,
    words: toCsv(header, rows),
  };
}

const startOf = ({ session }: Line): number => session.startedAt.getTime();

function cellsOf(line: Line, { shows }: Usage, zone: string): Cell[] {
  const { session, waste, saved } = line;
  const from = session.billedFrom ?? session.startedAt;
  return [
    session.destinationName,
    session.platform,
    shows.find(({ id }) => id === session.showId)?.name ?? "",
    session.id,
    stamp(from, "UTC"),
    stamp(from, zone),
    stamp(session.endedAt, "UTC"),
    stamp(session.endedAt, zone),
    line.minutes,
    line.usd,
    rounded(waste.minutes),
    waste.usd,
    rounded(saved.minutes),
    saved.usd,
    session.startedBy.name,
    session.endedBy?.name ?? "",
    session.endReason ?? "",
  ];
}

const rounded = (minutes: number): number => Math.round(minutes * 100) / 100;

/** "2026-11-22T19:00:00+00:00": the wall time of a zone and its distance from UTC; nothing for what has not happened. */
const stamp = (at: Date | null, zone: string): string =>
  at === null ? "" : new TZDate(at, zone).toISOString().replace(/\.\d+/, "");
