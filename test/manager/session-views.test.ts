import { addMinutes } from "date-fns";
import { expect, it } from "vitest";
import { autoShutdown } from "../../src/domain/destination.ts";
import type { Session } from "../../src/domain/session.ts";
import { sessionViews } from "../../src/manager/session-views.ts";
import { aBroadcast, aSession, siteNow } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const pricing = {
  table: aWorld().ports.prices,
  now: addMinutes(siteNow, 60),
  sourceBitrateBps: null,
};
const ran = (overrides: Partial<Session> = {}) =>
  aSession({ billedFrom: siteNow, runningAt: addMinutes(siteNow, 2), ...overrides });

it("tells how long each session of the broadcast has run and what it has cost", () => {
  const other = ran({ broadcastId: "broadcast_0" });
  expect(sessionViews([other, ran()], aBroadcast(), pricing)).toEqual([
    {
      destinationId: "dest_twitch",
      name: "Twitch",
      minutes: 58,
      usd: expect.closeTo(0.8, 0),
      failed: false,
      savedUsd: 0,
    },
  ]);
  expect(sessionViews([ran()], null, pricing)).toEqual([]);
});

it("tells of a start that never ran, and of what auto-shutdown saved", () => {
  const failed = aSession({ status: "error", endedAt: addMinutes(siteNow, 1) });
  const saved = ran({
    endedAt: addMinutes(siteNow, 30),
    endedBy: autoShutdown,
    leaseUntil: addMinutes(siteNow, 90),
  });
  const [first, second] = sessionViews([failed, saved], aBroadcast(), pricing);
  expect(first).toMatchObject({ minutes: 0, usd: 0, failed: true, savedUsd: 0 });
  expect(second).toMatchObject({ minutes: 28, failed: false });
  expect(second?.savedUsd).toBeGreaterThan(second?.usd ?? 0);
});

it("ends what nobody closed with the broadcast", () => {
  const ended = aBroadcast({ endedAt: addMinutes(siteNow, 20) });
  expect(sessionViews([ran()], ended, pricing)).toMatchObject([{ minutes: 18 }]);
});

it("is known in the look that ends a broadcast, with the ten-minute minimum", async () => {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  await patchbay.converge();
  await patchbay.start("dest_twitch");
  const started = (await patchbay.converge()).view.cost;
  expect(started?.monthUsd).toBeGreaterThanOrEqual(started?.broadcastUsd ?? Number.NaN);
  await patchbay.stop("dest_twitch");
  const { view } = await patchbay.converge();
  const [session] = await world.sessions.list(new Date(0), world.clock.now());
  expect(view.broadcast?.endedAt).not.toBeNull();
  expect(session?.endedAt).not.toBeNull();
  const [told] = view.sessions;
  const twitch = view.destinations.find(({ id }) => id === "dest_twitch");
  const fiveMinutesUsd = (twitch?.cost?.perHourUsd ?? Number.NaN) / 12;
  expect(told).toMatchObject({ name: "Twitch", minutes: 0, failed: false });
  expect(told?.usd).toBeGreaterThan(fiveMinutesUsd);
  const flowUsd = view.cost?.flow.broadcastUsd ?? Number.NaN;
  expect(flowUsd).toBeGreaterThan(0);
  expect(view.cost?.broadcastUsd).toBeCloseTo((told?.usd ?? Number.NaN) + flowUsd, 9);
});

it("counts the flow's hours of the broadcast, also when nothing else costs anything yet", async () => {
  const world = aWorld({ flow: "active" });
  const patchbay = aPatchbay(world);
  await patchbay.converge();
  await patchbay.start("dest_twitch");
  await patchbay.converge();
  await world.clock.advance(3_600_000);
  const { view } = await patchbay.converge();
  const { flow, broadcastUsd = 0, perHourUsd = 0 } = view.cost ?? {};
  expect(flow?.perHourUsd).toBeCloseTo(0.16, 2);
  expect(flow?.broadcastUsd).toBeCloseTo(flow?.perHourUsd ?? 0, 2);
  const [twitch] = view.sessions;
  expect(broadcastUsd).toBeCloseTo((twitch?.usd ?? 0) + (flow?.broadcastUsd ?? 0), 6);
  expect(perHourUsd).toBeCloseTo(
    (view.destinations.find(({ id }) => id === "dest_twitch")?.cost?.perHourUsd ?? 0) + 0.16,
    2,
  );
});
