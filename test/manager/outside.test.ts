import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { aDestination, channelByPlatform, siteNow } from "../support/builders.ts";
import { aPatchbay, effects, refusals, story } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch, youtube } = channelByPlatform;
const twitchOnly = { destinations: [aDestination()] };

/** Twitch on air for an hour, so that nothing of its start is recent. */
async function longOnAir() {
  const world = aWorld(twitchOnly);
  const patchbay = aPatchbay(world);
  await patchbay.start("dest_twitch");
  await patchbay.live(60);
  return { world, patchbay };
}

describe("a show that somebody stops in the AWS console", () => {
  it("M3 one-start-per-intent: is not started again, also while its start cannot be recorded", async () => {
    const world = aWorld({ flow: "active" });
    let asked = false;
    const patchbay = aPatchbay(world, {
      wrap: (name, moment) => {
        if (name === "channels.start") asked = true;
        if (!asked || name !== "destinations.update" || moment !== "before") return;
        asked = false;
        world.channels.put({ channelId: twitch, state: "idle" });
        throw new OpsError("timed-out", "AWS said nothing.");
      },
    });
    await patchbay.start("dest_twitch");
    await patchbay.live(2);
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
    expect(world.channels.running()).toEqual([]);
    expect(world.destinations.get("dest_twitch")).toMatchObject({ desired: "off" });
  });

  it("is over: told with what happened, and not started again", async () => {
    const { world, patchbay } = await longOnAir();
    await world.ports.channels.stop(twitch);
    await patchbay.live(10);
    expect(world.channels.running()).toEqual([]);
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
    expect(story(world).slice(2)).toEqual(["stopped-outside Twitch"]);
    expect(world.destinations.get("dest_twitch")).toMatchObject({
      phase: "off",
      intent: { by: { name: "somebody outside patchbay" } },
      lastError: "somebody stopped it outside patchbay",
    });
    expect(world.sessions.all()).toMatchObject([
      { status: "stopped", endReason: "somebody stopped it outside patchbay" },
    ]);
  });

  it("is over also when the channel is found idle, or gone altogether", async () => {
    const first = await longOnAir();
    first.world.channels.put({ channelId: twitch, state: "idle" });
    await first.patchbay.converge();
    expect(story(first.world).at(-1)).toBe("stopped-outside Twitch");
    const second = await longOnAir();
    second.world.channels.remove(twitch);
    await second.patchbay.converge();
    expect(second.world.destinations.get("dest_twitch").lastError).toContain("deleted");
  });

  it("can be started again at once", async () => {
    const { world, patchbay } = await longOnAir();
    await world.ports.channels.stop(twitch);
    await patchbay.pass();
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
    expect(refusals(world)).toEqual([]);
  });
});

describe("a channel that somebody starts in the AWS console", () => {
  const quiet = async () => {
    const world = aWorld({ ...twitchOnly, flow: "active" });
    const patchbay = aPatchbay(world);
    await patchbay.converge();
    await world.ports.channels.start(twitch);
    return { world, patchbay };
  };

  it("M2 no-orphan: is adopted with a default lease and announced once", async () => {
    const { world, patchbay } = await quiet();
    await patchbay.live(5);
    expect(world.channels.running()).toEqual([twitch]);
    const row = world.destinations.get("dest_twitch");
    expect(row).toMatchObject({ desired: "on", phase: "running", intent: { by: { id: "aws" } } });
    expect(row.leaseUntil).toEqual(addMinutes(row.intent?.at ?? 0, 240));
    expect(story(world)).toEqual(["adopted Twitch", "running Twitch"]);
    expect(world.sessions.all()).toMatchObject([
      { status: "active", runningAt: row.runningSince, startedBy: { id: "aws" } },
    ]);
  });

  it("M1 no-overrun: ends within its platform's own limit", async () => {
    const world = aWorld({ destinations: [aDestination({ platform: "linkedin" })] });
    const patchbay = aPatchbay(world, { policy: { defaultLeaseMinutes: 600 } });
    await world.ports.channels.start(channelByPlatform.linkedin);
    await patchbay.live(1);
    expect(world.destinations.get("dest_linkedin").leaseUntil).toEqual(addMinutes(siteNow, 4 * 60));
  });

  it("M1 no-overrun: ends with its lease like every other", async () => {
    const { world, patchbay } = await quiet();
    await patchbay.live(4 * 60 + 2);
    expect(world.channels.running()).toEqual([]);
    expect(story(world).slice(2)).toEqual(["stop-asked Twitch", "off Twitch"]);
  });

  it("M2 no-orphan: is stopped at once where the policy says so, each time, and each time told", async () => {
    const world = aWorld({ ...twitchOnly, flow: "active" });
    const patchbay = aPatchbay(world, { policy: { strangers: "stop" } });
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.live(5);
    const [session] = world.sessions.all();
    for (const _ of ["first", "second"]) {
      await world.ports.channels.start(twitch);
      await patchbay.live(5);
      expect(world.channels.stateOf(twitch)).toBe("idle");
    }
    expect(story(world).filter((line) => line === "stranger-stopped Twitch")).toHaveLength(2);
    expect(world.sessions.all()).toEqual([session]);
  });

  it("is running at once when it was found running, in a session of its own", async () => {
    const { world, patchbay } = await longOnAir();
    await patchbay.stop("dest_twitch");
    await patchbay.live(10);
    const [before] = world.sessions.all();
    world.channels.put({ channelId: twitch, state: "running" });
    const foundAt = world.clock.now();
    await patchbay.live(1);
    const [first, second] = world.sessions.all();
    expect(first).toEqual(before);
    expect(second).toMatchObject({ endedAt: null, runningAt: foundAt });
  });

  it("takes the place of a start that waits: one that was wanted anyway", async () => {
    const world = aWorld(twitchOnly);
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.pass();
    await world.ports.channels.start(twitch);
    await patchbay.converge();
    expect(story(world)).toEqual(["start-asked Twitch", "running Twitch"]);
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
  });
});

