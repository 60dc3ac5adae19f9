import { type Content, saying, type Table, type TextFile } from "../announcement.ts";
import { spoken } from "../duration.ts";
import { usdWords } from "../money.ts";
import { capitalised, strong, type Text, text } from "../text.ts";
import { spokenDays } from "../weekdays.ts";
import type { BusyHour } from "./busy-hours.ts";
import { periodWords } from "./period-words.ts";
import type { Usage } from "./usage.ts";
import { toUsageCsv } from "./usage-csv.ts";
import { toUsageChart, toUsageTable } from "./usage-table.ts";

/** What a report says beside its period. */
export type ReportContext = {
  /** The present month; null when that is not known. */
  month: { spentUsd: number; forecastUsd: number; limitUsd: number | null } | null;
  /** Since when the site is known, when that is within the period. */
  knownSince: Date | null;
  /** When it should have come, if it comes late. */
  lateSince: Date | null;
};

/** True when something was on in the period. */
export const hasSessions = ({ destinations }: Usage): boolean => destinations.length > 0;

/** A report: what was on and what that cost in sentences, as a table by destination and show, as a chart and as a file. */
export function usageContent(usage: Usage, context: ReportContext): Content {
  const late = lateLines(context);
  if (!hasSessions(usage)) return saying([quietLine(usage), ...late]);
  const file = shortEnough(toUsageCsv(usage));
  return {
    lines: [
      summary(usage),
      ...wasteLines(usage),
      ...busyLines(usage),
      ...monthLines(context),
      ...(context.knownSince === null
        ? []
        : [text`patchbay has looked after the site since ${context.knownSince}.`]),
      [`Estimates by list prices of ${usage.asOf}.`],
      ...(file === null ? [text`Its file is too long to be attached.`] : []),
      ...late,
    ],
    buttons: [{ label: "See the costs", command: "cost" }],
    table: tableOf(usage),
    chart: toUsageChart(usage),
    file,
  };
}

function quietLine({ period, usd }: Usage): Text {
  const idle = usd > 0 ? `; the flow and idle channels cost ${usdWords(usd)}` : "";
  return text`Nothing was on air: ${strong(periodWords(period))}${idle}.`;
}

function summary({ period, destinations, usd }: Usage): Text {
  const minutes = destinations.reduce((sum, each) => sum + each.minutes, 0);
  const sessions = destinations.reduce((sum, each) => sum + each.sessions, 0);
  const count = sessions === 1 ? "1 session" : `${sessions} sessions`;
  return text`${strong(capitalised(periodWords(period)))}: ${spoken(minutes * 60)} in ${count}, ${usdWords(usd)}.`;
}

function wasteLines({ waste, saved }: Usage): Text[] {
  const lost =
    waste.minutes >= 1
      ? [`Without a source: ${spoken(waste.minutes * 60)}, ${usdWords(waste.usd)}.`]
      : [];
  const kept =
    saved.minutes >= 1
      ? [`Saved by auto-shutdown: ${spoken(saved.minutes * 60)}, ${usdWords(saved.usd)}.`]
      : [];
  const words = [...lost, ...kept].join(" ");
  return words === "" ? [] : [[words]];
}

const busyShown = 3;

function busyLines({ busiest, period }: Usage): Text[] {
  if (busiest.length === 0) return [];
  const hours = busiest.slice(0, busyShown).map((each) => busyWords(each, period.kind === "day"));
  return [[`Busiest: ${hours.join(", ")}.`]];
}

/** Of one day the day itself is known. */
const busyWords = ({ weekday, hour, minutes }: BusyHour, isOneDay: boolean): string =>
  `${isOneDay ? "" : `${spokenDays([weekday])} `}${String(hour).padStart(2, "0")}:00 (${spoken(minutes * 60)})`;

function monthLines({ month }: ReportContext): Text[] {
  if (month === null) return [];
  const { spentUsd, forecastUsd, limitUsd } = month;
  const limit = limitUsd === null ? "" : ` of ${usdWords(limitUsd)}`;
  return [[`This month so far: ${usdWords(spentUsd)}${limit}, forecast ${usdWords(forecastUsd)}.`]];
}

const lateLines = ({ lateSince }: ReportContext): Text[] =>
  lateSince === null ? [] : [text`This report is late: it should have come on ${lateSince}.`];

/** Slack takes one table a message, so that shows follow the destinations in it. */
function tableOf(usage: Usage): Table {
  const table = toUsageTable(usage, "destinations");
  const ofShows = usage.shows.some(({ id }) => id !== null);
  if (!ofShows) return table;
  const shows = toUsageTable(usage, "shows").rows.slice(0, usage.shows.length);
  return {
    ...table,
    rows: [...table.rows, ...shows.map(([name = "", ...figures]) => [`Show: ${name}`, ...figures])],
  };
}

/** DynamoDB takes items of 400 kB. */
const longestFile = 200_000;

const shortEnough = (file: TextFile): TextFile | null =>
  file.words.length > longestFile ? null : file;
