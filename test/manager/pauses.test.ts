import { EventEmitter, once } from "node:events";
import { addHours } from "date-fns";
import { describe, expect, it } from "vitest";
import { aPatchbay, effects } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

/** A process that stops after each such call until it may go on; `paused` is when it has come to the first. */
function aPausedOne(world: World, isThere: (call: string) => boolean) {
  const [paused, stops] = aGate();
  const [goes, goOn] = aGate();
  const patchbay = aPatchbay(world, {
    wrap: async (call, moment) => {
      if (moment === "before" || !isThere(call)) return;
      stops();
      await goes;
    },
  });
  return { patchbay, paused, goOn };
}

const hasReadRows = (call: string) => call === "destinations.list";

function aGate(): [Promise<void>, () => void] {
  const doors = new EventEmitter();
  return [once(doors, "open").then(() => undefined), () => void doors.emit("open")];
}

describe("a process that was paused in the middle of its pass", () => {
  it("M6: does not begin the flow's quiet time anew on rows that it read before", async () => {
    const world = aWorld({ flow: "active" });
    const { paused, goOn, patchbay } = aPausedOne(world, hasReadRows);
    const other = aPatchbay(world);
    await other.start("dest_twitch");
    await other.converge();
    const pass = patchbay.pass();
    await paused;
    await other.stop("dest_twitch");
    await other.converge();
    const since = world.siteMemory.current().flowQuietSince;
    await other.live(5);
    goOn();
    await pass;
    expect(since).not.toBeNull();
    expect(world.siteMemory.current().flowQuietSince).toEqual(since);
  });

  it("M7: leaves the session of a run as others have written it", async () => {
    const world = aWorld({ flow: "active" });
    const { paused, goOn, patchbay } = aPausedOne(world, hasReadRows);
    const other = aPatchbay(world);
    await other.start("dest_twitch");
    await other.pass();
    await other.pass();
    const pass = patchbay.pass();
    await paused;
    await world.clock.advance(60_000);
    await other.converge();
    const before = world.sessions.all();
    await other.live(10);
    goOn();
    await pass;
    expect(before).toMatchObject([{ runningAt: expect.any(Date) }]);
    expect(world.sessions.all()).toEqual(before);
  });

  it("M3: sends no start that another may have sent since it was recorded", async () => {
    const world = aWorld({ flow: "active" });
    const isRecorded = () => world.destinations.get("dest_primary").attempt !== null;
    const { paused, goOn, patchbay } = aPausedOne(world, isRecorded);
    const other = aPatchbay(world);
    await patchbay.start("dest_primary");
    const passes = patchbay.converge();
    await paused;
    await other.live(1);
    await other.stop("dest_primary");
    await other.converge();
    goOn();
    await passes;
    expect(effects(world).filter((call) => call.startsWith("start-channel"))).toHaveLength(1);
    expect(world.channels.running()).toEqual([]);
  });
});

it("M7 meter: a run is billed from when it ran at the latest, whatever a clock said of the wish", async () => {
  const world = aWorld({ flow: "active" });
  const right = world.clock.now();
  const patchbay = aPatchbay(world);
  world.clock.set(addHours(right, 5));
  await patchbay.start("dest_primary");
  world.clock.set(right);
  await patchbay.live(2);
  const [session] = world.sessions.all();
  expect(session?.runningAt).not.toBeNull();
  expect(session?.billedFrom).toEqual(session?.runningAt);
});
