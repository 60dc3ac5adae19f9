import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { leakSweep } from "../../src/jobs/leak-sweep.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ben, channelByPlatform } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const zone = "America/Los_Angeles";
const { twitch } = channelByPlatform;

/** Twitch was started outside patchbay; the world's clock says when. */
async function aLeak(at: string) {
  const world = aWorld({ now: new Date(at) });
  const patchbay = aPatchbay(world, { policy: { zone } });
  world.channels.put({ channelId: twitch, state: "running" });
  await patchbay.converge();
  const context = {
    manager: patchbay.manager,
    ports: world.ports,
    policy: { ...defaultPolicy, zone },
  };
  const run = () => leakSweep.run(world.clock.now(), createTick(context));
  const told = () => world.announcements.all().filter(({ key }) => key.startsWith("leaks."));
  return { world, patchbay, run, told };
}

describe("leak-sweep", () => {
  it("waits for nine o'clock at the site", async () => {
    const { world, run, told } = await aLeak("2026-11-22T16:59:00Z");
    await run();
    expect(told()).toEqual([]);
    await world.clock.advance(60_000);
    await run();
    expect(told()).toMatchObject([{ key: "leaks.2026-11-22", open: true }]);
  });

  it("T4 single effect: tells once a day, at the first tick after nine", async () => {
    const { world, run, told } = await aLeak("2026-11-22T20:11:00Z");
    await Promise.all([run(), run()]);
    await world.clock.advance(60_000);
    await run();
    expect(told()).toHaveLength(1);
    await world.clock.advance(24 * 3_600_000);
    await run();
    expect(told().map(({ open }) => open)).toEqual([false, true]);
  });

  it("says nothing when nothing is found, and looks no more that day", async () => {
    const { world, patchbay, run, told } = await aLeak("2026-11-22T17:00:00Z");
    await patchbay.stop("dest_twitch");
    await patchbay.converge();
    await run();
    expect(told()).toEqual([]);
    expect(await world.notes.read("leaks.swept")).toBe("2026-11-22");
  });

  it("tries again when something cannot be read", async () => {
    const { world, run, told } = await aLeak("2026-11-22T17:00:00Z");
    for (const reading of ["channels.list", "flows.read", "siteMemory.read"]) {
      world.failNext(reading, new OpsError("aws-unavailable", "No answer."));
      await run();
      expect(told()).toEqual([]);
    }
    world.failNext("sessions.list", new OpsError("aws-unavailable", "No table."));
    await expect(run()).rejects.toThrow("No table.");
    await run();
    expect(told()).toHaveLength(1);
  });

  it("leaves out what somebody has chosen to ignore", async () => {
    const { patchbay, run, told } = await aLeak("2026-11-22T17:00:00Z");
    const change = { what: "dest_twitch", until: "2026-11-30", by: ben };
    await patchbay.manager.leaks.ignore(change);
    await run();
    expect(told()).toEqual([]);
  });
});
