import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { endLeases } from "../../src/jobs/end-leases.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { channelByPlatform } from "../support/builders.ts";
import { aPatchbay, effects, story } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch, youtube } = channelByPlatform;

/** Twitch until 20:00 and YouTube until midnight, at 20:00 and before any job has run. */
async function atTheEnd() {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  await patchbay.startUntil(addMinutes(world.clock.now(), 60), "dest_twitch");
  await patchbay.start("dest_youtube");
  await patchbay.converge();
  world.clock.set(new Date("2026-11-22T20:00:00Z"));
  const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
  const tick = () => runDueJobs(world.clock.now(), context);
  return { world, patchbay, context, tick };
}

describe("the end of a lease", () => {
  it("M1 no-overrun: stops what is past its end within a minute, and nothing else", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 90), "dest_twitch");
    await patchbay.start("dest_youtube");
    await patchbay.live(89);
    expect(world.channels.running()).toEqual([youtube, twitch]);
    await patchbay.live(2);
    expect(world.channels.running()).toEqual([youtube]);
    expect(
      story(world)
        .filter((line) => line.endsWith("Twitch"))
        .slice(2),
    ).toEqual(["stop-asked Twitch", "off Twitch"]);
    expect(world.destinations.get("dest_twitch").intent).toMatchObject({
      by: { name: "patchbay" },
      reason: expect.stringMatching(/^its time was over; it ran 1 h 2\d min and cost \$1\.\d\d$/),
    });
  });

  it("T4 single effect: acts once however often the tick comes", async () => {
    const { world, patchbay, tick } = await atTheEnd();
    await Promise.all([tick(), tick()]);
    await tick();
    await patchbay.converge();
    await tick();
    expect(world.channels.running()).toEqual([youtube]);
    expect(story(world).filter((line) => line === "stop-asked Twitch")).toHaveLength(1);
    const ended = world.log.lines.filter(({ event }) => event === "lease-ended");
    expect(ended.filter(({ fields }) => fields.result === "accepted")).toHaveLength(1);
  });

  it("M5 no-surprise-stop: leaves alone what was extended between the look and the write", async () => {
    const { world, patchbay, context } = await atTheEnd();
    const extending = {
      ...patchbay.manager,
      destinations: async () => {
        const rows = await patchbay.manager.destinations();
        const row = world.destinations.get("dest_twitch");
        world.destinations.put({ ...row, leaseUntil: addMinutes(world.clock.now(), 30) });
        return rows;
      },
    };
    await endLeases.run(world.clock.now(), createTick({ ...context, manager: extending }));
    await patchbay.converge();
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });

  it("M5 no-surprise-stop: leaves alone what is held", async () => {
    const { world, patchbay, tick } = await atTheEnd();
    const row = world.destinations.get("dest_twitch");
    world.destinations.put({ ...row, holdUntil: addMinutes(world.clock.now(), 5) });
    await tick();
    await patchbay.converge();
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });

  it("M1 no-overrun: is not forgotten while nothing ran for a day", async () => {
    const { world, patchbay } = await atTheEnd();
    await world.clock.advance(24 * 3_600_000);
    await patchbay.live(3);
    expect(world.channels.running()).toEqual([]);
  });

  it("starts nothing that has not started before it", async () => {
    const world = aWorld({ flow: "error" });
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 5), "dest_twitch");
    await patchbay.live(6);
    world.flows.setState("active");
    await patchbay.live(20);
    expect(effects(world)).toEqual(["stop-flow"]);
    expect(story(world)).toEqual(["start-asked Twitch", "stop-asked Twitch", "off Twitch"]);
  });
});

describe("the jobs of a minute", () => {
  it("are one another's no concern: a failure is logged and the tick goes on", async () => {
    const { world, patchbay, tick } = await atTheEnd();
    world.failNext("destinations.list", new OpsError("aws-unavailable", "No table."));
    await tick();
    world.failNext("destinations.list", new TypeError("undefined is not a function"));
    await tick();
    const failed = world.log.lines.filter(({ event }) => event === "job-failed");
    expect(failed.filter(({ fields }) => fields.job === "end-leases")).toMatchObject([
      { fields: { code: "aws-unavailable" } },
      { fields: { code: "internal" } },
    ]);
    await tick();
    await patchbay.converge();
    expect(world.channels.running()).toEqual([youtube]);
  });
});
