import { expect, it, vi } from "vitest";
import { conversation } from "../../local/slack/people.ts";
import { saying } from "../../src/domain/announcement.ts";
import { aLastCall, anAnnouncement, aReport } from "../support/announcements.ts";
import { aWhile, said } from "../support/bot.ts";
import { aNotice, siteNow } from "../support/builders.ts";
import { aStage, broadcastId, limited, lost, refused, view } from "../support/live-cards.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "../support/local-slack.ts";
import { onAir } from "../support/views.ts";
import { aWorld } from "../support/world.ts";

const { ana } = slackPeople;

/** A stage that is told of what is added to its world. */
function anAnnouncer(slack: SlackHarness, world = aWorld()) {
  const stage = aStage(slack, world);
  const messages = () => said(slack, ana);
  return {
    ...stage,
    messages,
    words: async () => (await messages()).map(({ text }) => text),
    add: async (...added: Parameters<typeof world.announcements.add>[0][]) => {
      for (const each of added) await world.announcements.add(each);
      stage.announce();
    },
    untilAllShown: () =>
      stage.until(async () => {
        const live = await world.announcements.live();
        expect(live.filter(({ shown, revision }) => shown?.revision !== revision)).toEqual([]);
      }),
  };
}

it("is posted once, in order, at most one a second (A5 rate)", async () => {
  await using slack = await startLocalSlack();
  const { world, add, untilAllShown, words, times, calls, announce } = anAnnouncer(slack);
  const lines = ["one", "two", "three"];
  await add(
    ...lines.map((line, index) =>
      anAnnouncement({
        key: line,
        at: new Date(siteNow.getTime() + index),
        content: saying([[line]]),
      }),
    ),
  );
  await untilAllShown();
  expect(await words()).toEqual(lines);
  const gaps = times("post").map((at, index, all) => at - (all[index - 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  announce();
  await aWhile(world);
  expect(calls("post")).toBe(3);
});

it("is all said when the notifier has settled, and no later", async () => {
  await using slack = await startLocalSlack();
  const { world, settled, words, finish } = anAnnouncer(slack);
  for (const line of ["one", "two"])
    await world.announcements.add(anAnnouncement({ key: line, content: saying([[line]]) }));
  let isOver = false;
  const settling = settled().then(() => {
    isOver = true;
  });
  expect(isOver).toBe(false);
  await vi.waitFor(async () => {
    await world.clock.advance(200);
    expect(isOver).toBe(true);
  });
  await settling;
  expect(await words()).toEqual(["one", "two"]);
  await finish();
});

it("is found without a word when another process has added it", async () => {
  await using slack = await startLocalSlack();
  const { world, announce, untilAllShown, words } = anAnnouncer(slack);
  announce();
  await aWhile(world);
  await world.announcements.add(anAnnouncement());
  await untilAllShown();
  expect(await words()).toHaveLength(1);
});

it("stands under the card of its broadcast, for all to see when it is loud", async () => {
  await using slack = await startLocalSlack();
  const { world, add, show, untilAllShown, untilPosted, story } = anAnnouncer(slack);
  await add(aLastCall());
  show(view(world, onAir()));
  const card = await untilPosted();
  await untilAllShown();
  expect(await story()).toMatchObject([{ threadTs: card.messageTs, text: "No source for 2 min." }]);
  const { messages } = await slack.web.conversations.history({ channel: conversation.id });
  expect(messages?.[0]?.text).toBe("No source for 2 min.");
});

it("is not heard of when it was over before anybody saw it, and has no button that is over", async () => {
  await using slack = await startLocalSlack();
  const { world, add, show, untilAllShown, untilPosted, story } = anAnnouncer(slack);
  await world.announcements.add(aLastCall());
  const [asked] = world.announcements.all();
  if (asked === undefined) throw new Error("it is gone");
  const content = saying([["The source is back."]]);
  await world.announcements.amend(asked, { content, open: false });
  await add(aLastCall({ key: "intent_1.told", open: false, content: saying([["It failed."]]) }));
  show(view(world, onAir()));
  await untilPosted();
  await untilAllShown();
  const lines = await story();
  expect(lines.map(({ text }) => text)).toEqual(["The source is back.", "It failed."]);
  expect(JSON.stringify(lines)).not.toContain("Stop now");
  const { messages } = await slack.web.conversations.history({ channel: conversation.id });
  const words = messages?.map(({ text }) => text);
  expect(words).toContain("It failed.");
  expect(words).not.toContain("The source is back.");
});

it("stands by itself when nobody shows the card of its broadcast", async () => {
  await using slack = await startLocalSlack();
  const { add, untilAllShown, messages } = anAnnouncer(slack);
  await add(aLastCall({ at: new Date(siteNow.getTime() - 60_000) }));
  await untilAllShown();
  expect(await messages()).toMatchObject([{ threadTs: null }]);
});

it("loses its buttons where it stands when it is over", async () => {
  await using slack = await startLocalSlack();
  const { world, add, untilAllShown, messages, announce, calls } = anAnnouncer(slack);
  await add(aLastCall({ broadcastId: null }));
  await untilAllShown();
  const blocks = async () => (await messages()).flatMap((each) => each.blocks);
  expect(JSON.stringify(await blocks())).toContain("Stop now");
  const [asked] = world.announcements.all();
  if (asked === undefined) throw new Error("it is gone");
  const content = saying([["The source is back."]]);
  await world.announcements.amend(asked, { content, open: false });
  announce();
  await untilAllShown();
  expect(await messages()).toMatchObject([{ text: "The source is back.", edited: true }]);
  expect(JSON.stringify(await blocks())).not.toContain("Stop now");
  expect(calls("post")).toBe(1);
});

it("is told once in its last words when it was over before anybody saw it, or not at all without any", async () => {
  await using slack = await startLocalSlack();
  const { world, add, untilAllShown, words } = anAnnouncer(slack);
  for (const key of ["told", "dropped", "intent_1.2026-11-22T20:00:00.000Z.prompt-15"]) {
    const asked = aLastCall({ key, broadcastId: null });
    await world.announcements.add(asked);
    const kept = await world.announcements.find(key);
    if (kept === null) throw new Error("it is gone");
    const content = saying(
      key === "dropped" ? [] : [[key === "told" ? "Ana stopped it." : "Asked again."]],
    );
    await world.announcements.amend(kept, { content, open: false });
  }
  await add();
  await untilAllShown();
  expect(await words()).toEqual(["Ana stopped it."]);
});

it("A2 not twice: is not repeated when the answer to its post was lost", async () => {
  await using slack = await startLocalSlack();
  const { add, fail, untilAllShown, words, calls } = anAnnouncer(slack);
  fail("post", lost);
  await add(anAnnouncement());
  await untilAllShown();
  expect(await words()).toHaveLength(1);
  expect(calls("post")).toBe(1);
});

it("A2 not twice: is repeated at most once for a lost answer when it cannot be looked for", async () => {
  await using slack = await startLocalSlack({ scopes: ["chat:write"] });
  const { add, fail, untilAllShown, words } = anAnnouncer(slack);
  fail("post", lost);
  await add(anAnnouncement());
  await untilAllShown();
  expect(await words()).toHaveLength(2);
});

it("A2 not twice: is not repeated when the store could not note it", async () => {
  await using slack = await startLocalSlack();
  const { world, add, untilAllShown, words } = anAnnouncer(slack);
  world.failNext("announcements.noteShown", new Error("store is down"));
  await add(anAnnouncement());
  await untilAllShown();
  expect(await words()).toHaveLength(1);
});

it("waits as long as Slack asks", async () => {
  await using slack = await startLocalSlack();
  const { add, fail, until, untilAllShown, calls, times } = anAnnouncer(slack);
  fail("post", limited);
  await add(anAnnouncement());
  await until(() => expect(calls("post")).toBe(2));
  await untilAllShown();
  const [first = 0, second = 0] = times("post");
  expect(second - first).toBeGreaterThanOrEqual(30_000);
});

it("A1 no alert lost: goes on after one that Slack refuses for good, and says so", async () => {
  await using slack = await startLocalSlack();
  const { world, add, fail, untilAllShown, words } = anAnnouncer(slack);
  fail("post", refused("no_text"));
  await add(anAnnouncement({ key: "refused" }), anAnnouncement({ key: "fine" }));
  await untilAllShown();
  expect(await words()).toHaveLength(1);
  expect(world.log.lines).toContainEqual(
    expect.objectContaining({ event: "announcement-refused" }),
  );
});

it("brings its chart, its table and its file once", async () => {
  await using slack = await startLocalSlack();
  const { world, add, fail, untilAllShown, messages } = anAnnouncer(slack);
  fail("share", lost);
  await add(aReport());
  await untilAllShown();
  const [report, ...others] = await messages();
  expect(report?.blocks).toMatchObject([
    { type: "section" },
    { type: "data_visualization" },
    { type: "table" },
  ]);
  expect(others).toMatchObject([
    { threadTs: report?.ts, files: [{ name: "usage-2026-11-22.csv", title: "Usage" }] },
  ]);
  expect(world.announcements.all()[0]?.shown?.messageTs).toBe(report?.ts);
});

it("is told in words where Slack takes no charts, and without its file where it takes none", async () => {
  await using slack = await startLocalSlack({ scopes: ["chat:write", "channels:history"] });
  const { world, add, fail, untilAllShown, messages } = anAnnouncer(slack);
  fail("post", refused("invalid_blocks"));
  await add(aReport());
  await untilAllShown();
  expect(await messages()).toMatchObject([{ blocks: [{ type: "section" }, { type: "section" }] }]);
  expect(world.log.lines.filter(({ event }) => event === "file-refused")).toMatchObject([
    { fields: { advice: expect.stringContaining("files:write") } },
  ]);
});

it("is posted again when somebody has deleted it and it still asks", async () => {
  await using slack = await startLocalSlack();
  const { world, add, untilAllShown, messages, announce } = anAnnouncer(slack);
  await add(aLastCall({ broadcastId: null }));
  await untilAllShown();
  const [first] = await messages();
  await slack.web.chat.delete({ channel: conversation.id, ts: first?.ts ?? "" });
  const [asked] = world.announcements.all();
  if (asked === undefined) throw new Error("it is gone");
  const content = saying([["No source for 8 min."]]);
  await world.announcements.amend(asked, { content, open: true });
  announce();
  await untilAllShown();
  expect(await messages()).toMatchObject([{ text: "No source for 8 min.", edited: false }]);
});

it("A3 order: keeps its place between the lines of the story", async () => {
  await using slack = await startLocalSlack();
  const { world, add, show, untilAllShown, until, story } = anAnnouncer(slack);
  const at = (seconds: number) => new Date(siteNow.getTime() + seconds * 1000);
  await world.broadcasts.note(aNotice({ key: "intent_1.start-asked", at: at(1) }));
  await world.broadcasts.note(aNotice({ key: "intent_1.off", kind: "off", at: at(30) }));
  await add(aLastCall({ at: at(20) }));
  show(view(world, onAir()));
  await untilAllShown();
  await until(async () => expect(await world.broadcasts.untold(broadcastId)).toEqual([]));
  expect((await story()).map(({ text }) => text)).toEqual([
    expect.stringContaining("Ana started"),
    "No source for 2 min.",
    expect.stringContaining("is off"),
  ]);
});
