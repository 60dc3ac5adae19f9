import { addSeconds, differenceInSeconds } from "date-fns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChannelState,
  canStart,
  canStop,
  canUpdate,
  hasBegun,
} from "../../src/domain/channel.ts";
import { isSettled } from "../../src/domain/destination.ts";
import { claims, type Facts, stateFor } from "../../src/domain/facts.ts";
import { isLeaseOver } from "../../src/domain/lease.ts";
import { isFlowNeeded, plan, type Step } from "../../src/domain/plan.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { bind } from "../../src/domain/site.ts";
import { carriesVideo } from "../../src/domain/source.ts";
import { anyFacts } from "../support/arbitraries.ts";
import { siteNow as now } from "../support/builders.ts";

const runs = { numRuns: 600 };
const planned = (facts: Facts) => plan(facts, defaultPolicy, now);

/** Holds for whatever the loop may find. */
const always = (property: (facts: Facts, steps: Step[]) => void) =>
  fc.assert(
    fc.property(anyFacts, (facts) => property(facts, planned(facts))),
    runs,
  );

/** The steps for destinations, each with its row, its claim and the state of its channel. */
const forRows = (facts: Facts, steps: readonly Step[]) => {
  const claimed = claims(facts.destinations, facts.bindings);
  return facts.destinations.map((row) => {
    const claim = claimed.get(row.id);
    const own = steps.filter((step) => "destinationId" in step && step.destinationId === row.id);
    return { row, claim, state: stateFor(claim, facts), own };
  });
};

const flowState = ({ flow }: Facts): string =>
  flow === null || flow === "not-configured" ? String(flow) : flow.state;

type ForRow = ReturnType<typeof forRows>[number];

const starts = ({ own }: ForRow): boolean =>
  own.some(({ kind }) => kind === "start-channel" || kind === "set-output");

const isForRow = (step: Step): boolean => "destinationId" in step && step.destinationId !== null;

const stoppedBy = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => (step.kind === "stop-channel" ? [step.channelId] : []));

