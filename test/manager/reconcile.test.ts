import { addHours } from "date-fns";
import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { channelByPlatform } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch } = channelByPlatform;

/** Twitch on air with a source, and what Twitch's card shows. */
async function onAir() {
  const world = aWorld();
  const asked: string[] = [];
  const patchbay = aPatchbay(world, {
    wrap: (name, moment) => {
      if (moment === "before") asked.push(name);
    },
  });
  await patchbay.start("dest_twitch");
  await patchbay.converge();
  world.flows.setSource({ connected: true });
  const shown = async () => {
    const { view } = await patchbay.pass();
    return view.destinations.find(({ id }) => id === "dest_twitch");
  };
  return { world, patchbay, asked, shown };
}

describe("a pass", () => {
  it("reads everything with one call each, and writes nothing when nothing has changed", async () => {
    const { patchbay, asked, world } = await onAir();
    await patchbay.pass();
    const rows = world.destinations.all();
    asked.length = 0;
    await patchbay.pass();
    expect(asked.toSorted()).toEqual([
      "bindings.read",
      "broadcasts.latest",
      "channels.list",
      "destinations.list",
      "flows.read",
      "siteMemory.read",
    ]);
    expect(world.destinations.all()).toEqual(rows);
  });

  it("writes down the time of its last look: once a minute on air, once in ten at rest", async () => {
    const { patchbay, world } = await onAir();
    const version = (id: string) => world.destinations.get(id).version;
    const before = { twitch: version("dest_twitch"), youtube: version("dest_youtube") };
    await patchbay.live(30);
    expect(version("dest_youtube") - before.youtube).toBe(3);
    expect(version("dest_twitch") - before.twitch).toBeGreaterThanOrEqual(29);
    expect(version("dest_twitch") - before.twitch).toBeLessThanOrEqual(31);
  });

  it("shows every view to people as it is", async () => {
    const { world, shown } = await onAir();
    expect(await shown()).toMatchObject({ stage: "on-air" });
    expect(world.notifier.last()?.destinations).toContainEqual(await shown());
  });

  it("says when to come back: soon while things move, later while something runs, seldom at rest", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    const paces = async () => (await patchbay.pass()).pace;
    expect(await paces()).toBe("idle");
    await patchbay.start("dest_twitch");
    expect(await paces()).toBe("soon");
    expect((await patchbay.converge()).pace).toBe("watch");
    await patchbay.stop("dest_twitch");
    expect(await paces()).toBe("soon");
    expect((await patchbay.converge()).pace).toBe("watch");
    await patchbay.live(12);
    expect(await paces()).toBe("idle");
    world.channels.put({ channelId: twitch, state: "updating" });
    expect(await paces()).toBe("soon");
  });

  it("M7 meter: writes down no time by a clock that was set while it read, and AWS then puts right", async () => {
    const world = aWorld();
    const right = world.clock.now();
    const wrong = addHours(right, 3);
    const times: Record<string, Date[]> = {};
    const patchbay = aPatchbay(world, {
      wrap: (name, moment) => {
        const time = moment === "after" ? times[name]?.shift() : undefined;
        if (time) world.clock.set(time);
      },
    });
    world.channels.put({ channelId: twitch, state: "running" });
    await patchbay.pass();
    Object.assign(times, { "destinations.list": [right, right], "broadcasts.latest": [wrong] });
    world.channels.put({ channelId: twitch, state: "stopping" });
    await patchbay.pass();
    expect(times["broadcasts.latest"]).toEqual([]);
    expect(world.destinations.get("dest_twitch").lastSyncAt).toEqual(right);
  });

  it("M7 meter: comes back soon enough to see a stranger's end while the list cannot be read", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.channels.put({ channelId: channelByPlatform.youtube, state: "running" });
    world.destinations.remove("dest_youtube");
    await patchbay.pass();
    world.failNext("channels.list", new OpsError("aws-unavailable", "Not now."));
    expect((await patchbay.pass()).pace).toBe("watch");
  });
});

describe("alerts of a running channel", () => {
  it("take it off the air for people, and are asked for at most every ten seconds", async () => {
    const { world, asked, shown } = await onAir();
    await world.clock.advance(10_000);
    world.channels.setAlerts(twitch, ["Failed RTMP Connection"]);
    expect(await shown()).toMatchObject({ stage: "running", missing: "Failed RTMP Connection" });
    world.channels.setAlerts(twitch, []);
    asked.length = 0;
    await world.clock.advance(9_000);
    expect(await shown()).toMatchObject({ stage: "running" });
    expect(asked).not.toContain("channels.alerts");
    await world.clock.advance(1_000);
    expect(await shown()).toMatchObject({ stage: "on-air" });
  });

  it("are as they were last while they cannot be read", async () => {
    const { world, shown } = await onAir();
    await world.clock.advance(10_000);
    world.channels.setAlerts(twitch, ["Failed RTMP Connection"]);
    expect(await shown()).toMatchObject({ missing: "Failed RTMP Connection" });
    await world.clock.advance(10_000);
    world.failNext("channels.alerts", new OpsError("aws-throttled", "Slower."));
    expect(await shown()).toMatchObject({ missing: "Failed RTMP Connection" });
    expect(world.log.lines.some(({ event }) => event === "alerts-unreadable")).toBe(true);
  });
});

describe("a look", () => {
  it("shows the site without changing anything", async () => {
    const { world, patchbay } = await onAir();
    const rows = world.destinations.all();
    const { calls } = world;
    const before = calls.length;
    await patchbay.stop("dest_twitch");
    const asked = world.destinations.all();
    const view = await patchbay.manager.look();
    expect(view.destinations.find(({ id }) => id === "dest_twitch")?.stage).toBe("stopping");
    expect(world.destinations.all()).toEqual(asked);
    expect(asked).not.toEqual(rows);
    expect(calls).toHaveLength(before);
  });
});
