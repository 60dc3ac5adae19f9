import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana } = slackPeople;

const reconnectMs = 1_000;

async function isConnected(slack: SlackHarness): Promise<boolean> {
  return (await slack.state(ana)).bot.connected;
}

async function withApp(slack: SlackHarness): Promise<void> {
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => ack("here"));
  }, reconnectMs);
}

test("an outage cuts the connection and every call, and the app comes back after it", async () => {
  await using slack = await startLocalSlack();
  await withApp(slack);
  slack.slack.outage(true);
  await expect(slack.web.auth.test()).rejects.toMatchObject({ statusCode: 503 });
  expect(await isConnected(slack)).toBe(false);
  await slack.command(ana, "/stream");
  expect((await slack.messages(ana)).at(-1)?.text).toContain("dispatch_failed");
  slack.slack.outage(false);
  await expect.poll(() => isConnected(slack), { timeout: 4_000 }).toBe(true);
  await slack.command(ana, "/stream");
  expect((await slack.messages(ana)).at(-1)?.text).toBe("here");
});

test("the app reconnects after Slack asked it to", async () => {
  await using slack = await startLocalSlack();
  await withApp(slack);
  slack.slack.disconnect("warning");
  expect(await isConnected(slack)).toBe(false);
  await expect.poll(() => isConnected(slack), { timeout: 4_000 }).toBe(true);
});

test("an outage can be rehearsed by hand", async () => {
  await using slack = await startLocalSlack();
  expect(await slack.post("/world/slack/outage", { on: true })).toEqual({ ok: true });
  await expect(slack.web.auth.test()).rejects.toMatchObject({ statusCode: 503 });
  expect(await slack.post("/world/slack/outage", { on: false })).toEqual({ ok: true });
  expect(await slack.web.auth.test()).toMatchObject({ ok: true });
  expect(await slack.post("/world/slack/outage", { on: "perhaps" })).toMatchObject({ ok: false });
  expect(await slack.post("/world/slack/disconnect", { reason: "warning" })).toEqual({ ok: true });
});

test.each([
  ["nothing at all", {}],
  ["an empty body", { "content-type": "application/json" }],
])("%s is answered with a sentence", async (_, headers) => {
  await using slack = await startLocalSlack();
  const answer = await fetch(`${slack.origin}/world/slack/outage`, { method: "POST", headers });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    ok: false,
    error: expect.stringContaining('Send a JSON body: {"on": true}.'),
  });
});

test("a page from another site cannot rehearse an outage", async () => {
  await using slack = await startLocalSlack();
  const headers = { "content-type": "application/json", origin: "https://example.com" };
  const body = JSON.stringify({ on: true });
  const answer = await fetch(`${slack.origin}/world/slack/outage`, {
    method: "POST",
    headers,
    body,
  });
  expect(answer.status).toBe(403);
  expect(await slack.web.auth.test()).toMatchObject({ ok: true });
});
