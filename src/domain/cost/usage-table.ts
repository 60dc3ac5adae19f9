import type { Chart, Table } from "../announcement.ts";
import { sumUsd, type Usd, usdFigure } from "../money.ts";
import type { Share } from "./lines.ts";
import type { Usage } from "./usage.ts";

/** What Slack's chart block takes (docs.slack.dev, data visualization block): points, and characters of a label. */
const mostPoints = 20;
const longestLabel = 20;

/**
 * A period's usage by destination or by show, with what belongs to none of them and the total. A phone shows the first
 * three columns at once, so that what was spent stands first.
 */
export function toUsageTable(usage: Usage, by: "destinations" | "shows"): Table {
  const title = by === "destinations" ? "Destination" : "Show";
  const figures = ["Cost", "Hours", "Sessions", "No source", "Saved"];
  const rest = [usdFigure(usage.sharedUsd), "", "", "", ""];
  const saved = [usdFigure(usage.waste.usd), usdFigure(usage.saved.usd)];
  return {
    columns: [
      { title, figures: false },
      ...figures.map((each) => ({ title: each, figures: true })),
    ],
    rows: [
      ...usage[by].map(rowOf),
      ["Flow and idle fees", ...rest],
      ["Total", usdFigure(usage.usd), ...totalTime(usage.destinations), ...saved],
    ],
  };
}

const rowOf = ({ name, minutes, sessions, usd, waste, saved }: Share): string[] => [
  name ?? "Unknown",
  usdFigure(usd),
  hours(minutes),
  String(sessions),
  usdFigure(waste.usd),
  usdFigure(saved.usd),
];

const hours = (minutes: number): string => (minutes / 60).toFixed(1);

const totalTime = (shares: readonly Share[]): string[] => [
  hours(shares.reduce((sum, { minutes }) => sum + minutes, 0)),
  String(shares.reduce((sum, { sessions }) => sum + sessions, 0)),
];

/** What each destination cost, and how much of that ran without a source; null when nothing ran. */
export function toUsageChart(usage: Usage): Chart | null {
  const points = fewPoints(usage.destinations);
  if (points.length === 0) return null;
  const names = points.map(({ name }) => name);
  return {
    title: `Cost by destination, ${usage.period.name}`,
    kind: "bar",
    unit: "USD",
    labels: names.map((name, at) => labelOf(name, names.slice(0, at))),
    series: [
      { name: "Cost", values: points.map(({ usd }) => cents(usd)) },
      { name: "Without a source", values: points.map(({ wasteUsd }) => cents(wasteUsd)) },
    ],
  };
}

type Point = { name: string; usd: Usd; wasteUsd: Usd };

/** The dearest destinations, and all others as one. */
function fewPoints(shares: readonly Share[]): Point[] {
  const points = shares.map(({ name, usd, waste }) => ({
    name: name ?? "Unknown",
    usd,
    wasteUsd: waste.usd,
  }));
  if (points.length <= mostPoints) return points;
  const others = points.slice(mostPoints - 1);
  return [
    ...points.slice(0, mostPoints - 1),
    {
      name: `${others.length} others`,
      usd: sumUsd(others.map(({ usd }) => usd)),
      wasteUsd: sumUsd(others.map(({ wasteUsd }) => wasteUsd)),
    },
  ];
}

const cents = (usd: Usd): number => Math.round(usd * 100) / 100;

/** A short label; names that begin alike are numbered. */
function labelOf(name: string, before: readonly string[]): string {
  const cut = (words: string, length: number) =>
    words.length <= length ? words : `${words.slice(0, length - 1)}…`;
  const same = before.filter((each) => cut(each, longestLabel) === cut(name, longestLabel)).length;
  const suffix = same === 0 ? "" : ` ${same + 1}`;
  return `${cut(name, longestLabel - suffix.length)}${suffix}`;
}
