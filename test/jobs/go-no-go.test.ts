import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { defaultSettings, toStoredSettings } from "../../src/domain/settings.ts";
import type { Show } from "../../src/domain/show.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { OpsError } from "../../src/errors.ts";
import { goNoGoCalls } from "../../src/jobs/go-no-go.ts";
import { showStarts } from "../../src/jobs/shows.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, aSession, keyRef } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

const sunday = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const goKey = "show_1_2026-11-22_go";

/** Sunday service is planned for 10:00 to 11:30 UTC on YouTube and Twitch; `at` runs both jobs then. */
function aSite() {
  const world = aWorld({ now: sunday("08:00"), flow: "active" });
  const put = (show: Partial<Show> = {}) =>
    world.notes.put("show#show_1", toStoredShow(aShow({ zone: "UTC", ...show })));
  put();
  const at = async (time: string) => {
    world.clock.set(sunday(time));
    const patchbay = aPatchbay(world);
    const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
    await showStarts.run(world.clock.now(), createTick(context));
    await goNoGoCalls.run(world.clock.now(), createTick(context));
    await patchbay.converge();
  };
  const calls = () => world.announcements.all().filter(({ key }) => key.includes("_go"));
  const call = () => calls().find(({ key }) => key === goKey);
  const words = () => (call()?.content.lines ?? []).map(inWords);
  return { world, put, at, calls, call, words };
}

describe("go or no-go", () => {
  it("is asked half an hour before a show, with every answer and two buttons", async () => {
    const { at, calls, call, words } = aSite();
    await at("09:29");
    expect(calls()).toEqual([]);
    await at("09:30");
    expect(call()).toMatchObject({ open: true, broadcastId: null });
    const [title, ...answers] = words();
    expect(title).toBe(
      "*Sunday service* goes on air at 10:00, until 11:30: YouTube, Twitch. It starts by itself.",
    );
    expect(answers).toEqual([
      expect.stringMatching(/^[✓✗?] /),
      "✓ All stream keys are there.",
      expect.stringMatching(/^✓ The show costs about \$\d+\.\d\d; no budget is set\.$/),
      "✓ Its channels are not in use.",
      "✓ At most 2 of the region's 5 channels run then; AWS's default quota is 5.",
      "✓ It can stay on air until 11:30.",
      "✓ Ana, who planned it, may start it.",
    ]);
    expect(call()?.content.buttons).toMatchObject([
      {
        label: expect.stringMatching(/^Start all green · \$1\.69\/h$/),
        command: "start dest_youtube dest_twitch until 2026-11-22 11:30 UTC",
      },
      { label: "Skip this one", command: "schedule skip show_1 2026-11-22" },
    ]);
  });

  it("changes in place when an answer changes, and only then", async () => {
    const { world, at, call, calls, words } = aSite();
    await at("09:30");
    await at("09:31");
    expect(call()?.revision).toBe(1);
    const row = world.destinations.get("dest_twitch");
    world.destinations.put({ ...row, enabled: false });
    await at("09:32");
    expect(call()?.revision).toBe(2);
    expect(words().join("\n")).toContain("✗ Twitch is disabled.");
    expect(call()?.content.buttons[0]?.command).toMatch(/^start dest_youtube until/);
    expect(calls()).toHaveLength(1);
  });

  it("warns when its owner may not start any more, which is no reason to call again", async () => {
    const { world, at, calls, words } = aSite();
    await at("09:30");
    world.crew.set(ana.id, { role: "viewer", hasLeft: false });
    await at("09:32");
    expect(words().at(-1)).toMatch(/^⚠ Ana, who planned it, may not start anything any more\. It/);
    world.crew.set(ana.id, { role: "operator", hasLeft: null });
    await at("09:55");
    expect(words().at(-1)).toMatch(/^\? Ana, who planned it, may start it; Slack does not say/);
    expect(calls()).toHaveLength(1);
  });

  it("counts the channels of the whole region, and the show that comes at the same time", async () => {
    const { world, at, put, words } = aSite();
    world.notes.put(
      "show#show_2",
      toStoredShow(
        aShow({
          id: "show_2",
          zone: "UTC",
          startsLocal: "11:00",
          destinationIds: ["dest_primary"],
        }),
      ),
    );
    put();
    await at("09:30");
    expect(words()).toContain(
      "✓ At most 3 of the region's 5 channels run then; AWS's default quota is 5.",
    );
  });

  it("is said again five minutes before when not all is well, once", async () => {
    const { world, at, calls } = aSite();
    world.streamKeys.remove(keyRef("dest_twitch"));
    await at("09:30");
    await at("09:54");
    expect(calls()).toHaveLength(1);
    await at("09:55");
    await at("09:55");
    expect(calls().map(({ key }) => key)).toEqual([goKey, `${goKey}-last`]);
    const [title, ...red] = (calls().at(-1)?.content.lines ?? []).map(inWords);
    expect(title).toContain("not all is well");
    expect(red).toContain("✗ No stream key: Twitch.");
  });

  it("is over when the show starts", async () => {
    const { at, call, words } = aSite();
    await at("09:30");
    await at("09:56");
    expect(call()?.open).toBe(false);
    expect(words()).toEqual(["*Sunday service* is under way: YouTube, Twitch."]);
    expect(call()?.content.buttons).toEqual([]);
  });

  it("is over when the date is left out", async () => {
    const { put, at, call, words } = aSite();
    await at("09:30");
    put({ skipped: ["2026-11-22"] });
    await at("09:40");
    expect(call()?.open).toBe(false);
    expect(words()).toEqual(["That date is left out; nothing starts."]);
  });

  it("is not asked any more in the last five minutes, when nobody could act on it", async () => {
    const { at, calls } = aSite();
    await at("09:56");
    expect(calls()).toEqual([]);
  });

  it("T4 single effect: is asked once, whoever asks and whatever answer is lost", async () => {
    const { world, at, calls } = aSite();
    const lost = new OpsError("aws-unavailable", "Lost.");
    world.failNext("announcements.add", lost, { effect: true });
    await expect(at("09:30")).rejects.toThrow("Lost");
    await Promise.all([at("09:31"), at("09:31")]);
    await at("09:32");
    expect(calls()).toHaveLength(1);
  });

  it("says that a second person was not asked when the budget runs low", async () => {
    const { world, at, words } = aSite();
    const from = sunday("00:00");
    await world.sessions.open(
      aSession({ id: "spent", startedAt: from, billedFrom: from, endedAt: sunday("08:00") }),
    );
    world.clock.set(sunday("09:00"));
    const { usd } = (await aPatchbay(world).manager.costs.month()).meter;
    const settings = { ...defaultSettings, budgetUsd: usd / 0.85 };
    world.notes.put("settings", toStoredSettings(settings));
    await at("09:30");
    expect(words().at(-1)).toContain("This one was approved when it was planned.");
    expect(words().find((line) => line.includes("of this month's budget is left"))).toBeDefined();
  });

  it("S1: shows no key, and keeps none", async () => {
    const { world, at } = aSite();
    await at("09:30");
    const everything = JSON.stringify([
      world.announcements.all(),
      world.log.lines,
      await world.notes.list(""),
    ]);
    expect(everything).not.toContain("key-of-");
  });
});
