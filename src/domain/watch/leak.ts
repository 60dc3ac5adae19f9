import { addMinutes } from "date-fns/addMinutes";
import { differenceInHours } from "date-fns/differenceInHours";
import { hasBegun } from "../channel.ts";
import { type Destination, isSettled } from "../destination.ts";
import { isUnclaimed } from "../drift.ts";
import { claims, type Facts, stateFor } from "../facts.ts";
import { endOf } from "../lease.ts";
import { type Usd, usdWords } from "../money.ts";
import { extendOffer, stopOffer } from "../offers.ts";
import { isFlowNeeded } from "../plan.ts";
import { policyFor } from "../platforms/index.ts";
import type { Policy } from "../policy.ts";
import { managedChannels } from "../site.ts";
import { carriesVideo } from "../source.ts";
import { keepStrangerOffer, stopFlowOffer, stopStrangerOffer } from "../stray-offers.ts";
import { type Button, strong, type Text, text } from "../text.ts";
import { wallTime } from "../wall-time.ts";
import { grantedEnd } from "./extension.ts";

/** Something billed that nobody asked for. */
export type Leak = {
  /** The word by which it is ignored: a destination's id, a channel's id, "flow" or "flow-outputs". */
  what: string;
  name: string;
  usdPerDay: Usd;
  line: Text;
  buttons: readonly Button[];
};

/** Dollars an hour: of what runs by destination, of a channel of which no row tells, and of what is billed at rest. */
export type LeakPrices = {
  usdPerHour: ReadonlyMap<string, number>;
  strangerUsdPerHour: number;
  flowUsdPerHour: number;
  idleUsdPerHour: number;
  /** From the flow to one channel. */
  transferUsdPerHour: number;
};

export type LeakFacts = {
  facts: Facts;
  prices: LeakPrices;
  /** The channels that had a session within the last `unusedDays`; null while patchbay is younger than that. */
  usedChannels: ReadonlySet<string> | null;
  policy: Policy;
  now: Date;
};

/** After so many days without a show an idle channel is worth a question. */
export const unusedDays = 30;
/** A flow that feeds only some of its channels is no leak before it has done so for a whole day. */
const longHours = 24;
const keepMinutes = 240;

/** Everything billable that nobody asked for, as far as it can be read. */
export const findLeaks = (given: LeakFacts): Leak[] => [
  ...given.facts.destinations.flatMap((row) => runningLeak(row, given) ?? []),
  ...strangerLeaks(given),
  ...flowLeak(given),
  ...idleLeaks(given),
  ...outputLeak(given),
];

/** Found running: adopted with a lease that nobody has touched, or not even that yet. */
function runningLeak(row: Destination, given: LeakFacts): Leak | null {
  const { facts, policy, now, prices } = given;
  const claim = claims(facts.destinations, facts.bindings).get(row.id);
  const forNobody = isSettled(row) && claim?.holds && !claim.wantedByOthers;
  const wished = !forNobody && !isUnclaimed(row, policyFor(row, policy), now);
  if (wished || !hasBegun(stateFor(claim, facts))) return null;
  const usdPerDay = (prices.usdPerHour.get(row.id) ?? prices.strangerUsdPerHour) * 24;
  const end = endOf(row);
  const ends: Text = end === null ? [] : text` until ${end}`;
  return {
    what: row.id,
    name: row.name,
    usdPerDay,
    line: [...text`${strong(row.name)} runs`, ...ends, ", and nobody here started it"],
    buttons: [
      stopOffer([row], { label: `Stop ${row.name}`, usdPerHour: usdPerDay / 24 }),
      ...keepOffers(row, usdPerDay / 24, given),
    ],
  };
}

function keepOffers(row: Destination, usdPerHour: number, { policy, now }: LeakFacts): Button[] {
  const from = endOf(row) ?? now;
  const limits = { policy, now, maxLeaseMinutes: null };
  const until = grantedEnd(row, addMinutes(from, keepMinutes), limits);
  if (until === null) return [];
  const label = `Keep ${row.name} until ${wallTime(until, policy.zone)}`;
  return [extendOffer(row, { label, from, until, usdPerHour })];
}

const strangerLeaks = ({ facts, prices, policy, now }: LeakFacts): Leak[] =>
  facts.memory.strangers.map((stranger) => {
    const { channelId, until } = stranger;
    const name = nameOf(channelId, facts);
    const named = { stranger, name, usdPerHour: prices.strangerUsdPerHour };
    return {
      what: channelId,
      name,
      usdPerDay: prices.strangerUsdPerHour * 24,
      line: text`${strong(name)} runs without a destination, until ${until}`,
      buttons: [
        stopStrangerOffer(named, `Stop ${name}`),
        ...keepStrangerOffer(named, { label: `Keep ${name}`, minutes: keepMinutes, policy, now }),
      ],
    };
  });

function flowLeak({ facts, prices, policy, now }: LeakFacts): Leak[] {
  const { flow, memory } = facts;
  if (flow === null || flow === "not-configured" || memory.flowQuietSince === null) return [];
  const warm = now < addMinutes(memory.flowQuietSince, policy.keepWarmMinutes);
  if (warm || !carriesVideo(flow.state) || isFlowNeeded(facts)) return [];
  return [
    {
      what: "flow",
      name: "the flow",
      usdPerDay: prices.flowUsdPerHour * 24,
      line: text`The flow is ${flow.state} since ${memory.flowQuietSince} for nobody`,
      buttons: [stopFlowOffer(prices.flowUsdPerHour)],
    },
  ];
}

/** The idle fee of a channel and its input (aws.amazon.com/medialive/pricing); patchbay deletes nothing in AWS. */
function idleLeaks({ facts, prices, usedChannels }: LeakFacts): Leak[] {
  if (usedChannels === null) return [];
  return idleChannels(facts)
    .filter((channelId) => !usedChannels.has(channelId))
    .map((channelId) => ({
      what: channelId,
      name: nameOf(channelId, facts),
      usdPerDay: prices.idleUsdPerHour * 24,
      line: text`${strong(nameOf(channelId, facts))} has not been used for ${unusedDays} days and costs an idle fee until it is deleted in AWS`,
      buttons: [],
    }));
}

/** A stopped channel's flow output keeps sending and billing (MediaConnect user guide, distribution-to-medialive). */
function outputLeak({ facts, prices, now }: LeakFacts): Leak[] {
  const { flow, memory } = facts;
  if (flow === null || flow === "not-configured" || memory.flowActiveSince === null) return [];
  const idle = idleChannels(facts).length;
  const short = differenceInHours(now, memory.flowActiveSince) < longHours;
  if (idle === 0 || short || !carriesVideo(flow.state)) return [];
  return [
    {
      what: "flow-outputs",
      name: "the flow's outputs",
      usdPerDay: idle * prices.transferUsdPerHour * 24,
      line: text`The flow sends to ${idle} stopped channels too, since ${memory.flowActiveSince}`,
      buttons: [],
    },
  ];
}

const idleChannels = (facts: Facts): string[] =>
  [...managedChannels(facts)].filter((id) => facts.channels?.get(id)?.state === "idle");

const nameOf = (channelId: string, { channels }: Facts): string =>
  channels?.get(channelId)?.name || `channel ${channelId}`;

/** "…: $20.40 a day." */
export const leakLine = ({ line, usdPerDay }: Leak): Text => [
  ...line,
  `: ${usdWords(usdPerDay)} a day.`,
];
