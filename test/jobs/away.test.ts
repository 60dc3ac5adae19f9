import { addMinutes, subHours } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { away } from "../../src/jobs/away.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch } = channelByPlatform;

/** A patchbay that has ticked for some minutes, with Twitch on for an hour from 19:00 and YouTube for longer. */
async function atWork() {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  await patchbay.startUntil(addMinutes(world.clock.now(), 60), "dest_twitch");
  await patchbay.start("dest_youtube");
  await patchbay.live(5);
  const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
  const tick = () => runDueJobs(world.clock.now(), context);
  const told = () => world.announcements.all().filter(({ key }) => key.startsWith("away."));
  const lines = () => told().flatMap(({ content }) => content.lines.map((line) => inWords(line)));
  return { world, patchbay, context, tick, told, lines };
}

describe("away", () => {
  it("is never said of a patchbay that ticks each minute", async () => {
    const { patchbay, told } = await atWork();
    await patchbay.live(20);
    expect(told()).toEqual([]);
  });

  it("P4 crash: tells once what the switch in AWS did meanwhile, and what goes on", async () => {
    const { world, patchbay, tick, lines } = await atWork();
    await world.clock.advance(70 * 60_000);
    world.channels.put({ channelId: twitch, state: "idle" });
    await patchbay.converge();
    await Promise.all([tick(), tick()]);
    await tick();
    expect(lines()).toEqual([
      expect.stringMatching(/^patchbay was away from 19:05 to 20:1\d \(1 h \d+ min\)\.$/),
      "*Twitch*: its time was over, and the switch in AWS stopped it at 20:05.",
      "Still on: *YouTube*.",
    ]);
  });

  it("tells what ends late now", async () => {
    const { world, patchbay, tick, lines } = await atWork();
    await world.clock.advance(58 * 60_000);
    await patchbay.pass();
    await tick();
    expect(lines()[1]).toMatch(
      /^\*Twitch\*: its time was over at 20:00; it is being stopped now, \d min late\.$/,
    );
    await patchbay.converge();
    expect(world.channels.running()).toEqual([channelByPlatform.youtube]);
  });

  it("M5 no-surprise-stop: makes nothing of a clock that goes back and forth", async () => {
    const { world, patchbay, told } = await atWork();
    const before = world.clock.now();
    world.clock.set(subHours(before, 6));
    await patchbay.live(3);
    world.clock.set(before);
    await patchbay.live(3);
    expect(told()).toEqual([]);
    expect(world.channels.running()).toHaveLength(2);
  });

  it("tells later what it cannot read yet", async () => {
    const { world, context, told } = await atWork();
    await world.clock.advance(20 * 60_000);
    const run = () => away.run(world.clock.now(), createTick(context));
    world.failNext("bindings.read", new OpsError("not-configured", "No stack."));
    await expect(run()).rejects.toThrow("No stack.");
    expect(told()).toEqual([]);
    await run();
    expect(told()).toHaveLength(1);
  });
});
