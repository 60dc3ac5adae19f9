import { expect, it } from "vitest";
import { aBot, aConnectedBot, appTokens, said, untilTrue } from "../support/bot.ts";
import { slackPeople, startLocalSlack } from "../support/local-slack.ts";

const { ana } = slackPeople;

it.each([
  ["SLACK_BOT_TOKEN", { ...appTokens, bot: "xoxb-wrong" }],
  ["SLACK_APP_TOKEN", { ...appTokens, app: "xapp-wrong" }],
])("names %s when Slack refuses it, and never shows it", async (variable, tokens) => {
  await using harness = await aBot({ tokens });
  const started = harness.bot.start();
  await expect(started).rejects.toMatchObject({
    code: "not-configured",
    message: expect.stringContaining(variable),
  });
  await started.catch((error: unknown) => expect(String(error)).not.toMatch(/-wrong/));
  expect(JSON.stringify(harness.world.log.lines)).not.toMatch(/-wrong|xoxb|xapp/);
});

it("goes on trying while Slack is out of reach, and says so", async () => {
  await using harness = await aBot();
  const { slack, bot, world } = harness;
  slack.slack.outage(true);
  const started = bot.start();
  await untilTrue(world, () => {
    const tries = world.log.lines.filter(({ event }) => event === "slack-unreachable");
    expect(tries.length).toBeGreaterThan(2);
  });
  expect(bot.isConnected()).toBe(false);
  slack.slack.outage(false);
  await untilTrue(world, () => expect(bot.isConnected()).toBe(true));
  await started;
  await slack.command(ana, "/stream");
  expect(await said(slack, ana)).toMatchObject([{ text: "done" }]);
});

it("can be stopped while it is still trying", async () => {
  await using slack = await startLocalSlack();
  slack.slack.outage(true);
  await using harness = await aBot({ slack });
  const started = harness.bot.start();
  await harness.bot.stop();
  await expect(started).resolves.toBeUndefined();
  expect(harness.bot.isConnected()).toBe(false);
});

it("comes back after an outage", async () => {
  await using harness = await aConnectedBot();
  const { slack, bot } = harness;
  slack.slack.outage(true);
  await expect.poll(() => bot.isConnected()).toBe(false);
  slack.slack.outage(false);
  await expect.poll(() => bot.isConnected(), { timeout: 4_000 }).toBe(true);
  await slack.command(ana, "/stream");
  expect(await said(slack, ana)).toMatchObject([{ text: "done" }]);
});

it("takes a new connection when Slack asks for it", async () => {
  await using harness = await aConnectedBot();
  harness.slack.slack.disconnect("refresh_requested");
  await expect.poll(() => harness.bot.isConnected()).toBe(false);
  await expect.poll(() => harness.bot.isConnected(), { timeout: 4_000 }).toBe(true);
});

it("opens nothing before it is started, and says when it is connected", async () => {
  await using slack = await startLocalSlack();
  await using harness = await aBot({ slack });
  expect((await slack.state(ana)).bot.connected).toBe(false);
  await harness.bot.start();
  expect((await slack.state(ana)).bot.connected).toBe(true);
  expect(harness.world.log.lines).toEqual([
    { level: "info", event: "slack-connected", fields: {} },
  ]);
});