describe("the plan, whatever the facts", () => {
  it("T5 legal: asks of a channel or the flow only what AWS accepts in its state", () => {
    const legal: Record<Step["kind"], (channel: ChannelState, flow: string) => boolean> = {
      "start-flow": (_, flow) => flow === "standby",
      "stop-flow": (_, flow) => flow === "active",
      "fail-intent": () => true,
      "keep-deadlines": () => true,
      "set-output": canUpdate,
      "start-channel": canStart,
      "stop-channel": canStop,
    };
    always((facts, steps) => {
      for (const step of steps) {
        const id = "channelId" in step ? step.channelId : "";
        const state = facts.channels?.get(id)?.state ?? "unknown";
        expect([step.kind, state, legal[step.kind](state, flowState(facts))]).toContain(true);
      }
      expect(steps.length).toBeLessThan(9);
    });
  });

  it("gives the same steps again, and leaves the facts as they are", () => {
    always((facts, steps) => {
      const before = structuredClone(facts);
      expect(planned(facts)).toEqual(steps);
      expect(facts).toEqual(before);
    });
  });

  it("asks each channel for one thing, and one thing for each destination", () => {
    always((facts, steps) => {
      const asked = steps.flatMap((step) =>
        "channelId" in step ? [`${step.kind} ${step.channelId}`] : [],
      );
      expect(new Set(asked).size).toBe(asked.length);
      for (const { own } of forRows(facts, steps)) expect(own.length).toBeLessThanOrEqual(1);
    });
  });

  it("comes with stops first and the flow's stop last", () => {
    always((_, steps) => {
      const stops = steps.map(({ kind }) => kind === "stop-channel");
      expect(stops).toEqual(stops.toSorted((left, right) => Number(right) - Number(left)));
      expect([-1, steps.length - 1]).toContain(steps.findIndex(({ kind }) => kind === "stop-flow"));
    });
  });

  it("M5 no-surprise-stop: stops no channel of a row that is wanted and has it", () => {
    always((facts, steps) => {
      const stopped = stoppedBy(steps.filter(isForRow));
      const wanted = forRows(facts, steps).filter(({ row }) => row.desired === "on");
      for (const { claim } of wanted.filter(({ claim }) => claim?.holds))
        expect(stopped).not.toContain(claim?.channelId);
    });
  });

  it("M5 no-surprise-stop: does nothing to a channel that cannot be read, and ends only starts not begun", () => {
    always((facts, steps) => {
      const unread = forRows(facts, steps).filter(({ state }) => state === "unknown");
      for (const { row, claim, own } of unread)
        for (const step of own) {
          expect(step).toMatchObject({ kind: "fail-intent" });
          expect([row.phase === "accepted", claim?.holds === true]).not.toEqual([false, true]);
        }
    });
  });

  it("M5 no-surprise-stop: gives up no start that has begun, but for one that AWS never brings to run", () => {
    always((facts, steps) => {
      const begun = forRows(facts, steps).filter(({ state }) => hasBegun(state));
      const held = begun.filter(({ claim }) => claim?.holds).flatMap(({ own }) => own);
      const reasons = held.flatMap((step) => (step.kind === "fail-intent" ? [step.reason] : []));
      expect(new Set([...reasons, "stuck-starting"])).toEqual(new Set(["stuck-starting"]));
    });
  });

  it("M4 stop-wins: stops what is not wanted and not settled as soon as AWS and the pause allow", () => {
    always((facts, steps) => {
      const off = forRows(facts, steps).filter(
        ({ row }) => row.desired === "off" && !isSettled(row),
      );
      const due = off.filter(({ row }) => row.retryAt === null || row.retryAt <= now);
      const free = due.filter(({ claim }) => claim?.holds && !claim.wantedByOthers);
      const stopped = stoppedBy(steps);
      for (const { claim, state } of free)
        expect(stopped.includes(claim?.channelId ?? "")).toBe(canStop(state));
    });
  });

  it("M4 stop-wins: does nothing but stop for what is not wanted, and nothing for what is settled", () => {
    always((facts, steps) => {
      for (const { row, own } of forRows(facts, steps).filter(({ row }) => row.desired === "off")) {
        expect(own.filter(({ kind }) => kind !== "stop-channel")).toEqual([]);
        expect(isSettled(row) ? own : []).toEqual([]);
      }
    });
  });

  it("M1 no-overrun: starts nothing without a lease that has not ended, or before the flow carries video", () => {
    always((facts, steps) => {
      const { flow } = facts;
      const video = flow === "not-configured" || (flow !== null && carriesVideo(flow.state));
      for (const { row, claim } of forRows(facts, steps).filter(starts)) {
        expect([row.desired, row.phase, claim?.holds, video]).toEqual([
          "on",
          "accepted",
          true,
          true,
        ]);
        expect(row.leaseUntil).not.toBeNull();
        expect(isLeaseOver(row, now)).toBe(false);
        expect(row.retryAt ?? now).not.toEqual(addSeconds(now, 1));
      }
    });
  });

  it("M3 one-start-per-intent: repeats a start only when AWS refused it, or has not answered for 5 s", () => {
    always((facts, steps) => {
      const repeated = forRows(facts, steps)
        .filter(({ own }) => own.some(({ kind }) => kind === "start-channel"))
        .filter(({ row }) => row.attempt !== null && row.attempt.intentId === row.intent?.id);
      const settled = repeated.filter(({ row }) => row.attempt?.outcome !== "refused");
      for (const { row } of settled) {
        expect(row.attempt?.outcome).toBe("unknown");
        expect(differenceInSeconds(now, row.attempt?.at ?? now)).toBeGreaterThanOrEqual(5);
      }
      expect(repeated.length).toBeLessThanOrEqual(facts.destinations.length);
    });
  });

  it("sets the output of each RTMP channel of its own before its start, and no other", () => {
    always((facts, steps) => {
      for (const { row, claim, own } of forRows(facts, steps).filter(starts)) {
        const rtmp = claim?.mode === "own" && row.kind !== "primary";
        const needed = rtmp && row.outputIntentId !== row.intent?.id;
        expect(own.map(({ kind }) => kind)).toEqual([needed ? "set-output" : "start-channel"]);
      }
      expect(planned(facts)).toEqual(steps);
    });
  });

  it("M2 no-orphan: stops a stranger when its time is over, and not before, nor when it has a row", () => {
    always((facts, steps) => {
      const stateOf = (channelId: string) => facts.channels?.get(channelId)?.state ?? "unknown";
      const bound = facts.destinations.map((row) => bind(row, facts.bindings)?.channelId);
      const over = facts.memory.strangers.filter(
        ({ channelId, until }) => until <= now && !bound.includes(channelId),
      );
      const due = over.map(({ channelId }) => channelId).filter((id) => canStop(stateOf(id)));
      expect(stoppedBy(steps)).toEqual(expect.arrayContaining(due));
      const strangers = steps.filter((step) => !isForRow(step));
      expect(due).toEqual(expect.arrayContaining(stoppedBy(strangers)));
    });
  });

  it("M6 flow-follows: starts the flow for the first that is wanted and stops it long after the last", () => {
    always((facts, steps) => {
      const { memory } = facts;
      const state = flowState(facts);
      const kinds = new Set(steps.map(({ kind }) => kind));
      const failing = steps.flatMap((step) =>
        step.kind === "fail-intent" ? [step.destinationId] : [],
      );
      const wanted = facts.destinations.some(
        ({ id, desired }) => desired === "on" && !failing.includes(id),
      );
      expect(kinds.has("start-flow")).toBe(wanted && state === "standby");
      const quietFor =
        memory.flowQuietSince === null ? -1 : differenceInSeconds(now, memory.flowQuietSince);
      const over = quietFor >= defaultPolicy.keepWarmMinutes * 60;
      expect(kinds.has("stop-flow")).toBe(over && state === "active" && !isFlowNeeded(facts));
    });
  });
});
