import { describe, expect, it } from "vitest";
import type { KeptAnnouncement } from "../../src/domain/announcement.ts";
import type { Notice } from "../../src/domain/broadcast.ts";
import { anAnnouncement } from "../support/announcements.ts";
import { held, said, untilTrue } from "../support/bot.ts";
import { aNotice, siteNow } from "../support/builders.ts";
import { crashAt } from "../support/hooked.ts";
import { aStage, broadcastId, headlines, lost, view } from "../support/live-cards.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "../support/local-slack.ts";
import { onAir } from "../support/views.ts";
import { aWorld, type World } from "../support/world.ts";

const { ana } = slackPeople;
const at = (seconds: number) => new Date(siteNow.getTime() + seconds * 1000);

const lines: Notice[] = [
  aNotice({ key: "intent_1.start-asked", at: at(1) }),
  aNotice({ key: "intent_1.running", kind: "running", at: at(20) }),
];
const alerts = [
  anAnnouncement({ key: "alert 1", at: at(2) }),
  anAnnouncement({ key: "alert 2", at: at(40) }),
];
/** A card, two lines of its story, two alerts. */
const messagesInAll = 5;

/** A world in which something happened that nobody has been told. */
async function aWorldWithNews(): Promise<World> {
  const world = aWorld();
  for (const line of lines) await world.broadcasts.note(line);
  for (const alert of alerts) await world.announcements.add(alert);
  return world;
}

async function untilAllSaid(world: World): Promise<void> {
  await untilTrue(world, async () => {
    const isShown = ({ shown, revision }: KeptAnnouncement) => shown?.revision === revision;
    expect(world.announcements.all().every(isShown)).toBe(true);
    expect(await world.broadcasts.untold(broadcastId)).toEqual([]);
    expect((await world.broadcasts.card(broadcastId))?.digest).toBeTruthy();
  });
}

const texts = async (slack: SlackHarness) => (await said(slack, ana)).map(({ text }) => text);

describe("two processes on one site", () => {
  it("A2 not twice: post one card, each line and each announcement once", async () => {
    await using slack = await startLocalSlack();
    const world = await aWorldWithNews();
    const both = [aStage(slack, world), aStage(slack, world)];
    for (const each of both) each.show(view(world, onAir()));
    await untilAllSaid(world);
    await world.clock.advance(30_000);
    await untilAllSaid(world);
    expect(await texts(slack)).toHaveLength(messagesInAll);
    for (const each of both) await each.finish();
  });

  it("A1 no alert lost: one goes on when the other has ended", async () => {
    await using slack = await startLocalSlack();
    const world = aWorld();
    const [first, second] = [aStage(slack, world), aStage(slack, world)];
    for (const each of [first, second]) each.show(view(world, onAir({ name: "Old" })));
    await first.untilPosted();
    await first.finish();
    second.show(view(world, onAir()));
    for (const line of lines) await world.broadcasts.note(line);
    await world.announcements.add(anAnnouncement());
    await untilAllSaid(world);
    await second.until(async () => {
      expect((await second.cards())[0]?.text).not.toContain("Old");
    });
    expect(headlines(await second.cards())[0]).toBe("On air · 1 of 1");
    expect(await texts(slack)).toHaveLength(4);
    await second.finish();
  });

  it("A2 not twice: a paused one that wakes up posts nothing that the other has posted", async () => {
    await using slack = await startLocalSlack();
    const world = aWorld();
    let isPaused = false;
    const pause = held<void>();
    const paused = aStage(slack, world, {
      wrap: async (name, moment) => {
        if (name === "slack.replies" && moment === "after") isPaused = true;
        if (isPaused) await pause.promise;
      },
    });
    for (const line of lines) await world.broadcasts.note(line);
    paused.show(view(world, onAir()));
    await paused.until(() => expect(isPaused).toBe(true));
    const other = aStage(slack, world);
    other.show(view(world, onAir()));
    await untilAllSaid(world);
    pause.release();
    await world.clock.advance(20_000);
    await untilAllSaid(world);
    expect(await texts(slack)).toHaveLength(3);
    for (const each of [paused, other]) await each.finish();
  });
});

describe("a process that dies at any call", () => {
  it("A1 A2 P4: leaves nothing unsaid and nothing said twice", { timeout: 120_000 }, async () => {
    // After one call and before the next are the same moment.
    for (let moment = 0; ; moment += 2) {
      await using slack = await startLocalSlack();
      const world = await aWorldWithNews();
      const crash = crashAt(moment);
      const dying = aStage(slack, world, { wrap: crash.wrap });
      dying.show(view(world, onAir()));
      await untilTrue(world, async () => {
        const isOver = world.announcements.all().every(({ shown }) => shown !== null);
        expect(crash.moments() > moment || isOver).toBe(true);
      });
      if (crash.moments() <= moment) break;
      const next = aStage(slack, world);
      next.show(view(world, onAir()));
      await untilAllSaid(world);
      expect(await texts(slack), `dead at call ${moment}`).toHaveLength(messagesInAll);
      await dying.finish();
      await next.finish();
    }
  });
});

describe("an hour without Slack", () => {
  it("A1 A3 A5: loses nothing, keeps the order, and catches up at a post a second", async () => {
    await using slack = await startLocalSlack();
    const world = aWorld();
    const stage = aStage(slack, world);
    stage.show(view(world, onAir()));
    await stage.untilPosted();
    slack.slack.outage(true);
    for (let minute = 0; minute < 60; minute += 1) {
      const happened = { at: world.clock.now() };
      await world.broadcasts.note(
        aNotice({ key: `line ${minute}`, detail: `${minute}`, ...happened }),
      );
      if (minute % 10 === 0)
        await world.announcements.add(
          anAnnouncement({
            key: `alert ${minute}`,
            content: { ...anAnnouncement().content, lines: [[`alert ${minute}`]] },
            ...happened,
          }),
        );
      await world.clock.advance(60_000);
    }
    slack.slack.outage(false);
    const posts = stage.calls("post");
    const backAt = world.clock.now().getTime();
    await untilAllSaid(world);
    const all = (await texts(slack)).slice(1).join("\n");
    const order = [...all.matchAll(/alert \d+|(?<=: )\d+(?=\.)/g)].map(([words]) => words);
    const lived = Array.from({ length: 60 }, (_, minute) => `${minute}`);
    expect(order.filter((words) => !words.startsWith("alert"))).toEqual(lived);
    expect(order.filter((words) => words.startsWith("alert"))).toHaveLength(6);
    expect(order.indexOf("alert 30")).toBeGreaterThan(order.indexOf("30"));
    expect(order.indexOf("alert 30")).toBeLessThan(order.indexOf("31"));
    const caughtUp = stage.times("post").slice(posts);
    const gaps = caughtUp.slice(1).map((time, index) => time - (caughtUp[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(caughtUp.length).toBeLessThanOrEqual(20);
    expect(world.clock.now().getTime() - backAt).toBeLessThan(60_000);
    await stage.finish();
  });

  it("A2 not twice: says lines together once when the answer was lost", async () => {
    await using slack = await startLocalSlack();
    const world = aWorld();
    const stage = aStage(slack, world);
    stage.show(view(world, onAir()));
    await stage.untilPosted();
    for (let second = 0; second < 8; second += 1)
      await world.broadcasts.note(aNotice({ key: `line ${second}`, at: at(second) }));
    stage.fail("post", lost);
    await untilAllSaid(world);
    expect(await texts(slack)).toHaveLength(2);
    await stage.finish();
  });
});
