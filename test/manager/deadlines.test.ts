import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { ana, channelByPlatform } from "../support/builders.ts";
import { aPatchbay, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

const { twitch } = channelByPlatform;

async function twitchOnAir(minutes = 60) {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  const until = addMinutes(world.clock.now(), minutes);
  await patchbay.startUntil(until, "dest_twitch");
  await patchbay.converge();
  return { world, patchbay, until };
}

const extended = (until: Date) => ({
  destinationIds: ["dest_twitch"],
  by: ana,
  reason: null,
  until,
});

/** AWS carries out what is due, as EventBridge Scheduler does. */
async function carryOut(world: World): Promise<void> {
  for (const channelId of world.deadlines.takeDue(world.clock.now()))
    await world.channels.stop(channelId);
}

describe("the switch outside the bot", () => {
  it("M1 no-overrun: stands in AWS before the channel is started", async () => {
    const world = aWorld({ flow: "active" });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.pass();
    expect(world.calls).not.toContainEqual(expect.objectContaining({ call: "start-channel" }));
    expect(world.deadlines.at(twitch)).toEqual(new Date("2026-11-22T23:05:00.000Z"));
  });

  it("is moved when the lease is, and taken away when the channel is off", async () => {
    const { world, patchbay, until } = await twitchOnAir();
    await patchbay.manager.intents.extend(extended(addMinutes(until, 30)));
    await patchbay.converge();
    expect(world.deadlines.at(twitch)).toEqual(addMinutes(until, 35));
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    await patchbay.pass();
    expect(world.deadlines.all()).toEqual({});
  });

  it("stops the channel when no bot lives, and the next one tells what happened", async () => {
    const { world, until } = await twitchOnAir();
    await world.clock.advance(65 * 60_000);
    await carryOut(world);
    expect(world.channels.stateOf(twitch)).toBe("stopping");
    await world.clock.advance(180 * 60_000);
    await aPatchbay(world).live(2);
    expect(story(world).slice(-1)).toEqual(["deadline-stopped Twitch"]);
    expect(story(world)).not.toContain("stop-asked Twitch");
    const row = world.destinations.get("dest_twitch");
    expect(row).toMatchObject({ phase: "off", settledAt: addMinutes(until, 5) });
    expect(world.sessions.all()).toMatchObject([
      { endedAt: addMinutes(until, 5), endedBy: { id: "aws.scheduler" }, status: "stopped" },
    ]);
    expect(world.audit.all().map(({ what }) => what)).toContain("deadline stopped");
    expect(world.deadlines.all()).toEqual({});
  });

  it("is told also when the next bot finds the channel on its way down", async () => {
    const { world } = await twitchOnAir();
    await world.clock.advance(65 * 60_000);
    await carryOut(world);
    await aPatchbay(world).converge();
    const lines = story(world).slice(2);
    expect(lines).toEqual(["deadline-stopped Twitch"]);
    expect(world.destinations.get("dest_twitch").intent?.by.id).toBe("aws.scheduler");
  });

  it("does not hold a start up when it cannot be set, and says so", async () => {
    const world = aWorld();
    const missing = new OpsError("not-configured", "PATCHBAY_SCHEDULER_ROLE_ARN is not set.");
    world.failNext("deadlines.set", missing, { times: 100 });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
    expect(world.notifier.last()?.troubles.join()).toContain("PATCHBAY_SCHEDULER_ROLE_ARN");
    const tries = world.log.lines.filter(({ event }) => event === "deadline-failed");
    await patchbay.live(5);
    const later = world.log.lines.filter(({ event }) => event === "deadline-failed");
    expect(later.length - tries.length).toBeLessThanOrEqual(6);
  });

  it("is set as soon as it can be", async () => {
    const world = aWorld();
    world.failNext("deadlines.set", new OpsError("aws-unavailable", "No answer."));
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.live(3);
    expect(world.deadlines.at(twitch)).not.toBeNull();
    expect(world.notifier.last()?.troubles).toEqual([]);
  });

  it("M5 no-surprise-stop: is named when AWS acts on its old time all the same", async () => {
    const { world, patchbay, until } = await twitchOnAir();
    await patchbay.live(59);
    world.failNext("deadlines.set", new OpsError("aws-unavailable", "No answer."), { times: 99 });
    await patchbay.manager.intents.extend(extended(addMinutes(until, 60)));
    await patchbay.live(5);
    expect(world.deadlines.at(twitch)).toEqual(addMinutes(until, 5));
    await world.clock.advance(60_000);
    await carryOut(world);
    await patchbay.converge();
    expect(story(world)).toContain("deadline-stopped Twitch");
    expect(story(world)).not.toContain("stopped-outside Twitch");
    expect(world.destinations.get("dest_twitch").lastError).toBe(
      "AWS stopped it by its switch of 20:05, which could not be moved to 21:05",
    );
    expect(world.sessions.all()).toMatchObject([
      { endedBy: { id: "aws.scheduler" }, leaseUntil: addMinutes(until, 60) },
    ]);
  });

  it("is named when it was moved only right before its old time", async () => {
    const { world, patchbay, until } = await twitchOnAir();
    await patchbay.live(59);
    world.failNext("deadlines.set", new OpsError("aws-unavailable", "No answer."), { times: 3 });
    await patchbay.manager.intents.extend(extended(addMinutes(until, 60)));
    await patchbay.live(6);
    expect(world.deadlines.at(twitch)).toEqual(addMinutes(until, 65));
    await world.channels.stop(twitch);
    await patchbay.converge();
    expect(story(world)).not.toContain("stopped-outside Twitch");
    expect(world.destinations.get("dest_twitch").lastError).toBe(
      "AWS stopped it by its switch of 20:05, which had been moved to 21:05",
    );
  });

  it("is not put off for hours by a clock that was put back", async () => {
    const world = aWorld({ flow: "active" });
    world.failNext("deadlines.set", new OpsError("aws-unavailable", "No answer."));
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.pass();
    world.clock.set(addMinutes(world.clock.now(), -360));
    await patchbay.live(2);
    expect(world.deadlines.at(twitch)).not.toBeNull();
  });

  it("M5 no-surprise-stop: is written again when an old process may have written over it", async () => {
    const { world, patchbay, until } = await twitchOnAir();
    const memory = await world.siteMemory.read();
    const old = aPatchbay(world, {
      ports: {
        deadlines: {
          ...world.deadlines,
          async set(channelId, at) {
            await patchbay.manager.intents.extend(extended(addMinutes(until, 60)));
            await patchbay.converge();
            await world.deadlines.set(channelId, at);
          },
        },
      },
    });
    await world.siteMemory.write({
      ...memory,
      deadlines: memory.deadlines.map((each) => ({ ...each, sure: false })),
    });
    await old.pass();
    expect(world.deadlines.at(twitch)).toEqual(addMinutes(until, 5));
    await patchbay.pass();
    expect(world.deadlines.at(twitch)).toEqual(addMinutes(until, 65));
  });
});
