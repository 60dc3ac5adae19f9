import { expect, it } from "vitest";
import { conversation } from "../../local/slack/people.ts";
import type { Broadcasts } from "../../src/manager/ports.ts";
import { aWhile } from "../support/bot.ts";
import { aBroadcast, aDestinationView, siteNow } from "../support/builders.ts";
import {
  aStage,
  broadcastId,
  headlines,
  limited,
  lost,
  refused,
  view,
} from "../support/live-cards.ts";
import { startLocalSlack } from "../support/local-slack.ts";
import { aView, earlier, onAir, starting } from "../support/views.ts";
import { aWorld } from "../support/world.ts";

it("is posted once, and updated in place", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, cards, calls } = aStage(slack);
  show(view(world, starting()));
  await until(async () => expect(headlines(await cards())).toEqual(["Starting · Twitch"]));
  show(view(world, onAir()));
  await until(async () => expect(headlines(await cards())).toEqual(["On air · 1 of 1"]));
  expect(calls("post")).toBe(1);
  const card = await world.broadcasts.card(broadcastId);
  expect(card).toMatchObject({ conversationId: conversation.id, final: false });
  expect((await cards())[0]).toMatchObject({ ts: card?.messageTs, edited: true });
});

it("sends nothing for a view that shows the same", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, calls } = aStage(slack);
  const same = view(world, onAir());
  show(same);
  await until(() => expect(calls("post")).toBe(1));
  show({ ...same, at: new Date(same.at.getTime() + 100) });
  await aWhile(world);
  expect(calls("update")).toBe(0);
});

it("puts changes that come together into one update", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, untilPosted, cards, calls } = aStage(slack);
  show(view(world, starting()));
  await until(() => expect(calls("post")).toBe(1));
  await untilPosted();
  for (const name of ["A", "B", "C"]) show(view(world, onAir({ name })));
  await until(async () => expect((await cards())[0]?.text).toContain("C: on air"));
  expect(calls("update")).toBe(1);
});

it("lets figures and times alone wait ten seconds", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, untilPosted, calls } = aStage(slack);
  show(view(world, onAir()));
  await untilPosted();
  const first = world.clock.now().getTime();
  await until(() => {
    const next = view(world, onAir());
    show({ ...next, source: { ...next.source, rttMs: world.clock.now().getTime() % 977 } });
    expect(calls("update")).toBe(1);
  });
  expect(world.clock.now().getTime() - first).toBeGreaterThan(8_000);
});

it("continues its message after a restart, and sends nothing that it showed before", async () => {
  await using slack = await startLocalSlack();
  const before = aStage(slack);
  const shown = view(before.world, onAir());
  before.show(shown);
  await before.untilPosted();
  const restarted = aStage(slack, before.world);
  restarted.show(shown);
  restarted.show(view(before.world, starting()));
  await restarted.until(async () =>
    expect(headlines(await restarted.cards())).toEqual(["Starting · Twitch"]),
  );
  expect([restarted.calls("post"), restarted.calls("update")]).toEqual([0, 1]);
});

it("is found again when the process died between the post and the note of it", async () => {
  await using slack = await startLocalSlack();
  const world = aWorld();
  let saves = 0;
  const dying: Broadcasts = {
    ...world.broadcasts,
    saveCard: (card) => {
      saves += 1;
      return saves > 1 ? new Promise(() => undefined) : world.broadcasts.saveCard(card);
    },
  };
  const before = aStage(slack, world, { ports: { broadcasts: dying } });
  before.show(view(world, starting()));
  await before.until(() => expect(saves).toBe(2));
  expect(await world.broadcasts.card(broadcastId)).toMatchObject({ messageTs: null });
  const restarted = aStage(slack, world);
  restarted.show(view(world, onAir()));
  await restarted.until(async () =>
    expect(headlines(await restarted.cards())).toEqual(["On air · 1 of 1"]),
  );
  expect(restarted.calls("post")).toBe(0);
});

