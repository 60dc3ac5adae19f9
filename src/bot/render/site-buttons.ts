import { forAnHour, perHour, priced } from "../../domain/price-words.ts";
import type { Seen } from "../../domain/seen.ts";
import { type DestinationView, isActive, type SiteView } from "../../domain/view.ts";
import type { DrawnButton } from "./button.ts";
import { type LeaseRule, startPrice } from "./destination-buttons.ts";
import { perHourUsd } from "./money.ts";

/** Everything at once, for the panel: only what would do something. */
export function siteButtons({ destinations }: SiteView, rule: LeaseRule): DrawnButton[] {
  const startable = destinations.filter(({ can }) => can === "start");
  const active = destinations.filter(isActive);
  return [
    ...(startable.length > 1 ? [startAll(startable, rule)] : []),
    ...(active.length > 1 ? [stopAll(active)] : []),
  ];
}

const namesOf = (destinations: readonly DestinationView[]): string =>
  destinations.map(({ name }) => name).join(", ");

const seenIn = (destinations: readonly DestinationView[]): Seen =>
  destinations.map(({ intentId }) => intentId ?? "").join(" ");

function startAll(startable: readonly DestinationView[], rule: LeaseRule): DrawnButton {
  const usd = perHourUsd(startable);
  return {
    label: priced("Start all", forAnHour(usd)),
    command: "start all",
    seen: seenIn(startable),
    confirm: {
      title: `Start ${startable.length} destinations?`,
      text: [`Together ${startPrice(usd, { ...rule, which: "each" })}: ${namesOf(startable)}`],
      yes: "Start all",
    },
  };
}

function stopAll(active: readonly DestinationView[]): DrawnButton {
  const usd = perHourUsd(active);
  const left = Math.max(...active.map(({ cost }) => cost?.billedAnywayMinutes ?? 0));
  const anyway = left > 0 ? `Up to ${left} more min are billed anyway. ` : "";
  return {
    label: priced("Stop all", usd === null ? null : `saves ${perHour(usd)}`),
    style: "danger",
    command: "stop all",
    seen: seenIn(active),
    confirm: {
      title: `Stop ${active.length} destinations?`,
      text: [`${anyway}Everything that is on goes off: `, namesOf(active)],
      yes: "Stop all",
    },
  };
}
