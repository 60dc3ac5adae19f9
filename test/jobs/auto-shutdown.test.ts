import { describe, expect, it } from "vitest";
import type { KeptAnnouncement } from "../../src/domain/announcement.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { autoShutdown } from "../../src/jobs/auto-shutdown.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay, story } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { primary, youtube, twitch } = channelByPlatform;
const linesOf = (call: KeptAnnouncement | undefined) => (call?.content.lines ?? []).map(inWords);

/** Three destinations on air with a source, which is then lost. */
async function withoutSource() {
  const world = aWorld();
  world.flows.setSource({ connected: true, bitrateBps: 6_000_000 });
  const patchbay = aPatchbay(world);
  await patchbay.start("dest_primary", "dest_youtube", "dest_twitch");
  await patchbay.converge();
  await patchbay.live(5);
  world.flows.setSource({ connected: false });
  const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
  const calls = () => world.announcements.all().filter(({ key }) => key.startsWith("last-call."));
  return { world, patchbay, context, calls };
}

describe("auto-shutdown", () => {
  it("calls within a minute, stops after the grace, the primary last, and offers the way back", async () => {
    const { world, patchbay, calls } = await withoutSource();
    await patchbay.live(2);
    expect(calls()).toMatchObject([{ open: true, loud: true }]);
    await patchbay.live(8);
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    await patchbay.live(2);
    expect(world.channels.running()).toEqual([primary]);
    await patchbay.live(6);
    expect(world.channels.running()).toEqual([]);
    expect(world.destinations.get("dest_twitch").intent).toMatchObject({
      by: { id: "patchbay.auto-shutdown" },
      reason: expect.stringMatching(
        /^there was no source for 1\d min; it ran \d+ min and cost \$0\.\d\d; 3 h \d+ min less saves \$\d\.\d\d$/,
      ),
    });
    const [call, ...more] = calls();
    expect(more).toEqual([]);
    expect(call?.open).toBe(false);
    expect(inWords(call?.content.lines[0] ?? [])).toBe(
      "*HLS player, YouTube, Twitch*: stopped, because no source came.",
    );
  });

  it("takes the call back when the source returns, and stops nothing", async () => {
    const { world, patchbay, calls } = await withoutSource();
    await patchbay.live(8);
    world.flows.setSource({ connected: true });
    await patchbay.live(15);
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    expect(calls()).toMatchObject([{ open: false, content: { buttons: [] } }]);
    world.flows.setSource({ connected: false });
    await patchbay.live(2);
    expect(calls().map(({ open }) => open)).toEqual([false, true]);
  });

  it("T4 single effect: two processes make one call and one stop of each", async () => {
    const { world, patchbay, context, calls } = await withoutSource();
    await patchbay.pass();
    for (let minute = 0; minute < 14; minute++) {
      await Promise.all([1, 2].map(() => runDueJobs(world.clock.now(), context)));
      await patchbay.converge();
      await world.clock.advance(60_000);
    }
    expect(calls()).toHaveLength(1);
    expect(story(world).filter((line) => line === "stop-asked Twitch")).toHaveLength(1);
  });

  it.each([
    ["is over", 0],
    ["is released", 10],
  ])("calls once more when a hold that outlived the source's return %s", async (_, releasedAt) => {
    const { world, patchbay, calls } = await withoutSource();
    const { intents } = patchbay.manager;
    await patchbay.live(2);
    await patchbay.stop("dest_primary");
    const until = new Date(world.clock.now().getTime() + 20 * 60_000);
    const hold = { destinationIds: ["dest_twitch"], by: ana, reason: "break", until };
    await intents.hold(hold);
    world.flows.setSource({ connected: true });
    await patchbay.live(3);
    world.flows.setSource({ connected: false });
    await patchbay.live(7);
    expect(calls().map(({ open }) => open)).toEqual([false, true]);
    if (releasedAt > 0) await intents.release({ ...hold, until: null });
    else await patchbay.live(10);
    await patchbay.live(2);
    const [again, ...more] = calls().slice(2);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ open: true, loud: true });
    await patchbay.live(7);
    expect(world.channels.running()).toEqual([twitch]);
    await patchbay.live(4);
    expect(world.channels.running()).toEqual([]);
  });

  it("M5 no-surprise-stop: leaves what is held, and all while the source cannot be read", async () => {
    const { world, patchbay } = await withoutSource();
    await patchbay.live(3);
    const until = new Date(world.clock.now().getTime() + 60 * 60_000);
    const hold = { destinationIds: ["dest_twitch"], by: ana, reason: "break", until };
    await patchbay.manager.intents.hold(hold);
    world.flows.setSource({ connected: null });
    await patchbay.live(30);
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    world.flows.setSource({ connected: false });
    await patchbay.live(9);
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    await patchbay.live(9);
    expect(world.channels.running()).toEqual([twitch]);
  });

  it.each([
    ["the source could not be read", null],
    ["nobody was there to see it", "away"],
  ])("M5 no-surprise-stop: counts no time in which %s", async (_, how) => {
    const { world, patchbay, calls } = await withoutSource();
    await patchbay.live(3);
    world.flows.setSource({ connected: how === null ? null : true });
    await (how === null ? patchbay.live(28) : world.clock.advance(28 * 60_000));
    world.flows.setSource({ connected: false });
    await patchbay.live(9);
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    const [before, again, ...more] = calls();
    expect(more).toEqual([]);
    expect([before?.open, again?.open]).toEqual([false, true]);
    expect(linesOf(before)).toEqual([
      expect.stringMatching(
        /^The source was back or out of sight for a while: it counts as gone from .+\.$/,
      ),
    ]);
    expect(linesOf(again)[0]).toMatch(/^\*No source\*: no SRT packets for (1 min|\d+ s), /);
    await patchbay.live(3);
    expect(world.channels.running()).toEqual([primary]);
    expect(world.destinations.get("dest_twitch").intent?.reason).toMatch(
      /^there was no source for 1\d min;/,
    );
  });

  it.each([
    [
      "after how long it is back",
      1,
      /^The source is back, after \d+ min( \d+ s)?\. The call is over\.$/,
    ],
    [
      "only that it is back, where nobody saw when",
      28,
      /^The source is back\. The call is over\.$/,
    ],
  ])("says %s", async (...[, minutesAway, words]) => {
    const { world, patchbay, calls } = await withoutSource();
    await patchbay.live(5);
    world.flows.setSource({ connected: true });
    await world.clock.advance(minutesAway * 60_000);
    await patchbay.live(2);
    expect(linesOf(calls()[0])).toEqual([expect.stringMatching(words)]);
  });

  it("M5 no-surprise-stop: waits for the next look after a while in which nobody looked", async () => {
    const { world, patchbay, context } = await withoutSource();
    await patchbay.live(3);
    await world.clock.advance(28 * 60_000);
    await runDueJobs(world.clock.now(), context);
    await patchbay.converge();
    expect(world.channels.running()).toEqual([primary, youtube, twitch]);
  });

  it.each([
    ["the source has come back", true, { lives: 0, isLost: false }],
    ["nobody can say any more whether it is there", null, { lives: 0, isLost: false }],
    ["it came back and is lost again, as others saw", true, { lives: 20, isLost: true }],
    ["it came back and is lost again, as nobody saw", true, { lives: 0, isLost: true }],
  ])(
    "M5 no-surprise-stop: stops nothing after a pause in which %s",
    async (_, connected, { lives, isLost }) => {
      const { world, patchbay, context } = await withoutSource();
      await patchbay.live(10);
      await world.clock.advance(60_000);
      await patchbay.pass();
      const { manager } = patchbay;
      let isPaused = false;
      const facts = async () => {
        const seen = await manager.facts();
        if (isPaused) return seen;
        isPaused = true;
        world.flows.setSource({ connected });
        await patchbay.live(lives);
        await world.clock.advance((20 - lives) * 60_000);
        if (isLost) world.flows.setSource({ connected: false });
        if (lives > 0) await patchbay.live(1);
        return seen;
      };
      const paused = createTick({ ...context, manager: { ...manager, facts } });
      await autoShutdown.run(world.clock.now(), paused);
      expect(isPaused).toBe(true);
      await patchbay.converge();
      expect(world.channels.running()).toEqual([primary, youtube, twitch]);
    },
  );

  it("M5 no-surprise-stop: leaves alone what was started anew between the look and the write", async () => {
    const { world, patchbay, context } = await withoutSource();
    await patchbay.live(10);
    const { manager } = patchbay;
    const restarting = {
      ...manager,
      facts: async () => {
        const facts = await manager.facts();
        await patchbay.stop("dest_twitch");
        await patchbay.start("dest_twitch");
        return facts;
      },
    };
    await world.clock.advance(120_000);
    await autoShutdown.run(world.clock.now(), createTick({ ...context, manager: restarting }));
    expect(world.destinations.get("dest_twitch")).toMatchObject({
      desired: "on",
      intent: { by: ana },
    });
    expect(world.destinations.get("dest_youtube").desired).toBe("off");
  });
});
