import type { RespondFn } from "@slack/bolt";
import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;

/** The `respond` of a command that Ana typed. */
async function respondOf(slack: SlackHarness): Promise<RespondFn> {
  const responders: RespondFn[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, respond }) => {
      responders.push(respond);
      await ack();
    });
  });
  await slack.command(ana, "/stream");
  const [respond] = responders;
  if (!respond) throw new Error("the command did not arrive");
  return respond;
}

test("a response_url works five times, then it is gone", async () => {
  await using slack = await startLocalSlack();
  const respond = await respondOf(slack);
  for (const text of ["1", "2", "3", "4", "5"]) await respond(text);
  await expect(respond("6")).rejects.toMatchObject({ statusCode: 404 });
  expect((await slack.messages(ana)).map(({ text }) => text)).toEqual([
    "/stream",
    "1",
    "2",
    "3",
    "4",
    "5",
  ]);
  expect(await slack.messages(ben)).toEqual([]);
});

test("a response_url works for thirty minutes", async () => {
  await using slack = await startLocalSlack();
  const respond = await respondOf(slack);
  slack.clock.advance(30 * 60_000);
  await respond("still");
  slack.clock.advance(1);
  await expect(respond("late")).rejects.toMatchObject({ statusCode: 404 });
});

test("a slash command has nothing to replace", async () => {
  await using slack = await startLocalSlack();
  const respond = await respondOf(slack);
  await respond("first");
  await respond({ replace_original: true, text: "second" });
  expect((await slack.messages(ana)).map(({ text }) => text)).toEqual([
    "/stream",
    "first",
    "second",
  ]);
});

test.each([
  ["not JSON", "{", "invalid_payload"],
  ["not an object", "[]", "invalid_payload"],
  ["nothing to say", "{}", "no_text"],
  ["bad blocks", '{"blocks":[{"type":"nothing"}]}', "invalid_blocks"],
])("an answer that is %s is refused", async (_, body, error) => {
  await using slack = await startLocalSlack();
  const urls: string[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body }) => {
      urls.push(body.response_url);
      await ack();
    });
  });
  await slack.command(ana, "/stream");
  const response = await fetch(String(urls[0]), { method: "POST", body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ ok: false, error });
});

test("a response_url grows old when the world's clock jumps", async () => {
  await using slack = await startLocalSlack();
  const respond = await respondOf(slack);
  const jump = (minutes: number) =>
    slack.world.change(({ clock }) => {
      clock.offsetMs += minutes * 60_000;
    });
  jump(30);
  await respond("still");
  jump(1);
  await expect(respond("late")).rejects.toMatchObject({ statusCode: 404 });
});
