import { expect, it } from "vitest";
import { conversation } from "../../local/slack/people.ts";
import type { Ports } from "../../src/manager/ports.ts";
import { aWhile, said } from "../support/bot.ts";
import { aNotice, siteNow } from "../support/builders.ts";
import { aStage, broadcastId, lost, view } from "../support/live-cards.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "../support/local-slack.ts";
import { onAir, starting } from "../support/views.ts";
import { aWorld } from "../support/world.ts";

const { ana } = slackPeople;

const notes = [
  aNotice({ key: "intent_1.start-asked", at: siteNow, until: new Date("2026-11-22T21:30:00Z") }),
  aNotice({ key: "intent_1.running", kind: "running", at: new Date(siteNow.getTime() + 70_000) }),
  aNotice({
    key: "intent_2.failed",
    kind: "failed",
    detail: "the key was refused.",
    at: new Date(siteNow.getTime() + 80_000),
  }),
];
const story = [
  "Ana started Twitch, until 21:30 UTC.",
  "Twitch is running, 1 min 10 s after the start.",
  "Twitch did not come on air: the key was refused.",
];

/** A stage whose broadcast has three lines to tell. */
async function aToldStage(slack: SlackHarness, world = aWorld(), ports: Partial<Ports> = {}) {
  const stage = aStage(slack, world, { ports });
  for (const note of notes) await stage.world.broadcasts.note(note);
  const words = async () => (await stage.story()).map(({ text }) => text);
  const shown = () => view(stage.world, onAir({ askedAt: siteNow }));
  return { ...stage, words, shown };
}

it("has its story in the thread, in order, each line once, and failures for all to see", async () => {
  await using slack = await startLocalSlack();
  const { show, shown, until, words, world, calls, times } = await aToldStage(slack);
  show(shown());
  await until(async () => expect(await words()).toEqual(story));
  const gaps = times("post").map((at, index, all) => at - (all[index - 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  await until(async () => expect(await world.broadcasts.untold(broadcastId)).toEqual([]));
  show(shown());
  await aWhile(world);
  expect(calls("post")).toBe(4);
  const { messages } = await slack.web.conversations.history({ channel: conversation.id });
  expect(messages?.map(({ text }) => text?.slice(0, 10))).toEqual([
    story[2]?.slice(0, 10),
    "On air · 1",
  ]);
});

it("does not tell a line twice when the answer to its post was lost", async () => {
  await using slack = await startLocalSlack();
  const { show, shown, until, words, fail, world } = await aToldStage(slack);
  show(view(world, starting()));
  await until(async () => expect((await words()).length).toBeGreaterThan(0));
  fail("post", lost, { trouble: { kind: "unreachable" }, effect: false });
  show(shown());
  await until(async () => expect(await world.broadcasts.untold(broadcastId)).toEqual([]));
  expect(await words()).toHaveLength(3);
});

it("does not tell a line twice when the store could not note it", async () => {
  await using slack = await startLocalSlack();
  const { show, shown, until, words, world } = await aToldStage(slack);
  world.failNext("broadcasts.told", new Error("store is down"));
  show(shown());
  await until(async () => expect(await world.broadcasts.untold(broadcastId)).toEqual([]));
  expect(await words()).toEqual(story);
});

it("does not tell a line twice when the process died before noting it", async () => {
  await using slack = await startLocalSlack();
  const world = aWorld();
  const told = () => new Promise<void>(() => undefined);
  const broadcasts = { ...world.broadcasts, told };
  const { show, shown, until, words } = await aToldStage(slack, world, { broadcasts });
  show(shown());
  await until(async () => expect(await words()).toHaveLength(1));
  const restarted = aStage(slack, world);
  restarted.show(shown());
  await until(async () => expect(await world.broadcasts.untold(broadcastId)).toEqual([]));
  expect(await words()).toEqual(story);
});

it("goes on under a new card when the old one was deleted", async () => {
  await using slack = await startLocalSlack();
  const { show, until, words, world, cards, calls } = await aToldStage(slack);
  const first = view(world, onAir({ askedAt: siteNow }));
  show(first);
  await until(async () => expect(await words()).toHaveLength(3));
  const [card] = await cards();
  const posts = calls("post");
  await slack.web.chat.delete({ channel: conversation.id, ts: card?.ts ?? "" });
  await world.broadcasts.note(aNotice({ key: "intent_1.off", kind: "off" }));
  await until(async () => {
    show({ ...first, at: world.clock.now() });
    const off = (await said(slack, ana)).find(({ text }) => text.startsWith("Twitch is off"));
    expect(off?.threadTs).not.toBe(card?.ts);
    expect(off).toBeDefined();
  });
  expect(calls("post") - posts).toBe(3);
});
