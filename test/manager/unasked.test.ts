import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { crashAt } from "../support/hooked.ts";
import { aPatchbay, story } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

const { twitch } = channelByPlatform;
const ways = [
  ["on its way down", (world: World) => world.ports.channels.stop(twitch)],
  ["at rest", async (world: World) => world.channels.put({ channelId: twitch, state: "idle" })],
] as const;

/** Twitch on air. */
async function onAir() {
  const world = aWorld({ destinations: [aDestination()] });
  const patchbay = aPatchbay(world);
  await patchbay.start("dest_twitch");
  await patchbay.converge();
  await world.clock.advance(1_000);
  return { world, patchbay };
}

/** A process in whose next pass something happens right before a call. */
function interrupted(world: World, call: string, act: () => Promise<unknown>) {
  let isDone = false;
  return aPatchbay(world, {
    wrap: async (name, moment) => {
      if (isDone || name !== call || moment !== "before") return;
      isDone = true;
      await act();
      await world.clock.advance(1);
    },
  });
}

const sinceTheStart = (world: World) => story(world).slice(2);

describe.each(ways)("a show that somebody stops in the AWS console, found %s", (_, stopOutside) => {
  it("A2 not twice: is told to be off in one line", async () => {
    const { world, patchbay } = await onAir();
    await stopOutside(world);
    await patchbay.live(2);
    expect(sinceTheStart(world)).toEqual(["stopped-outside Twitch"]);
    expect(world.audit.all().map(({ what }) => what)).toEqual(["start", "stopped outside"]);
    expect(world.destinations.get("dest_twitch").deeds).toEqual([]);
  });

  it("is told as a person's stop when that is written before what was seen", async () => {
    const { world, patchbay } = await onAir();
    await stopOutside(world);
    const other = interrupted(world, "destinations.update", () => patchbay.stop("dest_twitch"));
    await other.pass();
    await patchbay.live(2);
    expect(sinceTheStart(world)).toEqual(["stop-asked Twitch", "off Twitch"]);
    expect(world.audit.all().map(({ what }) => what)).toEqual(["start", "stop"]);
  });

  it("makes a later stop a thing that is done already", async () => {
    const { world, patchbay } = await onAir();
    await stopOutside(world);
    await patchbay.pass();
    expect(await patchbay.stop("dest_twitch")).toMatchObject([{ result: "already" }]);
    await patchbay.live(2);
    expect(sinceTheStart(world)).toEqual(["stopped-outside Twitch"]);
  });

  it("A1 no alert lost: is told when the story can be written again", async () => {
    const { world, patchbay } = await onAir();
    await stopOutside(world);
    world.failNext("broadcasts.note", new OpsError("timed-out", "AWS said nothing."), { times: 3 });
    await patchbay.live(2);
    expect(sinceTheStart(world)).toEqual(["stopped-outside Twitch"]);
  });

  it("P4 crash: is told once, wherever the process dies that sees it", async () => {
    for (let moment = 0; ; moment += 1) {
      const { world } = await onAir();
      await stopOutside(world);
      const death = crashAt(moment);
      const died = await aPatchbay(world, { wrap: death.wrap })
        .pass()
        .then(
          () => false,
          () => true,
        );
      await aPatchbay(world).converge();
      expect(sinceTheStart(world)).toEqual(["stopped-outside Twitch"]);
      expect(world.audit.all().map(({ what }) => what)).toEqual(["start", "stopped outside"]);
      if (!died) break;
    }
  }, 30_000);
});

it("A3 order: what another process stops for a person is not somebody's stop outside", async () => {
  const { world, patchbay } = await onAir();
  const other = interrupted(world, "channels.list", async () => {
    await patchbay.stop("dest_twitch");
    await patchbay.pass();
  });
  await other.pass();
  await patchbay.live(2);
  expect(sinceTheStart(world)).toEqual(["stop-asked Twitch", "off Twitch"]);
});

it("A3 order: what another process starts for a person was not found running", async () => {
  const world = aWorld({ destinations: [aDestination()], flow: "active" });
  const patchbay = aPatchbay(world);
  await patchbay.converge();
  const other = interrupted(world, "channels.list", async () => {
    await patchbay.start("dest_twitch");
    await patchbay.converge();
  });
  await other.pass();
  await patchbay.live(2);
  expect(story(world)).toEqual(["start-asked Twitch", "running Twitch"]);
});

it("a start that is given up stands once in the story and in the audit", async () => {
  const world = aWorld({ destinations: [aDestination()] });
  world.channels.put({ channelId: twitch, state: "create_failed" });
  const patchbay = aPatchbay(world);
  await patchbay.start("dest_twitch");
  await world.clock.advance(1);
  await patchbay.live(2);
  expect(story(world)).toEqual(["start-asked Twitch", "failed Twitch"]);
  expect(world.audit.all().map(({ what }) => what)).toEqual(["start", "failed"]);
});
