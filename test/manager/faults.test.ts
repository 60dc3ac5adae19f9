import { describe, expect, it } from "vitest";
import { type ErrorCode, OpsError } from "../../src/errors.ts";
import { channelByPlatform, keyRef } from "../support/builders.ts";
import { aPatchbay, effects, refusals, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

const { twitch, youtube } = channelByPlatform;
const fault = (code: ErrorCode) => new OpsError(code, `AWS said ${code}.`);
const startsOf = (world: World) =>
  effects(world).filter((call) => call.startsWith("start-channel"));
const twitchRow = (world: World) => world.destinations.get("dest_twitch");

/** A world with Twitch and YouTube on air. */
async function onAir(options: Parameters<typeof aWorld>[0] = {}) {
  const world = aWorld(options);
  const patchbay = aPatchbay(world);
  await patchbay.start("dest_twitch", "dest_youtube");
  await patchbay.converge();
  return { world, patchbay };
}

describe("a start that AWS does not make easy", () => {
  it.each([
    ["refused with a 429", "aws-throttled", false],
    ["lost before the effect", "timed-out", false],
    ["lost after the effect", "timed-out", true],
    ["answered by a broken gateway before the effect", "aws-unavailable", false],
    ["answered by a broken gateway after the effect", "aws-unavailable", true],
    ["answered with a conflict although it took effect", "conflict", true],
  ] as const)(
    "M3 one-start-per-intent: is sent until it works once when it is %s",
    async (...[, code, effect]) => {
      const world = aWorld();
      const patchbay = aPatchbay(world);
      world.failNext("channels.start", fault(code), { effect });
      await patchbay.start("dest_twitch");
      await patchbay.converge();
      expect(world.channels.running()).toEqual([twitch]);
      expect(startsOf(world)).toHaveLength(1);
      expect(story(world)).toEqual(["start-asked Twitch", "running Twitch"]);
    },
  );

  /** The seconds between the StartChannel calls of a start that meets these faults first. */
  async function pausesAfter(code: ErrorCode, times: number) {
    const world = aWorld();
    const sent: number[] = [];
    const patchbay = aPatchbay(world, {
      wrap: (name, moment) => {
        if (name === "channels.start" && moment === "before")
          sent.push(world.clock.now().getTime());
      },
    });
    world.failNext("channels.start", fault(code), { times });
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(twitchRow(world)).toMatchObject({ phase: "running", failures: 0, retryAt: null });
    return sent.slice(1).map((at, index) => (at - (sent[index] ?? at)) / 1_000);
  }

  it("waits longer after each refusal, and works when AWS has room again", async () => {
    expect(await pausesAfter("aws-throttled", 4)).toEqual([1, 2, 4, 8]);
  });

  it.each(["timed-out", "aws-unavailable", "internal"] as const)(
    "M3 one-start-per-intent: is given five seconds to take effect after all: %s",
    async (code) => {
      expect(await pausesAfter(code, 3)).toEqual([5, 5, 5]);
    },
  );

  it("is looked at again at once when its answer is lost", async () => {
    const world = aWorld({ flow: "active" });
    const patchbay = aPatchbay(world);
    world.failNext("channels.start", fault("timed-out"), { effect: true });
    await patchbay.start("dest_primary");
    await patchbay.pass();
    expect(world.destinations.get("dest_primary")).toMatchObject({
      phase: "starting",
      attempt: { outcome: "accepted" },
    });
  });

  it.each(["aws-refused", "not-found", "invalid-input"] as const)(
    "ends at once, told once, when no repetition can mend it: %s",
    async (code) => {
      const world = aWorld();
      const patchbay = aPatchbay(world);
      world.failNext("channels.start", fault(code));
      await patchbay.start("dest_twitch");
      await patchbay.live(5);
      expect(startsOf(world)).toEqual([]);
      expect(twitchRow(world)).toMatchObject({ phase: "failed", lastError: `AWS said ${code}.` });
      expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch"]);
      expect(world.sessions.all()).toMatchObject([
        { status: "error", endReason: `AWS said ${code}.` },
      ]);
    },
  );

  it("falls back to idle: it is told, not repeated", async () => {
    const world = aWorld({ times: { startMs: 40_000 } });
    const patchbay = aPatchbay(world);
    world.channels.startEndsIn(twitch, "idle");
    await patchbay.start("dest_twitch");
    await patchbay.live(5);
    expect(startsOf(world)).toHaveLength(1);
    expect(twitchRow(world).lastError).toBe("the channel fell back to idle while starting");
    expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch"]);
  });

  it("is still starting after ten minutes: it is given up, told once and stopped", async () => {
    const world = aWorld({ times: { startMs: 3_600_000 } });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.live(9);
    expect(world.channels.stateOf(twitch)).toBe("starting");
    await patchbay.live(3);
    expect(effects(world).at(-1)).toBe(`stop-channel ${twitch}`);
    expect(world.channels.stateOf(twitch)).toBe("idle");
    expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch", "off Twitch"]);
    expect(twitchRow(world)).toMatchObject({ phase: "off" });
    expect(twitchRow(world).lastError).toContain("still starting");
  });

  it("misses its window when the flow never comes: told once, and nothing is started later", async () => {
    const world = aWorld({ flow: "error" });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.live(11);
    expect(twitchRow(world)).toMatchObject({ desired: "off", phase: "failed" });
    world.flows.setState("active");
    await patchbay.live(30);
    expect(startsOf(world)).toEqual([]);
    expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch"]);
  });
});

describe("a key or an output that cannot be set", () => {
  it("fails the start, once, when the parameter is missing", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.streamKeys.remove(keyRef("dest_twitch"));
    await patchbay.start("dest_twitch");
    await patchbay.live(5);
    expect(twitchRow(world)).toMatchObject({ desired: "off", phase: "failed" });
    expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch"]);
    expect(effects(world)).toEqual(["start-flow"]);
  });

  it("fails the start when the key may not be read, and when the row lost its key in between", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.failNext("streamKeys.read", fault("not-allowed"));
    await patchbay.start("dest_twitch", "dest_youtube");
    const row = world.destinations.get("dest_youtube");
    world.destinations.put({ ...row, streamKeyRef: null });
    await patchbay.converge();
    const phases = ["dest_twitch", "dest_youtube"].map((id) => world.destinations.get(id).phase);
    expect(phases).toEqual(["failed", "failed"]);
    expect(world.destinations.get("dest_youtube").lastError).toContain("stream key is missing");
  });

  it.each([
    ["streamKeys.read", "aws-throttled", false],
    ["channels.setOutput", "timed-out", false],
    ["channels.setOutput", "timed-out", true],
    ["channels.setOutput", "conflict", false],
  ] as const)("is tried again when %s meets %s (effect: %s)", async (call, code, effect) => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.failNext(call, fault(code), { effect });
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
    expect(refusals(world)).toEqual([]);
  });

  it("fails the start when AWS refuses the values", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    world.failNext("channels.setOutput", fault("invalid-input"));
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(twitchRow(world)).toMatchObject({
      phase: "failed",
      lastError: "AWS said invalid-input.",
    });
  });
});

