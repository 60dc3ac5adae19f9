import { addHours, addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import { defaultSettings, type Settings, toStoredSettings } from "../../src/domain/settings.ts";
import { OpsError } from "../../src/errors.ts";
import { budgetAlert } from "../../src/jobs/budget-alert.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, aSession, channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { primary, twitch } = channelByPlatform;

type Options = { policy?: Partial<Policy> };

/** A site that has spent about $100 this month, and what its budget is. */
async function aSite({ policy = {} }: Options = {}) {
  const world = aWorld();
  const start = world.clock.now();
  await world.sessions.open(
    aSession({
      id: "session_spent",
      startedAt: addHours(start, -200),
      billedFrom: addHours(start, -200),
      endedAt: addHours(start, -1),
      status: "stopped",
    }),
  );
  const patchbay = aPatchbay(world, { policy });
  const context = () => ({
    manager: aPatchbay(world, { policy }).manager,
    ports: world.ports,
    policy: { ...defaultPolicy, ...policy },
  });
  const set = (change: Partial<Settings>) =>
    world.notes.put("settings", toStoredSettings({ ...defaultSettings, ...change }));
  const spent = (await patchbay.manager.costs.month()).meter.usd;
  const tick = () => budgetAlert.run(world.clock.now(), createTick(context()));
  const keys = () => world.announcements.all().map(({ key }) => key);
  const said = (key: string) =>
    world.announcements
      .all()
      .filter((each) => each.key.includes(key))
      .map(
        ({ open, content }) => `${open ? "open" : "said"}: ${content.lines.map(inWords).join(" ")}`,
      );
  /** Slack shows everything as it is. */
  const show = async () => {
    for (const each of await world.announcements.live())
      await world.announcements.noteShown(each.key, {
        conversationId: "C1",
        messageTs: "1.1",
        revision: each.revision,
      });
  };
  const setShare = (percent: number, hardCap = false) =>
    set({ budgetUsd: (spent * 100) / percent, hardCap });
  return { world, patchbay, set, setShare, tick, keys, said, show, spent };
}

describe("the budget's ladder", () => {
  it("says nothing without a budget, and nothing below half of it", async () => {
    const { setShare, tick, keys, world } = await aSite();
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
    const { setShare, tick, keys } = await aSite();
    setShare(percent);
    await tick();
    const expected = steps.map((step) => `budget_2026-11_${step}`);
    expect(keys().filter((key) => !key.endsWith("forecast"))).toEqual(expected);
  });

  it("says what is spent, what changes and what to type", async () => {
    const { setShare, tick, said } = await aSite();
    setShare(81);
    await tick();
    const [words = ""] = said("_80");
    expect(words).toMatch(/80 % of the budget for November 2026 is spent: \$[\d.]+ of \$[\d.]+\./);
    expect(words).toContain("a start asks a second person");
    expect(words).toMatch(/\/stream cost.*\/stream budget set \d+0/);
    expect(said("_50")).toEqual(["said: 50 % of the budget for November 2026 is passed."]);
  });

  it("warns once when the forecast goes over the limit before the money does", async () => {
    const { set, patchbay, tick, said, spent } = await aSite();
    set({ budgetUsd: spent + 2.2 });
    await patchbay.start("dest_twitch", "dest_youtube", "dest_primary");
    await patchbay.converge();
    await tick();
    await tick();
    expect(said("forecast")).toHaveLength(1);
    expect(said("forecast")[0]).toContain("will go over its budget");
  });

  it("T4 single effect: says each step once, whoever looks and however often", async () => {
    const { world, setShare, tick, keys } = await aSite();
    setShare(81);
    await Promise.all([tick(), tick()]);
    world.notes.put("budget-alerts#2026-11", "");
    await expect(tick()).rejects.toMatchObject({ code: "not-configured" });
    await world.notes.write("budget-alerts#2026-11", null, "");
    await tick();
    expect(keys().filter((key) => /_\d+$/.test(key))).toHaveLength(2);
  });

  it("A1: loses nothing when a write fails between two steps", async () => {
    const { world, setShare, tick, keys } = await aSite();
    setShare(130);
    world.failNext("announcements.add", new OpsError("aws-unavailable", "Lost."), { effect: true });
    await expect(tick()).rejects.toThrow();
    await tick();
    expect(keys()).toHaveLength(4);
  });

  it("A1: tells of a month's last minutes in the next month of the site's zone", async () => {
    const zone = "America/Los_Angeles";
    const { world, setShare, tick, keys, said } = await aSite({ policy: { zone } });
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
    const { world, setShare, tick, keys } = await aSite();
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
    const { world, patchbay, setShare, tick } = await aSite();
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
    const { world, patchbay, setShare, tick } = await aSite();
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

describe("the hard cap", () => {
  /** Primary and Twitch on air, and the budget spent. */
  async function spentOut() {
    const site = await aSite();
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
    const { patchbay, setShare, tick, said } = await aSite();
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
