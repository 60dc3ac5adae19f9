import { expect, it } from "vitest";
import { saying } from "../../src/domain/announcement.ts";
import { text } from "../../src/domain/text.ts";
import { anAnnouncement, aReport } from "../support/announcements.ts";
import { said } from "../support/bot.ts";
import { siteNow } from "../support/builders.ts";
import { aStage, type Fault } from "../support/live-cards.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "../support/local-slack.ts";

const broken = saying([text`Over at ${new Date(Number.NaN)}.`]);
const noAnswer: Fault = { trouble: { kind: "unreachable" }, effect: false };
const twitch = { destinationId: "dest_twitch" };
const at = (second: number) => new Date(siteNow.getTime() + second * 1_000);
const line = (key: string, second: number, overrides = {}) =>
  anAnnouncement({ key, at: at(second), content: saying([[key]]), ...overrides });

function aRelay(slack: SlackHarness) {
  const stage = aStage(slack);
  const { world } = stage;
  return {
    ...stage,
    add: async (...added: ReturnType<typeof line>[]) => {
      for (const each of added) await world.announcements.add(each);
      stage.announce();
    },
    words: async () => (await said(slack, slackPeople.ana)).map(({ text: words }) => words),
    asides: () => world.log.lines.filter(({ event }) => event === "set-aside"),
  };
}

it("A1 no alert lost: what cannot be said holds up its own destination, which is caught up in order", async () => {
  await using slack = await startLocalSlack();
  const { world, add, until, words, asides, announce } = aRelay(slack);
  await add(
    line("bad", 1, { ...twitch, content: broken }),
    line("Twitch, later", 2, twitch),
    line("YouTube", 3, { destinationId: "dest_youtube" }),
    line("all", 4),
  );
  await until(async () => expect(await words()).toEqual(["YouTube", "all"]));
  await until(() => expect(asides().length).toBeGreaterThan(1));
  expect(asides()[0]).toMatchObject({ level: "error", fields: { key: "bad", failures: 1 } });
  const bad = await world.announcements.find("bad");
  if (bad === null) throw new Error("it is gone");
  await world.announcements.amend(bad, { content: saying([["mended"]]), open: false });
  announce();
  await until(async () =>
    expect(await words()).toEqual(["YouTube", "all", "mended", "Twitch, later"]),
  );
});

it("A1 no alert lost: is not waited for any more after some minutes", async () => {
  await using slack = await startLocalSlack();
  const { world, add, until, words, asides } = aRelay(slack);
  await add(line("bad", 1, { ...twitch, content: broken }), line("Twitch, later", 2, twitch));
  await until(async () => {
    await world.clock.advance(5_000);
    expect(await words()).toEqual(["Twitch, later"]);
  });
  expect(asides()).toHaveLength(6);
});

it("A1 no alert lost: a file that Slack does not take in holds up nothing else, and comes later", async () => {
  await using slack = await startLocalSlack();
  const { add, until, words, fail, calls, asides } = aRelay(slack);
  fail("share", noAnswer, noAnswer);
  await add(aReport(), line("all", 4));
  await until(async () => expect(await words()).toContain("all"));
  expect(asides()).toMatchObject([{ fields: { key: "report.2026-11-22" } }]);
  await until(async () => {
    const files = (await said(slack, slackPeople.ana)).flatMap((each) => each.files ?? []);
    expect(files).toMatchObject([{ title: "Usage" }]);
  });
  expect(calls("share")).toBe(3);
  expect(calls("post")).toBe(2);
});