it("is not posted again when the answer to the post was lost", async () => {
  await using slack = await startLocalSlack();
  const { world, show, untilPosted, cards, calls, fail } = aStage(slack);
  fail("post", lost);
  show(view(world, onAir()));
  await untilPosted();
  expect(await cards()).toHaveLength(1);
  expect([calls("post"), calls("history")]).toEqual([1, 1]);
});

it("is posted again at most once when it cannot be looked for", async () => {
  await using slack = await startLocalSlack();
  const { world, show, untilPosted, cards, fail } = aStage(slack);
  fail("post", lost);
  fail("history", refused("missing_scope"));
  show(view(world, onAir()));
  await untilPosted();
  expect(await cards()).toHaveLength(2);
});

it("catches up with the latest view after an outage", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, cards, calls } = aStage(slack);
  show(view(world, starting()));
  await until(async () => expect(headlines(await cards())).toEqual(["Starting · Twitch"]));
  slack.slack.outage(true);
  show(view(world, onAir({ name: "Old" })));
  await until(() => expect(calls("update")).toBeGreaterThan(1));
  show(view(world, onAir()));
  slack.slack.outage(false);
  await until(async () => expect(headlines(await cards())).toEqual(["On air · 1 of 1"]));
  expect((await cards())[0]?.text).not.toContain("Old");
  const told = world.log.lines.filter(({ event }) => event === "card-not-shown");
  expect(told).toHaveLength(1);
});

it("waits as long as Slack asks", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, calls, fail } = aStage(slack);
  fail("post", limited);
  show(view(world, onAir()));
  await until(() => expect(calls("post")).toBe(1));
  const asked = world.clock.now().getTime();
  await until(() => expect(calls("post")).toBe(2));
  expect(world.clock.now().getTime() - asked).toBeGreaterThan(28_000);
});

it("says once what a person has to mend, and goes on when it is mended", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, cards, fail } = aStage(slack);
  fail("post", refused("not_in_channel"), refused("not_in_channel"));
  show(view(world, onAir()));
  await until(async () => {
    await world.clock.advance(10_000);
    expect(await cards()).toHaveLength(1);
  });
  const told = world.log.lines.filter(({ event }) => event === "card-not-shown");
  expect(told).toMatchObject([{ fields: { advice: expect.stringContaining("/invite") } }]);
});

it("is posted once more when somebody has deleted it", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, untilPosted, cards } = aStage(slack);
  show(view(world, starting()));
  await untilPosted();
  const [card] = await cards();
  await slack.web.chat.delete({ channel: conversation.id, ts: card?.ts ?? "" });
  show(view(world, onAir()));
  await until(async () => expect(headlines(await cards())).toEqual(["On air · 1 of 1"]));
  expect((await cards())[0]?.ts).not.toBe(card?.ts);
});

it("becomes a summary at the end and stays so; the next broadcast gets a new one", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, cards, calls } = aStage(slack);
  show(view(world, onAir()));
  await until(() => expect(calls("post")).toBe(1));
  const ended = aBroadcast({ startedAt: earlier(3600), endedAt: siteNow });
  show(aView({ at: world.clock.now(), broadcast: ended }));
  await until(async () => expect(headlines(await cards())).toEqual(["Ended after 1 h"]));
  expect(await world.broadcasts.card(broadcastId)).toMatchObject({ final: true });
  const restarted = [aDestinationView({ since: siteNow })];
  show(aView({ at: world.clock.now(), broadcast: ended, destinations: restarted }));
  await aWhile(world);
  expect(calls("update")).toBe(1);
  const next = aBroadcast({ id: "broadcast_2", startedAt: world.clock.now() });
  show(aView({ at: world.clock.now(), broadcast: next, destinations: [onAir()] }));
  await until(async () =>
    expect(headlines(await cards())).toEqual(["Ended after 1 h", "On air · 1 of 1"]),
  );
});

it("brings the card to the latest view when the bot stops", async () => {
  await using slack = await startLocalSlack();
  const { world, show, until, cards, finish, calls } = aStage(slack);
  show(view(world, starting()));
  await until(() => expect(calls("post")).toBe(1));
  show(view(world, onAir()));
  await finish();
  expect(headlines(await cards())).toEqual(["On air · 1 of 1"]);
});
