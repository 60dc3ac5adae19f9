import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { ana, channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { twitch, custom } = channelByPlatform;

function aSite() {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
  const tick = () => runDueJobs(world.clock.now(), context);
  const told = () => world.announcements.all().filter(({ key }) => key.startsWith("drift."));
  return { world, patchbay, tick, told };
}

describe("status-sync", () => {
  it("M2 no-orphan: asks once who started a channel, and no more once somebody keeps it", async () => {
    const { world, patchbay, told } = aSite();
    world.channels.put({ channelId: twitch, state: "running" });
    await patchbay.live(5);
    expect(told()).toMatchObject([{ open: true, loud: true, destinationId: "dest_twitch" }]);
    const until = addMinutes(world.clock.now(), 300);
    const keep = { destinationIds: ["dest_twitch"], by: ana, reason: null, until };
    await patchbay.manager.intents.extend(keep);
    await patchbay.live(2);
    const [only, ...more] = told();
    expect(more).toEqual([]);
    expect(only).toMatchObject({ open: false, content: { buttons: [] } });
    expect(only?.content.lines.map((line) => inWords(line))).toEqual([
      "Who is this? *Twitch* has been running since 19:00, and nobody started it here.",
      expect.stringMatching(/^That was over at 19:0\d\.$/),
    ]);
  });

  it("M2 no-orphan: tells of a channel without a row until it is stopped", async () => {
    const { world, patchbay, told } = aSite();
    world.destinations.remove("dest_custom");
    world.channels.put({ channelId: custom, name: "relay", state: "running" });
    await patchbay.live(3);
    expect(told()).toMatchObject([{ open: true, destinationId: null }]);
    world.channels.put({ channelId: custom, state: "idle" });
    await patchbay.live(2);
    expect(told()).toMatchObject([{ open: false }]);
  });

  it("M5 no-surprise-stop: tells of a switch that cannot be moved, and offers the show that it cut again", async () => {
    const { world, patchbay, told } = aSite();
    const at = (minutes: number) => addMinutes(start, minutes);
    const start = world.clock.now();
    const extension = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: at(60) };
    const last = () => told().at(-1);
    const words = () => last()?.content.lines.map((line) => inWords(line));
    await patchbay.startUntil(at(20), "dest_twitch");
    await patchbay.converge();
    world.failNext("deadlines.set", new OpsError("aws-unavailable", "No answer."), { times: 99 });
    await patchbay.manager.intents.extend(extension);
    await patchbay.live(14);
    expect(told()).toEqual([]);
    await patchbay.live(2);
    expect(words()).toEqual([
      "AWS stops *Twitch* at 19:25, although it is on until 20:00: its switch cannot be moved at present.",
      "patchbay tries it each minute. By hand: EventBridge Scheduler console, the schedule for channel 1003, Delete.",
    ]);

    await patchbay.live(10);
    expect(world.deadlines.takeDue(world.clock.now())).toEqual([twitch]);
    await world.channels.stop(twitch);
    await patchbay.live(2);
    expect(told()).toMatchObject([{ open: false }, { open: true, loud: true }]);
    expect(words()).toEqual([
      "*Twitch* went off at 19:26, although it was to be on until 20:00: AWS stopped it by its switch of 19:25, which could not be moved to 20:05.",
      "Nobody asked for that. It stays off until somebody starts it again.",
    ]);
    expect(last()?.content.buttons).toMatchObject([
      {
        label: expect.stringMatching(/^Start again · \$/),
        command: "start dest_twitch until 2026-11-22 20:00 UTC",
        seen: world.destinations.get("dest_twitch").intent?.id,
      },
    ]);
    await patchbay.startUntil(at(60), "dest_twitch");
    await patchbay.live(2);
    expect(told()).toMatchObject([{ open: false }, { open: false }]);
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("T4 single effect: two processes tell it once, and a failed reading is no news", async () => {
    const { world, patchbay, tick, told } = aSite();
    world.channels.remove(twitch);
    await patchbay.live(1);
    await Promise.all([tick(), tick()]);
    expect(told()).toMatchObject([{ open: true, revision: 1 }]);
    world.failNext("channels.list", new OpsError("aws-unavailable", "No list."), { times: 3 });
    await tick();
    expect(told()).toMatchObject([{ open: true, revision: 1 }]);
    world.channels.put({ channelId: twitch });
    await patchbay.live(2);
    expect(told()).toMatchObject([{ open: false, revision: 2 }]);
  });

  it("tells while AWS takes no deadline, and when it does again", async () => {
    const { world, patchbay, told } = aSite();
    const refused = new OpsError("aws-refused", "Not allowed.");
    world.failNext("deadlines.set", refused, { times: 8 });
    await patchbay.start("dest_twitch");
    await patchbay.live(7);
    expect(told()).toMatchObject([{ open: true }]);
    expect(inWords(told()[0]?.content.lines[0] ?? [])).toBe(
      "AWS has no switch for *Twitch*: without patchbay it would run past 23:00.",
    );
    await patchbay.live(6);
    expect(told()).toMatchObject([{ open: false }]);
  });
});
