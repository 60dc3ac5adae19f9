import type { types } from "@slack/bolt";
import { expect, test } from "vitest";
import { slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;
const aHome = (text: string): types.HomeView => ({
  type: "home",
  blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
});

test("opening the Home tab tells the app, which publishes a view for that person", async () => {
  await using slack = await startLocalSlack();
  const heard: unknown[] = [];
  await slack.bolt((app) => {
    app.event("app_home_opened", async ({ event, body, client }) => {
      heard.push(body);
      await client.views.publish({ user_id: event.user, view: aHome("Hello") });
    });
  });
  expect(await slack.post("/console/home", { person: ana })).toEqual({ ok: true });
  const text = { text: "Hello" };
  await expect
    .poll(async () => (await slack.state(ana)).home)
    .toMatchObject({ type: "home", blocks: [{ text }] });
  expect((await slack.state(ben)).home).toBeNull();
  expect(heard).toMatchObject([
    {
      type: "event_callback",
      team_id: "T0LOCAL0001",
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: "U0BOT000001", is_bot: true }],
      event: { type: "app_home_opened", user: ana, channel: "D0ANA000001", tab: "home" },
    },
  ]);
  expect(heard[0]).not.toHaveProperty("event.view");
  await slack.post("/console/home", { person: ana });
  await expect.poll(() => heard).toMatchObject([{}, { event: { view: { type: "home" } } }]);
});

test("publishing keeps the view's id, and minds the hash", async () => {
  await using slack = await startLocalSlack();
  const { views } = slack.web;
  const first = await views.publish({ user_id: ana, view: aHome("one") });
  const hash = first.view?.hash ?? "";
  const second = await views.publish({ user_id: ana, view: aHome("two"), hash });
  expect(second.view?.id).toBe(first.view?.id);
  const stale = views.publish({ user_id: ana, view: aHome("three"), hash });
  await expect(stale).rejects.toMatchObject({ data: { error: "hash_conflict" } });
  const stranger = views.publish({ user_id: "U404", view: aHome("x") });
  await expect(stranger).rejects.toMatchObject({ data: { error: "user_not_found" } });
});
