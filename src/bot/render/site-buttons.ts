import { spoken } from "../../domain/duration.ts";
import type { Text } from "../../domain/text.ts";
import { type DestinationView, isActive, type SiteView } from "../../domain/view.ts";
import type { DrawnButton } from "./button.ts";
import { inOneLine, stageText } from "./stage-text.ts";

/** What a start is given unless it is asked for otherwise. */
export type LeaseRule = { defaultLeaseMinutes: number };

/** The one thing that can be done to a destination now, or nothing. */
export function destinationButton(
  destination: DestinationView,
  view: SiteView,
  rule: LeaseRule,
): DrawnButton | null {
  if (destination.can === null) return null;
  const { id, name } = destination;
  const seen = destination.intentId ?? "";
  if (destination.can === "start")
    return {
      ...startLook,
      command: `start ${id}`,
      seen,
      spoken: `Start ${name}`,
      confirm: { title: `Start ${name}?`, text: startQuestion(rule), yes: "Start" },
    };
  return {
    ...stopLook,
    command: `stop ${id}`,
    seen,
    spoken: `Stop ${name}`,
    confirm: {
      title: `Stop ${name}?`,
      text: stopQuestion(destination, view.at),
      yes: "Stop",
    },
  };
}

const startLook = { label: "Start" } as const;
const stopLook = { label: "Stop", style: "danger" } as const;

const startQuestion = ({ defaultLeaseMinutes }: LeaseRule): Text => [
  "Its channel starts now and AWS bills it by the minute. ",
  `It stops by itself after ${spoken(defaultLeaseMinutes * 60)}.`,
];

function stopQuestion(destination: DestinationView, now: Date): Text {
  const { state, more } = stageText(destination, now);
  return ["Now: ", ...inOneLine([state, more]), ". The others stay as they are."];
}

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

const startAll = (startable: readonly DestinationView[], rule: LeaseRule): DrawnButton => ({
  label: "Start all",
  command: "start all",
  seen: null,
  confirm: {
    title: `Start ${startable.length} destinations?`,
    text: [
      `AWS bills each channel by the minute; each stops by itself after ${spoken(rule.defaultLeaseMinutes * 60)}. `,
      namesOf(startable),
    ],
    yes: "Start all",
  },
});

const stopAll = (active: readonly DestinationView[]): DrawnButton => ({
  label: "Stop all",
  style: "danger",
  command: "stop all",
  seen: null,
  confirm: {
    title: `Stop ${active.length} destinations?`,
    text: ["Everything that is on goes off: ", namesOf(active)],
    yes: "Stop all",
  },
});
