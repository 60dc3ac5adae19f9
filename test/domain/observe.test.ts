import { addMinutes } from "date-fns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChannelState, hasBegun, isBilledRunning } from "../../src/domain/channel.ts";
import type { Destination } from "../../src/domain/destination.ts";
import { isSettled } from "../../src/domain/destination.ts";
import { type Look, type Observation, observe } from "../../src/domain/observe.ts";
import { plan } from "../../src/domain/plan.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { anyDestination, anyPolicy, anyState } from "../support/arbitraries.ts";
import {
  aChannelReading,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";

const runs = { numRuns: 1_000 };
const anyLook: fc.Arbitrary<Look> = fc.record({
  state: anyState,
  wantedByOthers: fc.boolean(),
  deadline: fc.constantFrom(
    null,
    { channelId: "1003", at: addMinutes(now, 60), sure: false, before: addMinutes(now, -1) },
    { channelId: "1003", at: addMinutes(now, 60), sure: true, before: addMinutes(now, 1) },
  ),
  now: fc.constant(now),
  policy: anyPolicy,
});

type Seen = { before: Destination; after: Destination; look: Look } & Observation;

/** Holds for whatever row the loop may find its channel with. */
const always = (property: (seen: Seen) => void) =>
  fc.assert(
    fc.property(anyDestination(), anyLook, (before, look) => {
      const observation = observe(before, look);
      property({ before, look, after: { ...before, ...observation.change }, ...observation });
    }),
    runs,
  );

describe("what a look tells, whatever the row", () => {
  it("is the same once it is written: a second look at the changed row tells nothing", () => {
    always(({ before, after, look }) => {
      if (look.wantedByOthers && before.desired === "on") return;
      expect(observe(after, look)).toEqual({ change: {}, notice: null });
    });
  });

  it("M5 no-surprise-stop: is nothing when the state is not known", () => {
    always(({ before, look }) => {
      expect(observe(before, { ...look, state: "unknown" })).toEqual({ change: {}, notice: null });
    });
  });

  it("M5 no-surprise-stop: never turns a wish off while its channel runs or starts", () => {
    always(({ before, after, look }) => {
      if (before.desired === "on" && hasBegun(look.state)) expect(after.desired).toBe("on");
    });
  });

  it("M1 no-overrun: settles nothing before its channel is at rest, but for others' shared channel", () => {
    always(({ before, after, look }) => {
      if (isSettled(before) || !isSettled(after)) return;
      expect(look.wantedByOthers || !isBilledRunning(look.state)).toBe(true);
    });
  });

  it("M1 no-overrun: leaves nothing that runs without an end", () => {
    always(({ after, look }) => {
      if (after.desired === "on" && hasBegun(look.state))
        expect(after.leaseUntil ?? after.phase).not.toBe("running");
    });
  });

  it("M2 no-orphan: turns a wish on only for somebody else's start, where the policy adopts", () => {
    always(({ before, after, look, notice }) => {
      if (before.desired === "on" || after.desired === "off") return;
      expect([look.policy.strangers, notice?.kind, hasBegun(look.state)]).toEqual([
        "adopt",
        "adopted",
        true,
      ]);
      expect(after.leaseUntil).toEqual(addMinutes(now, defaultPolicy.defaultLeaseMinutes));
    });
  });

  it("M2 no-orphan: never leaves a channel that runs for nobody alone", () => {
    always(({ before, after, look }) => {
      if (isSettled(before) && hasBegun(look.state) && !look.wantedByOthers)
        expect(isSettled(after)).toBe(false);
    });
  });

  it("tells of each turn, and of nothing else", () => {
    always(({ before, after, notice }) => {
      const turned = before.desired !== after.desired || isSettled(before) !== isSettled(after);
      const runs = before.phase !== "running" && after.phase === "running";
      if (turned || runs) expect(notice).not.toBeNull();
      if (before.phase === after.phase && !turned) expect(notice).toBeNull();
    });
  });

  it("keeps the state with the time of its first sight, and the last look to the minute", () => {
    always(({ before, after, look }) => {
      if (look.state === "unknown") return;
      expect(after.channelState).toBe(look.state);
      if (before.channelState !== look.state) expect(after.stateSince).toEqual(now);
      const minutes = isSettled(after) ? 10 : 1;
      expect(now.getTime() - Number(after.lastSyncAt)).toBeLessThan(minutes * 60_000);
    });
  });
});

describe("looking and planning in turn", () => {
  const { twitch } = channelByPlatform;
  /** What AWS makes of a state by itself, for good or for bad. */
  const fatesOf: Partial<Record<ChannelState, readonly ChannelState[]>> = {
    creating: ["idle", "create_failed"],
    starting: ["running", "stopping", "idle"],
    recovering: ["running", "stopping"],
    stopping: ["idle"],
    updating: ["idle", "update_failed"],
  };
  const nextOf = (state: ChannelState, choice: number): ChannelState => {
    const fates = fatesOf[state] ?? [state];
    return fates[choice % fates.length] ?? state;
  };

  it("M4 stop-wins: ends every stop in rest, from every row and state, whatever AWS makes of it", () => {
    const anyStop = anyDestination().map((row) => ({
      ...row,
      desired: "off" as const,
      phase: "accepted" as const,
    }));
    const anyReadable = anyState.filter((state) => state !== "unknown");
    const fates = fc.array(fc.nat(2), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyStop, anyReadable, fates, (first, start, choices) => {
        let row: Destination = first;
        let state: ChannelState = start;
        for (const [round, choice] of choices.entries()) {
          const at = addMinutes(now, round);
          const others = { wantedByOthers: false, deadline: null };
          const look = { state, ...others, now: at, policy: defaultPolicy };
          row = { ...row, ...observe(row, look).change };
          const channels = new Map([[twitch, aChannelReading({ state })]]);
          const steps = plan(someFacts({ destinations: [row], channels }), defaultPolicy, at);
          expect(steps.every(({ kind }) => kind === "stop-channel" || kind === "stop-flow")).toBe(
            true,
          );
          state = steps.some(({ kind }) => kind === "stop-channel")
            ? "stopping"
            : nextOf(state, choice);
        }
        expect([row.desired, row.phase, isBilledRunning(state)]).toEqual(["off", "off", false]);
      }),
      { numRuns: 500 },
    );
  });
});
