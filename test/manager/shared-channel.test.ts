import { describe, expect, it } from "vitest";
import { sumPerHour } from "../../src/domain/cost/rates.ts";
import { sumUsd } from "../../src/domain/money.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { aPatchbay, effects, refusals, story } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const shared = channelByPlatform.custom;

/** The existing system's set-up: YouTube, the HLS player and a relay on one channel whose outputs are set in AWS. */
function sharing() {
  const world = aWorld({
    destinations: ["youtube", "primary", "custom"].map((platform) => aDestination({ platform })),
    bindings: { channelByPlatform: {}, sharedChannelId: shared },
  });
  return { world, patchbay: aPatchbay(world) };
}

const isCustom = ({ id }: { id: string }): boolean => id === "dest_custom";

const phasesOf = ({ world }: ReturnType<typeof sharing>) =>
  Object.fromEntries(world.destinations.all().map(({ platform, phase }) => [platform, phase]));

describe("destinations of the shared channel", () => {
  it("start it once, with the outputs that it has", async () => {
    const site = sharing();
    await site.patchbay.start("dest_youtube", "dest_primary");
    await site.patchbay.converge();
    expect(effects(site.world)).toEqual(["start-flow", `start-channel ${shared}`]);
    expect(phasesOf(site)).toEqual({ youtube: "running", primary: "running", custom: "off" });
    expect(refusals(site.world)).toEqual([]);
  });

  it("join it while it runs, without a start of their own", async () => {
    const site = sharing();
    await site.patchbay.start("dest_youtube");
    await site.patchbay.converge();
    await site.patchbay.start("dest_custom");
    await site.patchbay.converge();
    expect(effects(site.world)).toHaveLength(2);
    expect(phasesOf(site)).toMatchObject({ youtube: "running", custom: "running" });
  });

  it("cost what their one channel costs", async () => {
    const { patchbay } = sharing();
    const cost = async () => (await patchbay.manager.look()).cost;
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    const one = await cost();
    await patchbay.start("dest_custom");
    await patchbay.converge();
    const both = await cost();
    expect(one?.perHourUsd).toBeGreaterThan(0.5);
    expect(both?.perHourUsd).toBeCloseTo(one?.perHourUsd ?? 0, 6);
    expect((both?.broadcastUsd ?? 9) - (one?.broadcastUsd ?? 0)).toBeLessThan(0.05);
  });

  it("M7 meter: have cost so far, together, what the month has cost", async () => {
    const { world, patchbay } = sharing();
    const { manager } = patchbay;
    const soFar = async () => {
      const rows = world.destinations.all();
      const [view, costs, { meter }] = await Promise.all([
        manager.look(),
        manager.costs.destinations(rows),
        manager.costs.month(0),
      ]);
      const own = view.destinations.map(({ cost }) => cost?.soFarUsd ?? null);
      expect(rows.map(({ id }) => costs.get(id)?.soFarUsd ?? null).toSorted()).toEqual(
        own.toSorted(),
      );
      expect(sumUsd(own.map((usd) => usd ?? 0))).toBe(sumUsd(meter.lines.map(({ usd }) => usd)));
      return Object.fromEntries(view.destinations.map(({ id, cost }) => [id, cost]));
    };
    await patchbay.start("dest_youtube");
    await patchbay.live(20);
    await patchbay.start("dest_custom");
    await patchbay.live(20);
    const both = await soFar();
    expect(both.dest_youtube?.soFarUsd).toBeGreaterThan(0.3);
    expect(both.dest_custom).toMatchObject({ soFarUsd: null, billedAnywayMinutes: 0 });
    await patchbay.stop("dest_youtube");
    await patchbay.live(2);
    const { cost: left } = (await manager.look()).destinations.find(isCustom) ?? {};
    expect(left?.soFarUsd).toBeGreaterThan(0);
    expect(left?.soFarUsd).toBeLessThan(0.1);
    expect(left?.billedAnywayMinutes).toBe(0);
  });

  it("are foreseen as their one channel is, and so is a show of them", async () => {
    const { patchbay } = sharing();
    const { costs } = patchbay.manager;
    const leases = async () => (await costs.month(0)).forecast.parts.leases;
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    const one = await leases();
    await patchbay.start("dest_custom");
    await patchbay.converge();
    expect(await leases()).toBeLessThan(one * 1.1);
    const rates = await costs.rates();
    expect(sumPerHour(["dest_youtube", "dest_custom"], rates)).toBe(
      sumPerHour(["dest_youtube"], rates),
    );
  });

  it("leave it to the others, and the last one stops it", async () => {
    const site = sharing();
    const { world, patchbay } = site;
    await patchbay.start("dest_youtube", "dest_primary");
    await patchbay.converge();
    await patchbay.stop("dest_youtube");
    await patchbay.live(1);
    expect(phasesOf(site)).toMatchObject({ youtube: "off", primary: "running" });
    expect(world.channels.running()).toEqual([shared]);
    await patchbay.stop("dest_primary");
    await patchbay.converge();
    expect(world.channels.running()).toEqual([]);
    expect(refusals(world)).toEqual([]);
  });

  it("T5 legal: stop it once when all of them stop together", async () => {
    const site = sharing();
    const { world, patchbay } = site;
    await patchbay.start("dest_youtube", "dest_primary", "dest_custom");
    await patchbay.converge();
    await patchbay.stop("dest_youtube", "dest_primary", "dest_custom");
    await patchbay.converge();
    expect(effects(world).filter((call) => call.startsWith("stop-channel"))).toHaveLength(1);
    expect(refusals(world)).toEqual([]);
    expect(phasesOf(site)).toEqual({ youtube: "off", primary: "off", custom: "off" });
  });

  it("M5 no-surprise-stop: keep it for one that starts while the last one stops", async () => {
    const { world, patchbay } = sharing();
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    await patchbay.stop("dest_youtube");
    let joined = false;
    const slow = aPatchbay(world, {
      wrap: async (name, moment) => {
        if (joined || name !== "destinations.list" || moment !== "after") return;
        joined = true;
        await patchbay.start("dest_primary");
      },
    });
    await slow.converge();
    expect(world.channels.running()).toEqual([shared]);
    expect(effects(world)).toHaveLength(2);
  });

  it("are all over when somebody stops it in the console", async () => {
    const site = sharing();
    const { world, patchbay } = site;
    await patchbay.start("dest_youtube", "dest_primary");
    await patchbay.converge();
    await world.ports.channels.stop(shared);
    await patchbay.converge();
    expect(phasesOf(site)).toEqual({ youtube: "off", primary: "off", custom: "off" });
    expect(story(world).filter((line) => line.startsWith("stopped-outside"))).toHaveLength(2);
  });
});
