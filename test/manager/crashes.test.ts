import { describe, expect, it, vi } from "vitest";
import { isSettled } from "../../src/domain/destination.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { Crash, crashAt } from "../support/hooked.ts";
import { aPatchbay, effects, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

/** A test lives through some hundreds of deaths. */
vi.setConfig({ testTimeout: 30_000 });

const { twitch, youtube } = channelByPlatform;
type Patchbay = ReturnType<typeof aPatchbay>;

type Scenario = {
  /** What has happened before, without a crash. */
  before(patchbay: Patchbay, world: World): Promise<unknown>;
  /** What a process is doing when it dies; repeated by its user when it died before it had been accepted. */
  wish(patchbay: Patchbay): Promise<unknown>;
};

const startTwitch: Scenario = {
  before: (patchbay) => patchbay.converge(),
  wish: (patchbay) => patchbay.start("dest_twitch"),
};

const stopTwitch: Scenario = {
  before: async (patchbay) => {
    await patchbay.start("dest_twitch");
    await patchbay.live(5);
  },
  wish: (patchbay) => patchbay.stop("dest_twitch"),
};

/**
 * Runs a scenario in a process that dies at this moment of its port calls, then lets a new one carry on after a while.
 * Null when the process came to its end alive.
 */
async function survive(scenario: Scenario, moment: number, downSeconds: number) {
  const destinations = [aDestination(), aDestination({ platform: "youtube" })];
  const world = aWorld({ destinations });
  await scenario.before(aPatchbay(world), world);
  const death = crashAt(moment);
  const doomed = aPatchbay(world, { wrap: death.wrap });
  const died = await dies(async () => {
    await scenario.wish(doomed);
    await doomed.live(0.2);
  });
  await world.clock.advance(downSeconds * 1_000);
  const reborn = aPatchbay(world);
  await scenario.wish(reborn);
  await reborn.live(1);
  return died ? world : null;
}

async function dies(life: () => Promise<void>): Promise<boolean> {
  try {
    await life();
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

/** Every world that a crash at any moment leaves behind; as many as the scenario has port calls, twice. */
async function everyCrash(scenario: Scenario, downSeconds: number): Promise<World[]> {
  const worlds: World[] = [];
  for (let moment = 0; ; moment++) {
    const world = await survive(scenario, moment, downSeconds);
    if (world === null) return worlds;
    worlds.push(world);
  }
}

const counted = (world: World, call: string): number =>
  effects(world).filter((each) => each === call).length;

describe.each([0, 240])("P4: a process that dies at any port call, for %d s", (downSeconds) => {
  it("leaves a start that the next one finishes, with one StartChannel, session and story", async () => {
    const worlds = await everyCrash(startTwitch, downSeconds);
    expect(worlds.length).toBeGreaterThan(100);
    for (const [moment, world] of worlds.entries()) {
      expect([moment, counted(world, `start-channel ${twitch}`)]).toEqual([moment, 1]);
      expect([moment, world.channels.running()]).toEqual([moment, [twitch]]);
      expect([moment, story(world)]).toEqual([moment, ["start-asked Twitch", "running Twitch"]]);
      expect(world.broadcasts.all()).toMatchObject([{ endedAt: null }]);
      expect(world.sessions.all()).toMatchObject([{ endedAt: null, status: "active" }]);
      expect(world.sessions.all()[0]?.runningAt).not.toBeNull();
      expect(world.destinations.get("dest_twitch")).toMatchObject({
        desired: "on",
        phase: "running",
      });
    }
  });

  it("leaves a stop that the next one finishes, with one story, and nothing else stopped", async () => {
    const worlds = await everyCrash(stopTwitch, downSeconds);
    expect(worlds.length).toBeGreaterThan(60);
    for (const [moment, world] of worlds.entries()) {
      expect([moment, counted(world, `stop-channel ${twitch}`)]).toEqual([moment, 1]);
      expect([moment, counted(world, `start-channel ${twitch}`)]).toEqual([moment, 1]);
      expect([moment, world.channels.running()]).toEqual([moment, []]);
      expect([moment, story(world).slice(2)]).toEqual([
        moment,
        ["stop-asked Twitch", "off Twitch"],
      ]);
      expect(isSettled(world.destinations.get("dest_twitch"))).toBe(true);
      const { settledAt } = world.destinations.get("dest_twitch");
      expect(settledAt).not.toBeNull();
      expect(world.sessions.all()).toMatchObject([{ status: "stopped" }]);
      expect(world.sessions.all()[0]?.endedAt).not.toBeNull();
      expect(world.broadcasts.all()).toHaveLength(1);
      expect(world.broadcasts.all()[0]?.endedAt).not.toBeNull();
    }
  });
});

describe("P4: a process that dies at any port call", () => {
  it("M5 no-surprise-stop: leaves a show beside it as it is", async () => {
    const beside: Scenario = {
      before: async (patchbay) => {
        await patchbay.start("dest_youtube");
        await patchbay.live(5);
      },
      wish: async (patchbay) => {
        await patchbay.start("dest_twitch");
        await patchbay.live(0.2);
        await patchbay.stop("dest_twitch");
      },
    };
    for (const world of await everyCrash(beside, 5)) {
      expect(world.channels.running()).toEqual([youtube]);
      expect(counted(world, `start-channel ${youtube}`)).toBe(1);
      expect(counted(world, `stop-channel ${youtube}`)).toBe(0);
    }
  });

  it("M2 no-orphan: adopts what it found running once, in one session and one story", async () => {
    const found: Scenario = {
      before: async (patchbay, world) => {
        await patchbay.live(1);
        world.channels.put({ channelId: twitch, state: "running" });
      },
      wish: () => Promise.resolve(),
    };
    for (const world of await everyCrash(found, 5)) {
      expect(story(world)).toEqual(["adopted Twitch"]);
      expect(world.sessions.all()).toMatchObject([{ endedAt: null }]);
      expect(world.destinations.get("dest_twitch")).toMatchObject({
        desired: "on",
        phase: "running",
      });
    }
  });

  it("M2 no-orphan: tells of a stranger once", async () => {
    const stranger: Scenario = {
      before: async (patchbay, world) => {
        await patchbay.live(1);
        world.destinations.remove("dest_youtube");
        world.channels.put({ channelId: youtube, state: "running" });
      },
      wish: () => Promise.resolve(),
    };
    for (const world of await everyCrash(stranger, 5)) {
      expect(story(world)).toEqual(["stranger-seen youtube"]);
      expect(world.siteMemory.current().strangers).toHaveLength(1);
    }
  });
});
