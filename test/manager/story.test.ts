import { subMinutes } from "date-fns/subMinutes";
import { describe, expect, it } from "vitest";
import type { Session } from "../../src/domain/session.ts";
import { OpsError } from "../../src/errors.ts";
import { ana } from "../support/builders.ts";
import { aPatchbay, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

const open = ({ endedAt }: Session): boolean => endedAt === null;
const noticesOf = ({ broadcasts }: World) =>
  broadcasts.all().flatMap(({ id }) => broadcasts.story(id));

describe("a broadcast", () => {
  it("begins with the first start and ends when everything is off, once", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.live(2);
    expect(world.broadcasts.all()).toEqual([]);
    await patchbay.start("dest_twitch");
    const startedAt = world.clock.now();
    await patchbay.converge();
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.live(2);
    expect(world.broadcasts.all()).toMatchObject([{ startedAt, startedBy: ana, endedAt: null }]);
    await patchbay.stop("dest_youtube");
    await patchbay.live(30);
    expect(world.broadcasts.all()).toHaveLength(1);
    expect(world.broadcasts.all()[0]?.endedAt).not.toBeNull();
  });

  it("A3: tells what came of a start after it, also by a clock that is behind", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    world.clock.set(subMinutes(world.clock.now(), 4));
    await patchbay.converge();
    const told = noticesOf(world).toSorted((left, right) => left.at.getTime() - right.at.getTime());
    expect(told.map(({ kind }) => kind)).toEqual(["start-asked", "running"]);
  });

  it("is a new one on the next evening", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    for (const _ of ["Sunday", "Monday"]) {
      await patchbay.start("dest_twitch");
      await patchbay.converge();
      await patchbay.stop("dest_twitch");
      await patchbay.converge();
      await world.clock.advance(24 * 3_600_000);
    }
    const [first, second] = world.broadcasts.all();
    expect(first?.id).not.toBe(second?.id);
    expect(new Set(world.sessions.all().map(({ broadcastId }) => broadcastId)).size).toBe(2);
  });

  it("shows the end of the one before when a new one opens, in case nobody has seen it", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    const [first] = world.broadcasts.all();
    const before = world.notifier.views.length;
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    const after = world.notifier.views.slice(before).map(({ broadcast }) => broadcast?.id);
    expect(after[0]).toBe(first?.id);
    expect(after.slice(1)).not.toContain(first?.id);
  });

  it("stays open while the channels cannot be read", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.stop("dest_twitch");
    world.failNext("channels.list", new OpsError("timed-out", "No answer."), { times: 30 });
    await patchbay.live(0.2);
    expect(world.broadcasts.all()).toMatchObject([{ endedAt: null }]);
    await patchbay.live(2);
    expect(world.broadcasts.all()[0]?.endedAt).not.toBeNull();
  });

  it("T4 single effect: is opened once by two processes", async () => {
    const world = aWorld();
    const both = [aPatchbay(world), aPatchbay(world)] as const;
    await both[0].start("dest_twitch");
    await Promise.all(both.map((each) => each.pass()));
    await both[0].converge();
    expect(world.broadcasts.all()).toHaveLength(1);
    expect(story(world)).toEqual(["start-asked Twitch", "running Twitch"]);
  });

  it.each([
    ["by itself", 0],
    ["by another", 1],
  ])(
    "T4 single effect: has nothing of the evening before, which a slow process has read, opened %s",
    async (_, passes) => {
      const world = aWorld();
      const patchbay = aPatchbay(world);
      await patchbay.start("dest_twitch");
      let isSlow = true;
      const slow = aPatchbay(world, {
        wrap: async (name) => {
          if (name !== "broadcasts.latest" || !isSlow) return;
          isSlow = false;
          await patchbay.converge();
          await patchbay.stop("dest_twitch");
          await patchbay.converge();
          await patchbay.start("dest_twitch");
          for (let pass = 0; pass < passes; pass += 1) await patchbay.pass();
        },
      });
      await slow.pass();
      await patchbay.converge();
      const keys = noticesOf(world).map(({ key }) => key);
      expect(keys).toEqual([...new Set(keys)]);
      expect(world.broadcasts.all()).toHaveLength(2);
      expect(story(world).filter((line) => line === "start-asked Twitch")).toHaveLength(2);
    },
  );
});

describe("the story", () => {
  it("A3 order: tells who asked before what came of it, each once", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.live(3);
    await patchbay.stop("dest_twitch");
    await patchbay.live(3);
    expect(story(world)).toEqual([
      "start-asked Twitch",
      "running Twitch",
      "stop-asked Twitch",
      "off Twitch",
    ]);
    const notices = noticesOf(world);
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
    expect(notices.every(({ by }) => by?.id === ana.id)).toBe(true);
    expect(notices[0]?.until).toEqual(new Date("2026-11-22T23:00:00Z"));
  });

  it("tells both wishes when a start comes while the channel stops", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.pass();
    await world.clock.advance(500);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(story(world)).toEqual([
      "start-asked Twitch",
      "running Twitch",
      "stop-asked Twitch",
      "start-asked Twitch",
      "running Twitch",
    ]);
  });

  it("does not call a stop stuck that has just begun, however long the show was", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.live(60);
    await world.ports.channels.stop("1003");
    await patchbay.live(2);
    expect(story(world)).not.toContain("stuck-stopping Twitch");
  });
});

describe("a session", () => {
  it("lasts from the accepted start to the settled stop", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    const startedAt = world.clock.now();
    await patchbay.converge();
    const runningAt = world.destinations.get("dest_twitch").runningSince;
    expect(world.sessions.all()).toMatchObject([
      {
        destinationId: "dest_twitch",
        channelId: "1003",
        startedBy: ana,
        startedAt,
        runningAt,
        endedAt: null,
      },
    ]);
    await patchbay.live(10);
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    const { settledAt } = world.destinations.get("dest_twitch");
    expect(world.sessions.all()).toMatchObject([
      { startedAt, runningAt, endedAt: settledAt, status: "stopped", endReason: null },
    ]);
  });

  it("ends when the next one begins before its stop was done, and the next one has its own times", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.pass();
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    const [first, second] = world.sessions.all();
    expect(first).toMatchObject({ status: "stopped", endReason: "started again" });
    expect(second).toMatchObject({ endedAt: null, status: "active" });
    expect(second?.runningAt).toEqual(world.destinations.get("dest_twitch").runningSince);
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    expect(world.sessions.all().filter(open)).toEqual([]);
  });

  it("is none for a start that is stopped before anybody acted on it", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.stop("dest_twitch");
    await world.clock.advance(1);
    await patchbay.converge();
    expect(world.sessions.all()).toEqual([]);
    expect(story(world)).toEqual(["start-asked Twitch", "stop-asked Twitch", "off Twitch"]);
  });

  it("carries the reason of the wish that ended it", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.manager.intents.stop({
      destinationIds: ["dest_twitch"],
      by: ana,
      reason: "wrong camera",
      until: null,
    });
    await patchbay.converge();
    expect(world.sessions.all()).toMatchObject([{ endReason: "wrong camera" }]);
  });
});
