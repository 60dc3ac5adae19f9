import { addMinutes } from "date-fns/addMinutes";
import { spoken } from "../../domain/duration.ts";
import { usdWords } from "../../domain/money.ts";
import { untilWords } from "../../domain/offers.ts";
import { forAnHour, forMinutes, perHour, priced } from "../../domain/price-words.ts";
import { capitalised, type Text } from "../../domain/text.ts";
import type { DestinationView } from "../../domain/view.ts";
import type { DrawnButton } from "./button.ts";
import { perHourUsd, spent } from "./money.ts";
import { isHeldBeyond, stateText } from "./stage-text.ts";

/** What a start is given unless it is asked for otherwise. */
export type LeaseRule = { defaultLeaseMinutes: number };

/** What can be done to a destination now, the most needed first. */
export function destinationButtons(
  destination: DestinationView,
  now: Date,
  rule: LeaseRule,
): DrawnButton[] {
  if (destination.can === null) return [];
  if (destination.can === "start") return [startButton(destination, rule)];
  return [stopButton(destination, now), ...extendButtons(destination)];
}

function startButton(destination: DestinationView, rule: LeaseRule): DrawnButton {
  const { id, name } = destination;
  const usd = perHourUsd([destination]);
  return {
    label: priced("Start", forAnHour(usd)),
    command: `start ${id}`,
    seen: destination.intentId ?? "",
    spoken: heard(`Start ${name}`, forAnHour(usd)),
    confirm: {
      title: `Start ${name}?`,
      text: [`Its channel starts now: ${startPrice(usd, { ...rule, which: "it" })}.`],
      yes: "Start",
    },
  };
}

/** What starts cost until their lease ends; the end itself would be wrong on a panel that has been open for long. */
export function startPrice(
  usdPerHour: number | null,
  { defaultLeaseMinutes, which }: LeaseRule & { which: "it" | "each" },
): string {
  const end = `until ${which} stops by itself after ${spoken(defaultLeaseMinutes * 60)}`;
  if (usdPerHour === null) return `billed by the minute ${end}`;
  return `${perHour(usdPerHour)}, about ${usdWords((usdPerHour * defaultLeaseMinutes) / 60)} ${end}`;
}

/** A button as it is read out: what it does to what, then the price. */
const heard = (words: string, price: string | null): string =>
  price === null ? words : `${words}, ${price}`;

function stopButton(destination: DestinationView, now: Date): DrawnButton {
  const { id, name } = destination;
  return {
    label: "Stop",
    style: "danger",
    command: `stop ${id}`,
    seen: destination.intentId ?? "",
    spoken: `Stop ${name}`,
    confirm: { title: `Stop ${name}?`, text: stopQuestion(destination, now), yes: "Stop" },
  };
}

function stopQuestion(destination: DestinationView, now: Date): Text {
  const money = spent(destination);
  const usd = perHourUsd([destination]);
  const left = destination.cost?.billedAnywayMinutes ?? 0;
  return [
    ...asSentence(stateText(destination, now)),
    ...(money === null ? [] : [`, spent ${money}`]),
    ". ",
    ...(usd === null ? [] : [`Stopping saves ${perHour(usd)}. `]),
    ...(left > 0 ? [`${stillBilled(left)} `] : []),
    "The others stay as they are.",
  ];
}

const asSentence = ([first = "", ...rest]: Text): Text =>
  typeof first === "string" ? [capitalised(first), ...rest] : [first, ...rest];

/** MediaLive bills ten minutes of each run at least (aws.amazon.com/medialive/pricing). */
const stillBilled = (minutes: number): string =>
  `Stopping now still bills ${minutes} more ${minutes === 1 ? "minute" : "minutes"}, counted already.`;

const moreMinutes = 30;

/** An absolute end, so that pressing twice asks for the same; nothing where a hold decides over the end. */
function extendButtons(destination: DestinationView): DrawnButton[] {
  const { id, name, until } = destination;
  if (until === null || isHeldBeyond(destination)) return [];
  const usd = perHourUsd([destination]);
  const label = `+${moreMinutes} min`;
  const price = forMinutes(moreMinutes, usd);
  return [
    {
      label: priced(label, price),
      command: `extend ${id} ${untilWords(addMinutes(until, moreMinutes))}`,
      seen: destination.intentId ?? "",
      spoken: heard(`${label} for ${name}`, price),
    },
  ];
}

/** Ends the hold of these; only for what is held. */
export function releaseButton(held: readonly DestinationView[]): DrawnButton {
  const names = held.map(({ name }) => name).join(", ");
  const isOne = held.length === 1;
  return {
    label: isOne ? "Release" : `Release these ${held.length}`,
    command: `release ${held.map(({ id }) => id).join(" ")}`,
    seen: held.map(({ intentId }) => intentId ?? "").join(" "),
    spoken: `Release ${names}`,
    confirm: {
      title: `Release ${isOne ? names : `these ${held.length}`}?`,
      text: [
        `${names}: on air for now, but automatic stops count again, `,
        "and what is over its time goes off at once.",
      ],
      yes: "Release",
    },
  };
}
