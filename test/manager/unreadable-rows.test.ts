import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay, effects } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch, youtube } = channelByPlatform;

/** Twitch is on for two hours when its row is damaged. */
async function aDamagedShow() {
  const world = aWorld({ flow: "active" });
  const patchbay = aPatchbay(world);
  const end = addMinutes(world.clock.now(), 120);
  await patchbay.startUntil(end, "dest_twitch");
  await patchbay.converge();
  await patchbay.live(2);
  const before = world.calls.length;
  const row = world.destinations.get("dest_twitch");
  const { mend } = world.unreadable.damage("dest_twitch");
  const told = () => world.announcements.all().filter(({ key }) => key.includes("unreadable"));
  const since = () => effects(world).slice(before);
  return { world, patchbay, row, mend, told, since, end };
}

describe("a running show whose row cannot be read", () => {
  it("M5 no-surprise-stop: runs on, keeps its flow and its switch, and is no stranger", async () => {
    const { world, patchbay, since } = await aDamagedShow();
    const deadline = world.deadlines.at(twitch);
    await patchbay.live(100);
    expect(world.channels.running()).toEqual([twitch]);
    expect(since()).toEqual([]);
    expect(world.flows.stateOf()).toBe("active");
    expect(world.deadlines.at(twitch)).toEqual(deadline);
    expect((await world.siteMemory.read()).strangers).toEqual([]);
  });

  it("M5 no-surprise-stop: runs on where strangers are stopped at once", async () => {
    const { world } = await aDamagedShow();
    await aPatchbay(world, { policy: { strangers: "stop" } }).live(10);
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("M7 meter: is metered on", async () => {
    const { world, patchbay } = await aDamagedShow();
    await patchbay.live(40);
    expect(world.sessions.all()).toMatchObject([{ destinationId: "dest_twitch", endedAt: null }]);
  });

  it("is told once, with what it means, and stands where the site is shown", async () => {
    const { world, patchbay, told } = await aDamagedShow();
    await patchbay.live(30);
    expect(told()).toMatchObject([{ key: "drift.unreadable.dest_twitch", loud: true, open: true }]);
    expect(told()[0]?.content.lines.map(inWords)).toEqual([
      "*Twitch*'s row `dest_twitch` is damaged or from a newer patchbay: it is left out, and nothing of it is changed.",
      "What its channel does is left alone; AWS itself stops it at 21:05. To stop it: MediaLive console, channel 1003, Stop.",
      "Run the newer patchbay, or put the row right: `desired_state` is `on` or `off`.",
    ]);
    expect(world.notifier.last()?.troubles).toEqual([
      "The row of Twitch is damaged or from a newer patchbay: it is left out, and its channel is left alone.",
    ]);
  });

  it("goes on as it was when the row is put right, and that is told in the same place", async () => {
    const { world, patchbay, told, mend, row, since } = await aDamagedShow();
    await patchbay.live(10);
    mend();
    await patchbay.live(10);
    expect(since()).toEqual([]);
    expect(world.destinations.get("dest_twitch")).toMatchObject({
      intent: row.intent,
      phase: "running",
      sessionId: row.sessionId,
    });
    expect(told()).toMatchObject([{ open: false }]);
  });

  it("does not hold up the others", async () => {
    const { world, patchbay } = await aDamagedShow();
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([youtube, twitch]);
    await patchbay.stop("dest_youtube");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("M6 flow-follows: the flow goes on standby once its channel is at rest", async () => {
    const { world, patchbay } = await aDamagedShow();
    world.channels.put({ channelId: twitch, state: "idle" });
    await patchbay.live(20);
    expect(world.flows.stateOf()).toBe("standby");
    expect(world.deadlines.at(twitch)).toBeNull();
  });

  it("M5 no-surprise-stop: is not cut by another destination of the shared channel", async () => {
    const bindings = { channelByPlatform: {}, sharedChannelId: "1000" };
    const world = aWorld({ bindings, flow: "active" });
    world.channels.put({ channelId: "1000", state: "idle" });
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_youtube", "dest_custom");
    await patchbay.converge();
    world.unreadable.damage("dest_youtube");
    await patchbay.stop("dest_custom");
    await patchbay.live(10);
    expect(world.channels.running()).toEqual(["1000"]);
  });
});