describe("a channel of the site that no row stands for", () => {
  const lone = async (policy = {}) => {
    const world = aWorld({ ...twitchOnly, flow: "active" });
    const patchbay = aPatchbay(world, { policy });
    await patchbay.converge();
    await world.ports.channels.start(youtube);
    return { world, patchbay };
  };

  it("M2 no-orphan: is seen, told once, and stopped when the default lease is over", async () => {
    const { world, patchbay } = await lone();
    await patchbay.live(3 * 60);
    expect(world.channels.running()).toEqual([youtube]);
    expect(story(world)).toEqual(["stranger-seen youtube"]);
    await patchbay.live(62);
    expect(world.channels.running()).toEqual([]);
    expect(effects(world).filter((call) => call.startsWith("stop-channel"))).toHaveLength(1);
  });

  it("M2 no-orphan: is stopped at once where the policy says so", async () => {
    const { world, patchbay } = await lone({ strangers: "stop" });
    await patchbay.live(1);
    expect(world.channels.stateOf(youtube)).toBe("idle");
  });

  it("T4 single effect: is told once by two processes that see it at the same time", async () => {
    const { world, patchbay } = await lone();
    const other = aPatchbay(world);
    const both = [patchbay.pass(), other.pass()];
    await Promise.all(both);
    await world.clock.advance(1);
    await Promise.all([other.pass(), patchbay.pass()]);
    expect(story(world)).toEqual(["stranger-seen youtube"]);
  });

  it("is tried again when its stop fails", async () => {
    const { world, patchbay } = await lone({ strangers: "stop" });

    world.failNext("channels.stop", new OpsError("aws-throttled", "Slower."), { times: 3 });
    await patchbay.live(2);
    expect(world.channels.stateOf(youtube)).toBe("idle");
  });
});

describe("a row that disappears while its channel runs", () => {
  it("M2 no-orphan: leaves a stranger behind, which ends with a lease", async () => {
    const { world, patchbay } = await longOnAir();
    world.destinations.remove("dest_twitch");
    await patchbay.live(5);
    expect(story(world).at(-1)).toBe("stranger-seen twitch");
    await patchbay.live(4 * 60);
    expect(world.channels.running()).toEqual([]);
  });
});

describe("a row that names a channel of its own, and disappears while it runs", () => {
  it("M2 no-orphan: leaves a stranger that ends when the row would have, and one session at a time", async () => {
    const destinations = [aDestination({ channelId: "7777" })];
    const world = aWorld({ destinations, bindings: { channelByPlatform: {} } });
    world.channels.put({ channelId: "7777", name: "own", state: "idle" });
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 60), "dest_twitch");
    await patchbay.live(5);
    world.destinations.remove("dest_twitch");
    await patchbay.live(30);
    expect(world.channels.running()).toEqual(["7777"]);
    expect(world.sessions.all().map(({ id, endedAt }) => [id, endedAt !== null])).toEqual([
      [expect.stringContaining("session_intent"), true],
      [expect.stringContaining("session_stranger_7777"), false],
    ]);
    await patchbay.live(30);
    expect(world.channels.running()).toEqual([]);
    expect(world.sessions.all().every(({ endedAt }) => endedAt !== null)).toBe(true);
  });
});

describe("a row that was edited by hand", () => {
  it("M1 no-overrun: gets an end again when it has lost its lease", async () => {
    const { world, patchbay } = await longOnAir();
    world.destinations.put({ ...world.destinations.get("dest_twitch"), leaseUntil: null });
    await patchbay.live(4 * 60 + 2);
    expect(world.channels.running()).toEqual([]);
  });

  it("M4 stop-wins: is stopped when somebody wrote that it should be off", async () => {
    const { world, patchbay } = await longOnAir();
    world.destinations.put({ ...world.destinations.get("dest_twitch"), desired: "off" });
    await patchbay.live(2);
    expect(world.channels.running()).toEqual([]);
    expect(world.destinations.get("dest_twitch")).toMatchObject({ desired: "off", phase: "off" });
  });
});
