import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { autoShutdown } from "../../src/domain/destination.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { defaultSettings, toStoredSettings } from "../../src/domain/settings.ts";
import type { Show } from "../../src/domain/show.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { OpsError } from "../../src/errors.ts";
import { showStarts } from "../../src/jobs/shows.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana, aSession, channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { crashAt } from "../support/hooked.ts";
import { aPatchbay, effects } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

const { youtube, twitch } = channelByPlatform;
const sunday = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** Sunday service is planned for 10:00 to 11:30 UTC; `at` runs the job then, `until` each minute to then. */
function aSite(...shows: Partial<Show>[]) {
  const world = aWorld({ now: sunday("08:00") });
  for (const show of shows.length > 0 ? shows : [{}]) put(show);
  function put(show: Partial<Show>) {
    const planned = aShow({ zone: "UTC", ...show });
    world.notes.put(`show#${planned.id}`, toStoredShow(planned));
  }
  const patchbay = aPatchbay(world);
  const context = () => ({
    manager: aPatchbay(world).manager,
    ports: world.ports,
    policy: defaultPolicy,
  });
  const tick = () => showStarts.run(world.clock.now(), createTick(context()));
  const at = async (when: Date) => {
    world.clock.set(when);
    await tick();
    await patchbay.converge();
  };
  const until = async (end: Date) => {
    while (world.clock.now() < end) {
      const minute = addMinutes(world.clock.now(), 1);
      await patchbay.pass();
      world.clock.set(minute);
      await tick();
    }
  };
  const news = () =>
    world.announcements
      .all()
      .filter(({ key }) => /_(late|missed|barred|refused|short)$/.test(key))
      .map(({ content }) => content.lines.map(inWords).join(" "));
  const row = (id: string) => world.destinations.get(id);
  const stopBy = (by: { id: string; name: string }, ...ids: string[]) =>
    patchbay.manager.intents.stop({ destinationIds: ids, by, reason: null, until: null });
  return { world, patchbay, put, tick, at, until, news, row, stopBy };
}