describe("a stop that AWS does not make easy", () => {
  it.each([
    ["aws-throttled", false],
    ["timed-out", false],
    ["timed-out", true],
    ["aws-unavailable", false],
    ["conflict", false],
  ] as const)("M4 stop-wins: is repeated until it works: %s (effect: %s)", async (code, effect) => {
    const { world, patchbay } = await onAir();
    world.failNext("channels.stop", fault(code), { effect, times: 4 });
    await patchbay.stop("dest_twitch");
    await patchbay.live(3);
    expect(world.channels.running()).toEqual([youtube]);
    expect(twitchRow(world)).toMatchObject({ desired: "off", phase: "off", failures: 0 });
  });

  it("M4 stop-wins: never expires, however long AWS refuses it, and is told once", async () => {
    const { world, patchbay } = await onAir();
    world.failNext("channels.stop", fault("aws-unavailable"), { times: 60 });
    await patchbay.stop("dest_twitch");
    await patchbay.live(70);
    expect(world.channels.running()).toEqual([youtube]);
    const told = story(world).filter((line) => line.endsWith("Twitch"));
    expect(told).toEqual([
      "start-asked Twitch",
      "running Twitch",
      "stop-asked Twitch",
      "stuck-stopping Twitch",
      "off Twitch",
    ]);
  });

  it("takes its time: a channel that stops for long is told once and waited for", async () => {
    const { world, patchbay } = await onAir({ times: { stopMs: 8 * 60_000 } });
    await patchbay.stop("dest_twitch");
    await patchbay.live(4);
    expect(story(world)).not.toContain("stuck-stopping Twitch");
    await patchbay.live(6);
    expect(story(world).filter((line) => line === "stuck-stopping Twitch")).toHaveLength(1);
    expect(effects(world).filter((call) => call === `stop-channel ${twitch}`)).toHaveLength(1);
    expect(twitchRow(world).phase).toBe("off");
  });
});

describe("one bad destination", () => {
  it("hurts nobody else when its own calls fail for ever", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world, {
      ports: {
        streamKeys: {
          read: (ref) =>
            ref.includes("twitch")
              ? Promise.reject(fault("aws-unavailable"))
              : world.streamKeys.read(ref),
        },
      },
    });
    await patchbay.start(...world.destinations.all().map(({ id }) => id));
    await patchbay.live(12);
    expect(world.channels.running()).toHaveLength(4);
    expect(twitchRow(world)).toMatchObject({ phase: "failed" });
  });

  it("hurts nobody else when its story or its row cannot be written", async () => {
    const world = aWorld();
    const { broadcasts, destinations } = world.ports;
    const patchbay = aPatchbay(world, {
      ports: {
        broadcasts: {
          ...broadcasts,
          note: (notice) =>
            notice.destinationId === "dest_twitch"
              ? Promise.reject(fault("aws-throttled"))
              : broadcasts.note(notice),
        },
        destinations: {
          ...destinations,
          update: (row, change) =>
            row.id === "dest_linkedin"
              ? Promise.reject(fault("aws-throttled"))
              : destinations.update(row, change),
        },
      },
    });
    await patchbay.start("dest_twitch", "dest_youtube");
    await patchbay.live(2);
    expect(world.channels.running()).toContain(youtube);
    expect(world.log.lines.some(({ event }) => event === "settle-failed")).toBe(true);
  });

  it("M4 stop-wins: is stopped even while its story cannot be written, and told when it can", async () => {
    const { world, patchbay } = await onAir();
    world.failNext("broadcasts.note", fault("aws-throttled"), { times: 20 });
    await patchbay.stop("dest_twitch");
    await patchbay.live(2);
    expect(world.channels.running()).toEqual([youtube]);
    expect(story(world).filter((line) => line.endsWith("Twitch"))).toEqual([
      "start-asked Twitch",
      "running Twitch",
      "stop-asked Twitch",
      "off Twitch",
    ]);
  });
});
