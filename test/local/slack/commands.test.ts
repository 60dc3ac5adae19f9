import type { SlashCommand } from "@slack/bolt";
import { expect, test } from "vitest";
import { slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;

test("a command is acknowledged, and only its person sees the answer", async () => {
  await using slack = await startLocalSlack();
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body }) => ack(`heard ${body.text}`));
  });
  expect(await slack.command(ana, "/stream start twitch")).toEqual({ ok: true });
  expect(await slack.messages(ana)).toMatchObject([
    { kind: "command", text: "/stream start twitch", ephemeral: true, author: { name: "Ana" } },
    { kind: "message", text: "heard start twitch", ephemeral: true, author: { isBot: true } },
  ]);
  expect(await slack.messages(ben)).toEqual([]);
});

test("a command carries what Slack sends", async () => {
  await using slack = await startLocalSlack();
  const bodies: SlashCommand[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body }) => {
      bodies.push(body);
      await ack();
    });
  });
  await slack.command(ana, "/stream  start <b> & @ben in #live ");
  expect(bodies).toMatchObject([
    {
      command: "/stream",
      text: "start &lt;b&gt; &amp; <@U0BEN000001|ben> in <#C0LIVE00001|live>",
      user_id: ana,
      user_name: "ana",
      team_id: "T0LOCAL0001",
      channel_id: "C0LIVE00001",
      channel_name: "live",
      api_app_id: "A0LOCAL0001",
      is_enterprise_install: "false",
      response_url: expect.stringContaining(`${slack.origin}/response/`),
      trigger_id: expect.any(String),
    },
  ]);
});

test("an acknowledgement can speak to everybody", async () => {
  await using slack = await startLocalSlack();
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => ack({ response_type: "in_channel", text: "On air" }));
  });
  await slack.command(ana, "/stream");
  expect(await slack.messages(ben)).toMatchObject([{ text: "On air", ephemeral: false }]);
});

test("an acknowledgement with blocks that Slack refuses is a dispatch failure", async () => {
  await using slack = await startLocalSlack();
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => ack({ text: "x", blocks: [{ type: "nothing" }] }));
  });
  await slack.command(ana, "/stream");
  expect((await slack.messages(ana)).at(-1)).toMatchObject({
    kind: "error",
    text: '/stream failed with the error "dispatch_failed"',
  });
});

test("a command that is not acknowledged in time says so to its person", async () => {
  await using slack = await startLocalSlack({ timing: { ackMs: 30 } });
  const late: (() => Promise<void>)[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => {
      late.push(() => ack("too late"));
    });
  });
  await slack.command(ana, "/stream status");
  await late[0]?.();
  await slack.command(ana, "hello");
  expect((await slack.messages(ana)).map(({ text }) => text)).toEqual([
    "/stream status",
    '/stream failed with the error "operation_timeout"',
    "hello",
  ]);
  expect((await slack.messages(ben)).map(({ text }) => text)).toEqual(["hello"]);
});

test("a command without a connected app fails at once", async () => {
  await using slack = await startLocalSlack();
  await slack.command(ana, "/stream");
  expect((await slack.messages(ana)).at(-1)).toMatchObject({
    kind: "error",
    author: { name: "Slack" },
    text: '/stream failed with the error "dispatch_failed"',
    ephemeral: true,
  });
});

test("an unknown command is answered by Slack and never reaches the app", async () => {
  await using slack = await startLocalSlack();
  await slack.command(ana, "/nonsense <x>");
  expect((await slack.messages(ana)).at(-1)).toMatchObject({
    kind: "error",
    text: expect.stringContaining("/nonsense is not a valid command."),
  });
});

test("what is not a command is an ordinary message", async () => {
  await using slack = await startLocalSlack();
  await slack.command(ana, "a < b & c");
  expect(await slack.messages(ben)).toMatchObject([
    { kind: "message", text: "a &lt; b &amp; c", ephemeral: false, author: { name: "Ana" } },
  ]);
});

test.each([
  ["nobody", { person: "U404", text: "/stream" }],
  ["no text", { person: ana }],
  ["too long a text", { person: ana, text: "x".repeat(4001) }],
  ["no body", undefined],
])("the console refuses a command with %s", async (_, body) => {
  await using slack = await startLocalSlack();
  expect(await slack.post("/console/command", body)).toMatchObject({ ok: false });
});

test("an empty line is not sent", async () => {
  await using slack = await startLocalSlack();
  expect(await slack.command(ana, "  ")).toMatchObject({ ok: false });
});
