import { describe, expect, it } from "vitest";
import type { ChannelReading, ChannelState } from "../../src/domain/channel.ts";
import { OpsError } from "../../src/errors.ts";
import type { Channels } from "../../src/manager/ports.ts";
import { channelByPlatform } from "../support/builders.ts";
import { aPatchbay, effects, refusals, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

const { twitch } = channelByPlatform;
const minute = 60_000;

/** Channels of which the list shows Twitch in an old state while `stale` says so. */
function withStaleList({ ports }: World, stale: () => ChannelState | null): Channels {
  const old = (reading: ChannelReading): ChannelReading => {
    const state = stale();
    return reading.channelId === twitch && state !== null ? { ...reading, state } : reading;
  };
  return { ...ports.channels, list: async () => (await ports.channels.list()).map(old) };
}

async function twitchOnAir() {
  const world = aWorld();
  let stale: ChannelState | null = null;
  const patchbay = aPatchbay(world, { ports: { channels: withStaleList(world, () => stale) } });
  await patchbay.start("dest_twitch");
  await patchbay.converge();
  const pretend = (state: ChannelState | null) => {
    stale = state;
  };
  return { world, patchbay, pretend };
}

describe("M5 no-surprise-stop: a show goes on", () => {
  it.each(["idle", "stopping", "deleted", "update_failed", "updating", "creating"] as const)(
    "while an old list says that it is %s",
    async (state) => {
      const { world, patchbay, pretend } = await twitchOnAir();
      const before = effects(world);
      pretend(state);
      await patchbay.live(2);
      pretend(null);
      await patchbay.live(2);
      expect(world.channels.running()).toEqual([twitch]);
      expect(effects(world)).toEqual(before);
      expect(story(world)).toEqual(["start-asked Twitch", "running Twitch"]);
    },
  );

  it.each(["channels.list", "flows.read"] as const)(
    "while %s fails for twenty minutes",
    async (call) => {
      const { world, patchbay } = await twitchOnAir();
      const before = effects(world);
      world.failNext(call, new OpsError("timed-out", "AWS did not answer in time."), {
        times: 200,
      });
      await patchbay.live(20);
      expect(world.notifier.last()?.troubles).toHaveLength(1);
      expect(world.channels.running()).toEqual([twitch]);
      expect(effects(world)).toEqual(before);
      expect(world.destinations.get("dest_twitch").phase).toBe("running");
    },
  );

  it("while the rows or the bindings cannot be read, because a pass without them ends at once", async () => {
    const { world, patchbay } = await twitchOnAir();
    const before = effects(world);
    world.bindings.miss("The stack");
    await expect(patchbay.pass()).rejects.toMatchObject({ code: "not-configured" });
    world.failNext("destinations.list", new OpsError("aws-unavailable", "No table."));
    await expect(patchbay.pass()).rejects.toThrow(OpsError);
    expect(effects(world)).toEqual(before);
  });

  it("while the list hangs and its channel cannot be read by itself either", async () => {
    const world = aWorld();
    let hanging = false;
    const patchbay = aPatchbay(world, {
      wrap: async (name, moment) => {
        if (!hanging || moment === "after" || !["channels.list", "channels.read"].includes(name))
          return;
        await world.clock.sleep(minute);
        throw new OpsError("timed-out", "AWS did not answer in time.");
      },
    });
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    hanging = true;
    const passing = patchbay.pass();
    await world.clock.advance(0);
    await world.clock.advance(minute);
    expect((await passing).view.destinations.find(({ id }) => id === "dest_twitch")).toMatchObject({
      stage: "unknown",
      can: "stop",
    });
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("while AWS names a state that nobody knows yet", async () => {
    const { world, patchbay } = await twitchOnAir();
    const before = effects(world);
    world.channels.put({ channelId: twitch, state: "unknown" });
    await patchbay.live(30);
    expect(effects(world)).toEqual(before);
    expect(world.destinations.get("dest_twitch")).toMatchObject({
      desired: "on",
      phase: "running",
    });
  });

  it("when the clock steps back and forth by six hours within its lease", async () => {
    const { world, patchbay } = await twitchOnAir();
    const before = effects(world);
    const now = world.clock.now().getTime();
    for (const hours of [-6, 0, 3, 0]) {
      world.clock.set(new Date(now + hours * 60 * minute));
      await patchbay.live(2);
    }
    expect(effects(world)).toEqual(before);
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("when an older stop of another process arrives late", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch", "dest_youtube");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    const late = aPatchbay(world, {
      wrap: async (name, moment) => {
        if (name === "channels.alerts" && moment === "before") await world.clock.sleep(minute);
      },
    });
    const paused = late.pass();
    await world.clock.advance(0);
    await patchbay.converge();
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await world.clock.advance(minute);
    await paused;
    await patchbay.converge();
    expect(world.channels.running()).toContain(twitch);
    expect(effects(world).filter((call) => call === `stop-channel ${twitch}`)).toHaveLength(1);
  });
});

describe("an old list", () => {
  it("neither adopts nor announces what has stopped in the meantime", async () => {
    const { world, patchbay, pretend } = await twitchOnAir();
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    pretend("running");
    await patchbay.live(1);
    pretend(null);
    await patchbay.live(1);
    expect(story(world).at(-1)).toBe("off Twitch");
    expect(world.broadcasts.all()).toHaveLength(1);
    expect(world.destinations.get("dest_twitch")).toMatchObject({ desired: "off", phase: "off" });
  });

  it("does not fail a start over an output that has been set in the meantime", async () => {
    const world = aWorld();
    world.channels.put({ channelId: twitch, state: "update_failed" });
    const stale = () => (world.clock.now().getTime() % minute < 20_000 ? "update_failed" : null);
    const patchbay = aPatchbay(world, { ports: { channels: withStaleList(world, stale) } });
    await patchbay.start("dest_twitch");
    await patchbay.live(2);
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("M4 stop-wins: and an old description let no start of before the stop live on", async () => {
    const world = aWorld({ flow: "active" });
    let blind = false;
    const { channels } = world.ports;
    const old = (reading: ChannelReading): ChannelReading =>
      blind ? { ...reading, state: "idle" } : reading;
    const patchbay = aPatchbay(world, {
      ports: {
        channels: {
          ...channels,
          list: async () => (await channels.list()).map(old),
          read: async (id) => old(await channels.read(id)),
        },
      },
    });
    await patchbay.start("dest_primary");
    await patchbay.pass();
    blind = true;
    await patchbay.stop("dest_primary");
    await patchbay.live(0.5);
    expect(world.destinations.get("dest_primary").phase).toBe("off");
    blind = false;
    await patchbay.converge();
    expect(world.channels.running()).toEqual([]);
    expect(story(world)).toContain("late-start HLS player");
    expect(refusals(world)).toEqual([]);
  });
});
