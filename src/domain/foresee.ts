import type { ChannelState } from "./channel.ts";
import type { Destination } from "./destination.ts";
import type { Facts } from "./facts.ts";
import { plan, type Step } from "./plan.ts";
import type { Policy } from "./policy.ts";

/** More rounds than any command needs: flow, outputs, channels. */
const mostRounds = 6;

/** All the steps that follow from these facts, when each of them goes well and nothing else happens meanwhile. */
export function foresee(facts: Facts, policy: Policy, now: Date): Step[] {
  const steps: Step[] = [];
  let at = facts;
  for (let round = 0; round < mostRounds; round++) {
    const next = plan(at, policy, now).filter(({ kind }) => kind !== "keep-deadlines");
    if (next.length === 0) break;
    steps.push(...next);
    at = next.reduce(after, at);
  }
  return steps;
}

/** The facts as they are when a step has gone well. */
function after(facts: Facts, step: Step): Facts {
  switch (step.kind) {
    case "start-flow":
      return withFlow(facts, "active");
    case "stop-flow":
      return withFlow(facts, "standby");
    case "set-output":
      return withRow(facts, step.destinationId, { outputIntentId: step.intentId });
    case "start-channel":
      return withRow(withChannel(facts, step.channelId, "running"), step.destinationId, {
        phase: "running",
      });
    case "stop-channel":
      return withChannel(facts, step.channelId, "idle");
    case "fail-intent":
      return withRow(facts, step.destinationId, { desired: "off", phase: "failed" });
    case "keep-deadlines":
      return facts;
  }
}

function withFlow(facts: Facts, state: "active" | "standby"): Facts {
  const { flow } = facts;
  return flow === null || flow === "not-configured"
    ? facts
    : { ...facts, flow: { ...flow, state } };
}

function withChannel(facts: Facts, channelId: string, state: ChannelState): Facts {
  const channel = facts.channels?.get(channelId);
  if (facts.channels === null || channel === undefined) return facts;
  return { ...facts, channels: new Map([...facts.channels, [channelId, { ...channel, state }]]) };
}

const withRow = (facts: Facts, id: string, change: Partial<Destination>): Facts => ({
  ...facts,
  destinations: facts.destinations.map((each) => (each.id === id ? { ...each, ...change } : each)),
});

/** Steps of the one that are not in the other. */
export const stepsBeside = (steps: readonly Step[], others: readonly Step[]): Step[] => {
  const known = new Set(others.map(nameOf));
  return steps.filter((step) => !known.has(nameOf(step)));
};

const nameOf = (step: Step): string =>
  `${step.kind} ${"channelId" in step ? step.channelId : ""} ${"destinationId" in step ? step.destinationId : ""}`;
