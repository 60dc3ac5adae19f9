import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { type Loop, type LoopTimes, startLoop } from "../../src/manager/loop.ts";
import { createManager } from "../../src/manager/manager.ts";
import { ana, channelByPlatform } from "../support/builders.ts";
import { aWorld } from "../support/world.ts";

const times: LoopTimes = { soon: 1_000, watch: 10_000, idle: 60_000 };
const twitch = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: null };

/** A world with the real loop on it, which wishes wake. */
function aLoop() {
  const world = aWorld();
  const running: Loop[] = [];
  const manager = createManager(world.ports, defaultPolicy, () => void running[0]?.wake());
  let passes = 0;
  const counted = {
    ...manager,
    reconcile: () => {
      passes += 1;
      return manager.reconcile();
    },
  };
  const loop = startLoop(world.ports, counted, times);
  running.push(loop);
  return { world, manager, loop, passes: () => passes };
}

describe("the loop", () => {
  it("looks at once, then by its pace", async () => {
    const { world, loop, passes } = aLoop();
    await world.clock.advance(0);
    expect([passes(), loop.lastPassAt()]).toEqual([1, world.clock.now()]);
    await world.clock.advance(59_999);
    expect(passes()).toBe(1);
    await world.clock.advance(1);
    expect(passes()).toBe(2);
    await loop.stop();
  });

  it("brings a wish on air and off again by itself", async () => {
    const { world, manager, loop } = aLoop();
    await world.clock.advance(0);
    await manager.intents.start(twitch);
    await world.clock.advance(0);
    await world.clock.advance(15_000);
    expect(world.channels.running()).toEqual([channelByPlatform.twitch]);
    await manager.intents.stop(twitch);
    await world.clock.advance(0);
    await world.clock.advance(15_000);
    expect(world.channels.running()).toEqual([]);
    await loop.stop();
  });

  it("acts on a wish at once, also when it comes in the middle of a pass", async () => {
    const { world, loop, passes } = aLoop();
    void loop.wake();
    await world.clock.advance(0);
    expect(passes()).toBe(2);
    void loop.wake();
    await world.clock.advance(0);
    expect(passes()).toBe(3);
    await loop.stop();
  });

  it("tells who woke it when the pass that was asked for is over, or the loop", async () => {
    const { world, loop, passes } = aLoop();
    let passed = 0;
    const ask = () =>
      loop.wake().then(() => {
        passed = passes();
      });
    const first = ask();
    await world.clock.advance(0);
    await first;
    expect(passed).toBe(2);
    const late = ask();
    await loop.stop();
    await Promise.all([late, loop.wake()]);
    expect(passes()).toBeLessThanOrEqual(3);
  });

  it("has settled when a pass finds nothing on its way, or when nobody waits any longer", async () => {
    const { world, manager, loop } = aLoop();
    const never = new AbortController();
    await world.clock.advance(0);
    await loop.settled(never.signal);
    await manager.intents.start(twitch);
    await world.clock.advance(0);
    let settled = false;
    const settling = loop.settled(never.signal).then(() => {
      settled = true;
    });
    const impatient = new AbortController();
    const given = loop.settled(impatient.signal);
    await world.clock.advance(2_000);
    impatient.abort();
    await given;
    expect([settled, world.channels.running()]).toEqual([false, []]);
    await world.clock.advance(20_000);
    await settling;
    expect(world.channels.running()).toEqual([channelByPlatform.twitch]);
    await loop.stop();
  });

  it("goes on after a pass that failed, and says so in the log", async () => {
    const { world, loop, passes } = aLoop();
    await world.clock.advance(0);
    const last = loop.lastPassAt();
    world.failNext("destinations.list", new OpsError("aws-unavailable", "No table."));
    world.failNext("destinations.list", new TypeError("undefined is not a function"));
    await world.clock.advance(61_000);
    expect(world.log.lines.filter(({ event }) => event === "pass-failed")).toMatchObject([
      { level: "error", fields: { code: "aws-unavailable" } },
      { level: "error", fields: { code: "internal" } },
    ]);
    expect(loop.lastPassAt()).toEqual(last);
    await world.clock.advance(1_000);
    expect([passes(), loop.lastPassAt()]).toEqual([4, world.clock.now()]);
    await loop.stop();
  });

  it("P3: lets the present pass finish when it is stopped, and leaves nothing behind", async () => {
    const { world, loop, passes } = aLoop();
    await loop.stop();
    expect([passes(), world.clock.sleepers()]).toEqual([1, 0]);
    await world.clock.advance(600_000);
    expect(passes()).toBe(1);
  });
});