describe("a planned show", () => {
  it("is asked early enough to be on air at its time, until its end", async () => {
    const { world, at, row } = aSite();
    await at(sunday("09:55"));
    expect(world.channels.running()).toEqual([]);
    await at(sunday("09:56"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
    expect(row("dest_twitch")).toMatchObject({
      leaseUntil: sunday("11:30"),
      intent: {
        id: "show_1_2026-11-22_dest_twitch",
        by: { id: "patchbay.show" },
        reason: "the show “Sunday service”",
      },
    });
    expect(world.sessions.all().map(({ showId }) => showId)).toEqual(["show_1", "show_1"]);
  });

  it("learns from the last starts how early that is", async () => {
    const { world, at } = aSite();
    for (const day of ["19", "20", "21"]) {
      const startedAt = new Date(`2026-11-${day}T10:00:00Z`);
      const session = aSession({
        id: `session_${day}`,
        startedAt,
        billedFrom: startedAt,
        runningAt: addMinutes(startedAt, 8),
        endedAt: addMinutes(startedAt, 60),
      });
      await world.sessions.open(session);
    }
    await at(sunday("09:51"));
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("T4 single effect: starts once, whoever looks, however often, and whatever answer is lost", async () => {
    const { world, tick, patchbay, until } = aSite();
    world.clock.set(sunday("09:56"));
    world.failNext("notes.write", new OpsError("aws-unavailable", "Lost."), { times: 2 });
    await Promise.allSettled([tick(), tick()]);
    await Promise.all([tick(), tick()]);
    await patchbay.converge();
    await until(sunday("10:10"));
    expect(effects(world).filter((each) => each.startsWith("start-channel"))).toHaveLength(2);
    expect(world.sessions.all()).toHaveLength(2);
  });

  it("P4 crash: starts once and says it once, wherever a process dies", {
    timeout: 30_000,
  }, async () => {
    for (let moment = 0, dead = true; dead; moment++) {
      const { world, at, news } = aSite();
      world.clock.set(sunday("10:05"));
      const crash = crashAt(moment);
      const { manager, ports } = aPatchbay(world, { wrap: crash.wrap });
      const context = { manager, ports, policy: defaultPolicy };
      const run = showStarts.run(world.clock.now(), createTick(context));
      dead = await run.then(
        () => false,
        () => true,
      );
      await at(sunday("10:06"));
      await at(sunday("10:07"));
      expect(world.channels.running()).toEqual([youtube, twitch]);
      expect(world.sessions.all()).toHaveLength(2);
      expect(news()).toHaveLength(1);
      expect(effects(world).filter((each) => each.startsWith("start-channel"))).toHaveLength(2);
    }
  });

  it("M4 stop-wins: stays off when a person stops it, until its next date", async () => {
    const { world, at, until, stopBy, patchbay } = aSite({ lateMinutes: 60 });
    await at(sunday("09:56"));
    await stopBy(ana, "dest_twitch", "dest_youtube");
    await patchbay.converge();
    await until(sunday("10:30"));
    expect(world.channels.running()).toEqual([]);
    await at(new Date("2026-11-29T09:56:00Z"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });

  it("M4 stop-wins: a stop between the look and the write is not undone by a process that slept", async () => {
    const { world, patchbay, row, stopBy, tick } = aSite();
    world.clock.set(sunday("09:56"));
    const slow = aPatchbay(world);
    const rows = await slow.manager.destinations();
    await tick();
    await patchbay.converge();
    await stopBy(ana, "dest_twitch");
    await patchbay.converge();
    await showStarts.run(
      sunday("09:56"),
      createTick({
        manager: { ...slow.manager, destinations: async () => rows },
        ports: { ...world.ports, notes: aWorld().notes },
        policy: defaultPolicy,
      }),
    );
    expect(row("dest_twitch").desired).toBe("off");
  });

  it("is not started again after auto-shutdown has stopped it, also when nothing is remembered", async () => {
    const { world, at, until, stopBy, patchbay } = aSite();
    await at(sunday("09:56"));
    await stopBy(autoShutdown, "dest_twitch");
    await patchbay.converge();
    const memory = await world.notes.read("occurrence#show_1#2026-11-22");
    await world.notes.write("occurrence#show_1#2026-11-22", null, memory);
    await until(sunday("10:20"));
    expect(world.channels.running()).toEqual([youtube]);
  });

  it("moves the end of what is on already, and never makes it shorter", async () => {
    const { world, patchbay, at, row } = aSite();
    world.clock.set(sunday("09:00"));
    await patchbay.startUntil(sunday("10:15"), "dest_twitch");
    await patchbay.startUntil(sunday("12:30"), "dest_youtube");
    await patchbay.converge();
    await at(sunday("09:56"));
    expect(row("dest_twitch").leaseUntil).toEqual(sunday("11:30"));
    expect(row("dest_youtube").leaseUntil).toEqual(sunday("12:30"));
    expect(row("dest_twitch").intent?.by).toEqual(ana);
  });

  it("goes on without a break into a show that follows", async () => {
    const { at, row, world, until } = aSite(
      {},
      { id: "show_2", name: "Coffee", startsLocal: "11:30", destinationIds: ["dest_twitch"] },
    );
    await at(sunday("09:56"));
    expect(row("dest_twitch").leaseUntil).toEqual(sunday("13:00"));
    expect(row("dest_youtube").leaseUntil).toEqual(sunday("11:30"));
    await until(sunday("11:40"));
    expect(effects(world).filter((each) => each === `start-channel ${twitch}`)).toHaveLength(1);
  });

  it("is left out on a date that is skipped", async () => {
    const { world, at, news } = aSite({ skipped: ["2026-11-22"] });
    await at(sunday("09:56"));
    await at(sunday("10:30"));
    expect(world.channels.running()).toEqual([]);
    expect(news()).toEqual([]);
  });

  it("begins at its wall time on the days the clocks change", async () => {
    const world = aWorld({ now: new Date("2026-03-29T00:00:00Z") });
    const show = aShow({ startsLocal: "01:30", destinationIds: ["dest_twitch"] });
    world.notes.put("show#show_1", toStoredShow(show));
    const { manager } = aPatchbay(world);
    const at = async (when: string) => {
      world.clock.set(new Date(when));
      const context = { manager, ports: world.ports, policy: defaultPolicy };
      await showStarts.run(world.clock.now(), createTick(context));
      return world.destinations.get("dest_twitch").desired;
    };
    expect(await at("2026-03-29T00:55:00Z")).toBe("off");
    expect(await at("2026-03-29T00:56:00Z")).toBe("on");
  });
});

describe("a show that does not go as planned", () => {
  it("is started late while it may be, and says so", async () => {
    const { world, at, news } = aSite();
    await at(sunday("10:14"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
    expect(news()).toEqual([
      "*Sunday service* starts late: it was planned for 10:00. YouTube, Twitch.",
    ]);
  });

  it("is told once when it is too late, also long after it", async () => {
    const { world, at, news } = aSite();
    await at(sunday("10:16"));
    await at(sunday("10:17"));
    await at(sunday("23:00"));
    expect(world.channels.running()).toEqual([]);
    expect(news()).toEqual([
      "*Sunday service* was not started: its time was 10:00, and it may be 15 min late at most. YouTube, Twitch.",
    ]);
    const [missed] = world.announcements.all();
    expect(missed?.content.buttons).toMatchObject([
      { command: "start dest_youtube dest_twitch until 2026-11-22 11:30 UTC" },
    ]);
  });

  it("starts at its time although a clock was hours ahead for a while", async () => {
    const { world, at } = aSite();
    await at(sunday("15:00"));
    await at(sunday("09:56"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });

  it("starts what it can, says what it cannot, and tries again", async () => {
    const { world, at, news, row } = aSite();
    world.destinations.put({ ...row("dest_twitch"), enabled: false });
    await at(sunday("09:56"));
    await at(sunday("09:57"));
    expect(world.channels.running()).toEqual([youtube]);
    expect(news()).toHaveLength(1);
    expect(news()[0]).toContain("*Twitch*: Twitch is disabled.");
    world.destinations.put({ ...row("dest_twitch"), enabled: true });
    await at(sunday("09:58"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });

  it("does not start when the budget is spent, and does when it is raised in time", async () => {
    const { world, at, news } = aSite();
    const from = sunday("00:00");
    await world.sessions.open(
      aSession({ id: "spent", startedAt: from, billedFrom: from, endedAt: sunday("08:00") }),
    );
    const set = (budgetUsd: number) =>
      world.notes.put("settings", toStoredSettings({ ...defaultSettings, budgetUsd }));
    set(1);
    await at(sunday("09:56"));
    await at(sunday("09:57"));
    expect(world.channels.running()).toEqual([]);
    expect(news()).toHaveLength(1);
    expect(news()[0]).toMatch(/^\*Sunday service\* does not start: the month's budget is spent\./);
    set(1_000);
    await at(sunday("10:05"));
    expect(world.channels.running()).toEqual([youtube, twitch]);
  });
});
