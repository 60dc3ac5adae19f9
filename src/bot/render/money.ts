import { sumUsd, usdWords } from "../../domain/money.ts";
import { perHour } from "../../domain/price-words.ts";
import { capitalised } from "../../domain/text.ts";
import type { DestinationView, SiteCost, SiteView } from "../../domain/view.ts";

/** What an hour of these destinations costs; null when that is not known of each of them. */
export function perHourUsd(destinations: readonly DestinationView[]): number | null {
  const known = destinations.flatMap(({ cost }) => (cost === null ? [] : [cost.perHourUsd]));
  const whole = sumUsd(known);
  return known.length === destinations.length && whole > 0 ? whole : null;
}

/** What a destination's present session has cost; nothing for one that is off, or has cost nothing yet. */
export const spent = ({ cost }: DestinationView): string | null =>
  cost !== null && cost.soFarUsd !== null && cost.soFarUsd > 0 ? usdWords(cost.soFarUsd) : null;

/** "Spent $1.94 · now $2.71/h with the flow · month $212 of $400 · forecast $388"; nothing while nobody can say. */
export function moneyLine({ cost, broadcast }: SiteView): string {
  if (cost === null) return "";
  const going = broadcast !== null && broadcast.endedAt === null;
  const limit = cost.limitUsd === null ? "" : ` of ${rough(cost.limitUsd)}`;
  const parts = [
    ...(going ? [`spent ${usdWords(cost.broadcastUsd)}`] : []),
    ...(cost.perHourUsd > 0
      ? [`now ${perHour(cost.perHourUsd)}${cost.flow.perHourUsd > 0 ? " with the flow" : ""}`]
      : []),
    `month ${rough(cost.monthUsd)}${limit}`,
    `forecast ${rough(cost.forecastUsd)}`,
  ];
  return capitalised(parts.join(" · "));
}

/** Where the prices are from: "prices us-west-2 2026-09, estimate"; the date does not break at its hyphen. */
export const priceSource = ({ region, asOf, corrected }: SiteCost): string =>
  `prices ${region} ${asOf.slice(0, 7).replace("-", "\u2011")}${corrected ? " corrected by the bill" : ""}, estimate`;

/** Sums of a month are read at a glance: cents count only where there are few dollars. */
const rough = (usd: number): string =>
  usdWords(usd >= 100 ? Math.round(usd) : usd).replace(/\.00$/, "");
