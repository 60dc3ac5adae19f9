import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Broadcast } from "../domain/broadcast.ts";
import type { ChannelState } from "../domain/channel.ts";
import type { Destination } from "../domain/destination.ts";
import { isSettled } from "../domain/destination.ts";
import { type Claim, claims, type Facts, stateFor } from "../domain/facts.ts";
import { endOf, isHeld } from "../domain/lease.ts";
import { platformOf } from "../domain/platforms/index.ts";
import { carriesVideo, unknownSource } from "../domain/source.ts";
import { usualStartSeconds } from "../domain/start-time.ts";
import type { DestinationView, SiteView, Stage } from "../domain/view.ts";
import { inOrder } from "./order.ts";
import type { SiteCosts } from "./site-costs.ts";

/** What a view is drawn from, besides the facts. `alerts` are titles by channel id; absent means not asked. */
export type ViewInput = {
  facts: Facts;
  broadcast: Broadcast | null;
  alerts: ReadonlyMap<string, readonly string[]>;
  troubles: readonly string[];
  costs: SiteCosts;
  zone: string;
  now: Date;
};

/** Draws the site as it is: nothing here is remembered, and what is unknown is said to be unknown. */
export function toSiteView(input: ViewInput): SiteView {
  const { facts, broadcast, troubles, zone, now } = input;
  const claimed = claims(facts.destinations, facts.bindings);
  return {
    at: now,
    zone,
    broadcast,
    flow: flowOf(facts),
    source: sourceOf(facts),
    destinations: inOrder(facts.destinations).map((each) =>
      toView(each, claimed.get(each.id), input),
    ),
    cost: input.costs.site,
    sessions: input.costs.sessions,
    troubles,
  };
}

function flowOf({ flow }: Facts): SiteView["flow"] {
  if (flow === null) return "unreadable";
  return flow === "not-configured" ? flow : flow.state;
}

const sourceOf = ({ flow }: Facts): SiteView["source"] =>
  flow === null || flow === "not-configured" ? unknownSource : flow.source;

function toView(
  destination: Destination,
  claim: Claim | undefined,
  input: ViewInput,
): DestinationView {
  const state = claim?.holds === false ? "idle" : stateFor(claim, input.facts);
  const shown = { destination, claim, state, input };
  const stage = stageOf(shown);
  return {
    id: destination.id,
    name: destination.name,
    platformName: platformOf(destination.platform)?.name ?? destination.platform,
    stage,
    channelState: state,
    missing: missingFor(stage, shown),
    since: sinceOf(stage, destination),
    usualStartSeconds: input.costs.usualStartSeconds.get(destination.id) ?? usualStartSeconds([]),
    by: destination.intent?.by ?? null,
    askedAt: destination.intent?.at ?? null,
    until: destination.desired === "on" ? endOf(destination) : null,
    hold: holdOf(destination, input.now),
    cost: input.costs.destinations.get(destination.id) ?? null,
    lastError: stage === "failed" || stage === "off" ? destination.lastError : null,
    intentId: destination.intent?.id ?? null,
    can: actionFor(stage),
  };
}

const holdOf = (destination: Destination, now: Date): DestinationView["hold"] => {
  const { holdUntil: until, heldBy: by, holdReason: reason } = destination;
  return until !== null && isHeld(destination, now) ? { until, by, reason } : null;
};

type Shown = {
  destination: Destination;
  claim: Claim | undefined;
  state: ChannelState;
  input: ViewInput;
};

function stageOf(shown: Shown): Stage {
  const { destination, claim } = shown;
  if (!isSettled(destination)) return destination.desired === "on" ? onStage(shown) : "stopping";
  if (destination.phase === "failed") return "failed";
  if (!destination.enabled) return "disabled";
  return claim === undefined ? "no-channel" : "off";
}

function onStage(shown: Shown): Stage {
  if (shown.destination.phase !== "running") return "starting";
  if (shown.state === "unknown") return "unknown";
  return troubleOf(shown) === null ? "on-air" : "running";
}

function missingFor(stage: Stage, shown: Shown): string | null {
  if (stage === "starting") return waitFor(shown);
  if (stage === "unknown") return "AWS does not say how the channel is";
  return stage === "running" ? troubleOf(shown) : null;
}

/** What a start is waiting for at this moment. */
function waitFor({ destination, state, input }: Shown): string | null {
  const { flow } = input.facts;
  if (destination.phase === "starting" || state === "starting") return null;
  if (state === "stopping") return "still stopping, starts right after";
  if (flow === null || state === "unknown") return "AWS cannot be read at present";
  if (flow !== "not-configured" && !carriesVideo(flow.state)) return "waiting for the flow";
  return "preparing the channel";
}

/** Why viewers may not see a running channel; null when nothing speaks against it. */
function troubleOf({ claim, state, input }: Shown): string | null {
  const { connected } = sourceOf(input.facts);
  if (state === "recovering") return "AWS is restarting its pipeline";
  if (state !== "running") return `its channel is ${state}`;
  if (pipelinesOf(claim, input.facts) === 0) return "none of its pipelines runs";
  if (connected === false) return "no signal";
  if (connected === null) return "source unknown";
  return input.alerts.get(claim?.channelId ?? "")?.[0] ?? null;
}

const pipelinesOf = (claim: Claim | undefined, { channels }: Facts): number | null =>
  channels?.get(claim?.channelId ?? "")?.pipelinesRunning ?? null;

function sinceOf(stage: Stage, destination: Destination): Date | null {
  if (stage === "starting" || stage === "stopping") return destination.intent?.at ?? null;
  if (stage === "running" || stage === "on-air") return destination.runningSince;
  return destination.settledAt;
}

function actionFor(stage: Stage): DestinationView["can"] {
  if (stage === "off" || stage === "failed") return "start";
  return stage === "starting" || stage === "running" || stage === "on-air" || stage === "unknown"
    ? "stop"
    : null;
}

/** True when a stop has taken longer than the site allows: worth telling people once. */
export const isStuckStopping = (destination: Destination, minutes: number, now: Date): boolean =>
  destination.desired === "off" &&
  !isSettled(destination) &&
  destination.intent !== null &&
  differenceInMinutes(now, destination.intent.at) >= minutes;
