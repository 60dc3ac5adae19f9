import { describe, expect, it } from "vitest";
import { isSettled } from "../../src/domain/destination.ts";
import { carriesVideo } from "../../src/domain/source.ts";
import { OpsError } from "../../src/errors.ts";
import { aDestination, channelByPlatform, keyRef } from "../support/builders.ts";
import { aPatchbay, effects, refusals, story } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch, primary, youtube } = channelByPlatform;

describe("one destination", () => {
  it("goes on air and off again, and every other one stays as it is", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.converge();
    const others = () =>
      world.destinations
        .all()
        .filter(({ id }) => id !== "dest_twitch")
        .map((row) => ({ ...row, lastSyncAt: null, version: 0 }));
    const before = others();

    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(effects(world)).toEqual([
      "start-flow",
      `set-output ${twitch}`,
      `start-channel ${twitch}`,
    ]);
    expect(world.destinations.get("dest_twitch")).toMatchObject({
      desired: "on",
      phase: "running",
    });
    expect(world.channels.running()).toEqual([twitch]);
    expect(others()).toEqual(before);

    await patchbay.stop("dest_twitch");
    await patchbay.live(15);
    expect(effects(world).slice(3)).toEqual([`stop-channel ${twitch}`, "stop-flow"]);
    expect(isSettled(world.destinations.get("dest_twitch"))).toBe(true);
    expect(world.channels.running()).toEqual([]);
    expect(others()).toEqual(before);
    expect(refusals(world)).toEqual([]);
  });

  it("gets the address and the key of the moment before each of its starts", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.outputOf(twitch)).toEqual({
      platformIngest: "rtmp://live.twitch.tv/app",
      streamKey: "key-of-dest_twitch",
    });
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    world.streamKeys.put(keyRef("dest_twitch"), "a-new-key");
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.outputOf(twitch)?.streamKey).toBe("a-new-key");
    expect(effects(world).filter((call) => call.startsWith("set-output"))).toHaveLength(2);
  });

  it("S1: leaves no key in rows, sessions, stories, views or the log", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch", "dest_youtube");
    await patchbay.converge();
    await patchbay.stop("dest_twitch", "dest_youtube");
    await patchbay.converge();
    const { destinations, sessions, broadcasts, notifier, log } = world;
    const stories = broadcasts.all().map(({ id }) => broadcasts.story(id));
    const kept = [destinations.all(), sessions.all(), stories, notifier.views, log.lines];
    expect(JSON.stringify(kept)).not.toContain("key-of-");
    expect(stories.flat().length).toBeGreaterThan(0);
  });

  it("needs no key and no output when it is the HLS player", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_primary");
    await patchbay.converge();
    expect(effects(world)).toEqual(["start-flow", `start-channel ${primary}`]);
  });

  it("can be any number of them at once", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start(...world.destinations.all().map(({ id }) => id));
    await patchbay.converge();
    expect(world.channels.running()).toHaveLength(5);
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(5);
    await patchbay.stop("dest_youtube");
    await patchbay.converge();
    expect(world.channels.running()).toHaveLength(4);
    expect(world.channels.running()).not.toContain(youtube);
  });
});

describe("the flow", () => {
  it("M6 flow-follows: carries video before the first channel starts and after the last has stopped", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world, {
      wrap: (name, moment) => {
        const busy = name === "channels.start" || name === "channels.stop";
        if (busy && moment === "before") expect(carriesVideo(world.flows.stateOf())).toBe(true);
      },
    });
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.live(20);
    expect(effects(world).at(-1)).toBe("stop-flow");
    expect(world.flows.stateOf()).toBe("standby");
  });

  it("M6 flow-follows: stays warm for ten minutes, so that a restart costs no start of its own", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.live(9);
    expect(world.flows.stateOf()).toBe("active");
    await patchbay.start("dest_youtube");
    await patchbay.live(30);
    expect(effects(world).filter((call) => call.endsWith("-flow"))).toEqual(["start-flow"]);
    expect(world.channels.running()).toEqual([youtube]);
  });

  it("may be missing: a site without one starts its channels all the same", async () => {
    const world = aWorld({ bindings: { flowArn: null } });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(effects(world)).toEqual([`set-output ${twitch}`, `start-channel ${twitch}`]);
  });

  it("is started once more when its first start came to nothing", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.failNext("flows.start", new OpsError("timed-out", "No answer."));
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
  });
});

describe("wishes that cross", () => {
  it("start while stopping: waits for the channel and starts right after", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    await patchbay.pass();
    expect(world.channels.stateOf(twitch)).toBe("stopping");
    const [outcome] = await patchbay.start("dest_twitch");
    expect(outcome?.result).toBe("accepted");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
    expect(refusals(world)).toEqual([]);
  });

  it("M4 stop-wins: stop while starting ends it, with one start and one stop", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_primary");
    await patchbay.pass();
    await world.clock.advance(1_000);
    await patchbay.pass();
    expect(world.channels.stateOf(primary)).toBe("starting");
    await patchbay.stop("dest_primary");
    await patchbay.converge();
    expect(world.channels.stateOf(primary)).toBe("idle");
    expect(effects(world)).toEqual([
      "start-flow",
      `start-channel ${primary}`,
      `stop-channel ${primary}`,
    ]);
  });

  it("M4 stop-wins: stop before anything was sent means that nothing is sent", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    expect(world.calls).toEqual([]);
    expect(world.destinations.get("dest_twitch").phase).toBe("off");
  });

  it("M3 one-start-per-intent: two people who start in the same moment start once", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    const outcomes = await Promise.all([
      patchbay.start("dest_twitch"),
      patchbay.start("dest_twitch"),
    ]);
    expect(outcomes.flat().map(({ result }) => result)).toEqual(["accepted", "already"]);
    await patchbay.converge();
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
  });

  it("a second start of a running destination changes nothing", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    const before = world.destinations.get("dest_twitch");
    const [outcome] = await patchbay.start("dest_twitch");
    expect([outcome?.result, outcome?.destination.intent]).toEqual(["already", before.intent]);
    expect(world.destinations.get("dest_twitch")).toEqual(before);
  });
});

describe("two rows for one channel", () => {
  const second = aDestination({ id: "dest_second", name: "Second Twitch", channelId: twitch });

  it("take turns: the second is refused while the first runs and starts after it", async () => {
    const world = aWorld({ destinations: [aDestination(), second] });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    const [refused] = await patchbay.start("dest_second");
    expect([refused?.result, refused?.error?.code]).toEqual(["refused", "conflict"]);
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    await patchbay.start("dest_second");
    await patchbay.converge();
    expect(world.channels.outputOf(twitch)?.streamKey).toBe("key-of-dest_second");
    expect(world.destinations.get("dest_twitch").phase).toBe("off");
  });

  it("give it to the older wish when both were accepted at once, and tell the other why", async () => {
    const world = aWorld({ destinations: [aDestination(), second] });
    const patchbay = aPatchbay(world);
    const accepted = await Promise.all([
      patchbay.start("dest_twitch"),
      patchbay.start("dest_second"),
    ]);
    expect(accepted.flat().map(({ result }) => result)).toEqual(["accepted", "accepted"]);
    await patchbay.converge();
    const phases = world.destinations.all().map(({ phase }) => phase);
    expect(phases.toSorted()).toEqual(["failed", "running"]);
    expect(story(world).filter((line) => line.startsWith("failed"))).toHaveLength(1);
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
  });
});
