import { addHours, addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { budgetAlert } from "../../src/jobs/budget-alert.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, aSession } from "../support/builders.ts";
import { crashAt } from "../support/hooked.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aSpendingSite } from "../support/spending.ts";

describe("the budget's ladder", () => {
  it("says nothing without a budget, and nothing below half of it", async () => {
    const { setShare, tick, keys, world } = await aSpendingSite();
    await tick();
    setShare(30);
    await tick();
    expect(keys()).toEqual([]);
    expect(await world.notes.list("budget-alerts#")).toHaveLength(1);
  });

  it.each([
    [55, ["50"]],
    [81, ["50", "80"]],
    [96, ["50", "80", "95"]],
    [130, ["50", "80", "95", "100"]],
  ])("A1: says at %s %% each step that was passed, in order", async (percent, steps) => {
    const { setShare, tick, keys } = await aSpendingSite();
    setShare(percent);
    await tick();
    const expected = steps.map((step) => `budget_2026-11_${step}`);
    expect(keys().filter((key) => !key.endsWith("forecast"))).toEqual(expected);
  });

  it("says what is spent, what changes and what to type", async () => {
    const { setShare, tick, said } = await aSpendingSite();
    setShare(81);
    await tick();
    const [words = ""] = said("_80");
    expect(words).toMatch(/80 % of the budget for November 2026 is spent: \$[\d.]+ of \$[\d.]+\./);
    expect(words).toContain("a start asks a second person");
    expect(words).toMatch(/\/stream cost.*\/stream budget set \d+0/);
    expect(said("_50")).toEqual(["said: 50 % of the budget for November 2026 is passed."]);
  });

  it("warns once when the forecast goes over the limit before the money does", async () => {
    const { set, patchbay, tick, said, spent } = await aSpendingSite();
    set({ budgetUsd: spent + 2.2 });
    await patchbay.start("dest_twitch", "dest_youtube", "dest_primary");
    await patchbay.converge();
    await tick();
    await tick();
    expect(said("forecast")).toHaveLength(1);
    expect(said("forecast")[0]).toContain("will go over its budget");
  });

  it("T4 single effect: says each step once, whoever looks and however often", async () => {
    const { world, setShare, tick, keys } = await aSpendingSite();
    setShare(81);
    await Promise.all([tick(), tick()]);
    world.notes.put("budget-alerts#2026-11", "");
    await expect(tick()).rejects.toMatchObject({ code: "not-configured" });
    await world.notes.write("budget-alerts#2026-11", null, "");
    await tick();
    expect(keys().filter((key) => /_\d+$/.test(key))).toHaveLength(2);
  });

  it("A1: loses nothing when a write fails between two steps", async () => {
    const { world, setShare, tick, keys } = await aSpendingSite();
    setShare(130);
    world.failNext("announcements.add", new OpsError("aws-unavailable", "Lost."), { effect: true });
    await expect(tick()).rejects.toThrow();
    await tick();
    expect(keys()).toHaveLength(4);
  });

  it("P4 crash: loses nothing and says nothing twice, wherever a process dies", {
    timeout: 30_000,
  }, async () => {
    for (let moment = 0, dead = true; dead; moment++) {
      const { world, patchbay, setShare, tick, keys } = await aSpendingSite();
      await patchbay.start("dest_twitch");
      await patchbay.converge();
      setShare(120, true);
      const { manager, ports } = aPatchbay(world, { wrap: crashAt(moment).wrap });
      const context = { manager, ports, policy: defaultPolicy };
      const run = budgetAlert.run(world.clock.now(), createTick(context));
      dead = await run.then(
        () => false,
        () => true,
      );
      await tick();
      const steps = ["50", "80", "95", "100"].map((step) => `budget_2026-11_${step}`);
      expect(keys().slice(0, 4)).toEqual(steps);
      expect(keys().slice(4)).toEqual([expect.stringContaining("_cap_")]);
      const inAnHour = addMinutes(world.clock.now(), 60);
      expect(world.destinations.get("dest_twitch").leaseUntil).toEqual(inAnHour);
    }
  });

  it("A1: tells of a month's last minutes in the next month of the site's zone", async () => {
    const zone = "America/Los_Angeles";
    const { world, setShare, tick, keys, said } = await aSpendingSite({ policy: { zone } });
    setShare(45);
    await tick();
    await world.sessions.open(
      aSession({
        id: "session_late",
        billedFrom: new Date("2026-11-28T00:00:00Z"),
        startedAt: new Date("2026-11-28T00:00:00Z"),
        endedAt: new Date("2026-12-01T07:59:30Z"),
        status: "stopped",
      }),
    );
    world.clock.set(new Date("2026-12-01T08:05:00Z"));
    await tick();
    expect(keys()).toEqual([]);
    world.clock.set(new Date("2026-12-01T08:20:00Z"));
    await tick();
    await tick();
    expect(keys()).toEqual(["budget_2026-11_50"]);
    expect(said("_50")[0]).toMatch(/At its end November 2026 had used 50 %/);
  });

  it("begins again with the month", async () => {
    const { world, setShare, tick, keys } = await aSpendingSite();
    setShare(60);
    await tick();
    const from = new Date("2026-12-02T00:00:00Z");
    await world.sessions.open(
      aSession({
        id: "session_more",
        startedAt: from,
        billedFrom: from,
        endedAt: addHours(from, 200),
      }),
    );
    world.clock.set(addHours(from, 201));
    await tick();
    expect(keys().filter((key) => key.endsWith("_50"))).toEqual([
      "budget_2026-11_50",
      "budget_2026-12_50",
    ]);
  });
});

describe("95 % of the budget", () => {
  it("moves the ends of what is on, each once, so that a person can move it back", async () => {
    const { world, patchbay, setShare, tick } = await aSpendingSite();
    await patchbay.start("dest_twitch", "dest_youtube");
    await patchbay.converge();
    setShare(96);
    const hourLater = addMinutes(world.clock.now(), 60);
    await tick();
    expect(world.destinations.get("dest_twitch").leaseUntil).toEqual(hourLater);
    const wanted = addHours(hourLater, 2);
    await patchbay.manager.intents.extend({
      destinationIds: ["dest_twitch"],
      by: ana,
      reason: null,
      until: wanted,
    });
    await tick();
    expect(world.destinations.get("dest_twitch").leaseUntil).toEqual(wanted);
    expect(world.destinations.get("dest_youtube").leaseUntil).toEqual(hourLater);
  });

  it("M5 no-surprise-stop: leaves alone what somebody holds, until it is released", async () => {
    const { world, patchbay, setShare, tick } = await aSpendingSite();
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    const before = world.destinations.get("dest_twitch").leaseUntil;
    const held = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: null };
    await patchbay.manager.intents.hold({ ...held, minutes: 600 });
    setShare(96);
    await tick();
    expect(world.destinations.get("dest_twitch").leaseUntil).toEqual(before);
    await patchbay.manager.intents.release(held);
    await tick();
    expect(world.destinations.get("dest_twitch").leaseUntil).not.toEqual(before);
  });
});
