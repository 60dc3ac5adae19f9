import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { budgetAlert } from "../../src/jobs/budget-alert.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, channelByPlatform } from "../support/builders.ts";
import { aSpendingSite } from "../support/spending.ts";

const { primary, twitch } = channelByPlatform;

describe("the hard cap", () => {
  /** Primary and Twitch on air, and the budget spent. */
  async function spentOut() {
    const site = await aSpendingSite();
    await site.patchbay.start("dest_primary", "dest_twitch");
    await site.patchbay.converge();
    site.setShare(120, true);
    await site.tick();
    const later = async (minutes: number) => {
      await site.world.clock.advance(minutes * 60_000);
      await site.tick();
      await site.patchbay.converge();
    };
    return { ...site, later };
  }

  it("is off by default", async () => {
    const { patchbay, setShare, tick, said } = await aSpendingSite();
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    setShare(120);
    await tick();
    expect(said("_cap_")).toEqual([]);
  });

  it("M5 no-surprise-stop: calls, waits for the grace, and never stops the primary", async () => {
    const { world, show, later, said } = await spentOut();
    expect(said("_cap_")).toHaveLength(1);
    await show();
    await later(1);
    await later(8);
    expect(world.channels.running()).toEqual([primary, twitch]);
    await later(2);
    await later(1);
    expect(world.channels.running()).toEqual([primary]);
    expect(world.destinations.get("dest_twitch").intent).toMatchObject({
      by: { id: "patchbay.budget" },
    });
    expect(said("_cap_")).toEqual(["said: *Twitch*: its last call is over, it was stopped."]);
  });

  it("says on the button what another half hour costs", async () => {
    const { world } = await spentOut();
    const call = (await world.announcements.live()).find(({ key }) => key.includes("_cap_"));
    expect(call?.content.buttons.map(({ label }) => label)).toEqual([
      "Stop now",
      "Hold 30 min more · $0.42",
    ]);
  });

  it("M5 no-surprise-stop: stops nothing while Slack does not show the call", async () => {
    const { world, show, later } = await spentOut();
    await later(30);
    await later(30);
    expect(world.channels.running()).toEqual([primary, twitch]);
    await show();
    await later(1);
    await later(9);
    expect(world.channels.running()).toEqual([primary, twitch]);
    await later(1);
    expect(world.channels.running()).toEqual([primary]);
  });

  it("withdraws the call when the budget is raised, and calls again when that is spent", async () => {
    const { world, setShare, show, later, said } = await spentOut();
    await show();
    await later(5);
    setShare(60, true);
    await later(1);
    expect(said("_cap_")[0]).toMatch(/^said: \*Twitch\* stays on: its last call is withdrawn\./);
    setShare(120, true);
    await later(1);
    expect(said("_cap_").at(-1)).toMatch(/^open: Last call for \*Twitch\*/);
    await later(30);
    expect(world.channels.running()).toEqual([primary, twitch]);
  });

  it("M5 no-surprise-stop: sees a budget that was raised elsewhere a moment before the stop", async () => {
    const { world, patchbay, setShare, show, later } = await spentOut();
    const { manager } = patchbay;
    const run = () => {
      const context = { manager, ports: world.ports, policy: defaultPolicy };
      return budgetAlert.run(world.clock.now(), createTick(context));
    };
    await show();
    await later(1);
    await world.clock.advance(10 * 60_000);
    expect((await manager.costs.month()).budget.step).toBe(100);
    setShare(60, true);
    await run();
    await patchbay.converge();
    expect(world.channels.running()).toEqual([primary, twitch]);
  });

  it.each(["raises the budget", "raises and lowers it again"])(
    "M5 no-surprise-stop: stops nothing after a pause in which somebody %s",
    async (what) => {
      const { world, patchbay, setShare, show, later } = await spentOut();
      const { manager } = patchbay;
      await show();
      await later(1);
      await world.clock.advance(10 * 60_000);
      let isPaused = false;
      const rates = async () => {
        const seen = await manager.costs.rates();
        if (isPaused) return seen;
        isPaused = true;
        setShare(60, true);
        await later(1);
        if (what === "raises the budget") return seen;
        setShare(120, true);
        await later(1);
        await show();
        await later(1);
        return seen;
      };
      const paused = { ...manager, costs: { ...manager.costs, rates } };
      const context = { manager: paused, ports: world.ports, policy: defaultPolicy };
      await budgetAlert.run(world.clock.now(), createTick(context));
      expect(isPaused).toBe(true);
      await patchbay.converge();
      expect(world.channels.running()).toEqual([primary, twitch]);
    },
  );

  it("leaves on what somebody holds", async () => {
    const { world, patchbay, show, later, said } = await spentOut();
    await show();
    await later(1);
    const held = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: null };
    await patchbay.manager.intents.hold({ ...held, minutes: 120 });
    await later(30);
    expect(said("_cap_")[0]).toMatch(/^said: Ana holds \*Twitch\* until/);
    expect(world.channels.running()).toEqual([primary, twitch]);
  });
});
