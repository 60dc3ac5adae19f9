import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben, vic } = slackPeople;
const channel = "C0LIVE00001";
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } }) as const;

const refusedWith = (error: string) => ({ data: { ok: false, error } });

async function call(slack: SlackHarness, method: string, init: RequestInit = {}) {
  const response = await fetch(`${slack.origin}/api/${method}`, { method: "POST", ...init });
  return (await response.json()) as Record<string, unknown>;
}

test("a posted message is seen by everybody and comes back with Slack's additions", async () => {
  await using slack = await startLocalSlack();
  const posted = await slack.web.chat.postMessage({
    channel: "#live",
    text: "On air",
    blocks: [section("*On air*")],
  });
  expect(posted).toMatchObject({
    ok: true,
    channel,
    ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    message: {
      type: "message",
      user: "U0BOT000001",
      bot_id: "B0LOCAL0001",
      blocks: [
        {
          block_id: expect.stringMatching(/^.{5}$/),
          text: { type: "mrkdwn", text: "*On air*", verbatim: false },
        },
      ],
    },
  });
  expect(await slack.messages(ben)).toMatchObject([{ text: "On air", author: { isBot: true } }]);
});

test("chat.update keeps blocks that are left out, and clears them when told", async () => {
  await using slack = await startLocalSlack();
  const { ts = "" } = await slack.web.chat.postMessage({
    channel,
    text: "one",
    blocks: [section("one")],
  });
  await slack.web.chat.update({ channel, ts, text: "two" });
  expect(await slack.messages(ana)).toMatchObject([
    { text: "two", edited: true, ts, blocks: [{ text: { text: "one" } }] },
  ]);
  await slack.web.chat.update({ channel, ts, text: "three", blocks: [] });
  expect(await slack.messages(ana)).toMatchObject([{ text: "three", blocks: [] }]);
});

test("chat.update draws a table and a chart anew, and refuses them as a post does", async () => {
  await using slack = await startLocalSlack();
  const spent = (value: number) => [
    { type: "table", rows: [[{ type: "raw_text", text: `$${value}` }]] },
    {
      type: "data_visualization",
      title: "Cost",
      chart: { type: "pie", segments: [{ label: "YouTube", value }] },
    },
  ];
  const { ts = "" } = await slack.web.chat.postMessage({ channel, text: "x", blocks: spent(1) });
  await slack.web.chat.update({ channel, ts, text: "x", blocks: spent(2) });
  const redrawn = [{ block_id: expect.any(String) }, { chart: { segments: [{ value: 2 }] } }];
  expect(await slack.messages(ana)).toMatchObject([{ blocks: redrawn }]);
  const broken = slack.web.chat.update({ channel, ts, text: "x", blocks: spent(0) });
  const errors = ["must be greater than 0 [json-pointer:/blocks/1/chart/segments/0/value]"];
  await expect(broken).rejects.toMatchObject({ data: { error: "invalid_blocks", errors } });
});

test("chat.update refuses what is missing, ephemeral, empty or somebody else's", async () => {
  await using slack = await startLocalSlack();
  const { chat } = slack.web;
  const { message_ts = "" } = await chat.postEphemeral({ channel, user: ana, text: "psst" });
  const { ts = "" } = await chat.postMessage({ channel, text: "x" });
  await slack.command(ana, "hello");
  const hers = (await slack.messages(ana)).at(-1)?.ts ?? "";
  const update = (of: string, text = "y") => chat.update({ channel, ts: of, text });
  await expect(update("1.000001")).rejects.toMatchObject(refusedWith("message_not_found"));
  await expect(update(message_ts)).rejects.toMatchObject(refusedWith("cant_update_message"));
  await expect(update(hers)).rejects.toMatchObject(refusedWith("cant_update_message"));
  await expect(update(ts, "")).rejects.toMatchObject(refusedWith("no_text"));
});

test("an ephemeral message reaches its person only", async () => {
  await using slack = await startLocalSlack();
  await slack.web.chat.postEphemeral({ channel, user: ana, text: "psst" });
  expect(await slack.messages(ana)).toMatchObject([{ text: "psst", ephemeral: true }]);
  expect(await slack.messages(ben)).toEqual([]);
  const stranger = slack.web.chat.postEphemeral({ channel, user: "U404", text: "psst" });
  await expect(stranger).rejects.toMatchObject(refusedWith("user_not_in_channel"));
});

test("a direct message reaches its person only", async () => {
  await using slack = await startLocalSlack();
  const { channel: opened } = await slack.web.chat.postMessage({ channel: ana, text: "hi" });
  expect(opened).toBe("D0ANA000001");
  expect(await slack.messages(ana)).toMatchObject([{ text: "hi", ephemeral: true }]);
  expect(await slack.messages(ben)).toEqual([]);
});

test("replies stand in a thread, and metadata is given back when asked for", async () => {
  await using slack = await startLocalSlack();
  const metadata = { event_type: "card", event_payload: { key: "k1" } };
  const { ts = "" } = await slack.web.chat.postMessage({ channel, text: "card", metadata });
  await slack.web.chat.postMessage({ channel, text: "quiet", thread_ts: ts });
  const thread_ts = ts;
  await slack.web.chat.postMessage({ channel, text: "loud", thread_ts, reply_broadcast: true });
  await slack.web.chat.postEphemeral({ channel, user: ana, text: "psst" });
  const plain = await slack.web.conversations.history({ channel });
  expect(plain.messages).toMatchObject([
    { text: "loud", subtype: "thread_broadcast", thread_ts: ts },
    { text: "card", reply_count: 2 },
  ]);
  expect(plain.messages?.[1]).not.toHaveProperty("metadata");
  const full = await slack.web.conversations.history({ channel, include_all_metadata: true });
  expect(full.messages?.[1]).toMatchObject({ metadata });
  const replies = await slack.web.conversations.replies({ channel, ts });
  expect(replies.messages?.map(({ text }) => text)).toEqual(["card", "quiet", "loud"]);
  expect((await slack.messages(ben))[0]).toMatchObject({ text: "card", replyCount: 2 });
});

test("history comes in pages, newest first", async () => {
  await using slack = await startLocalSlack();
  const stamps: string[] = [];
  for (const text of ["a", "b", "c"]) {
    stamps.push(String((await slack.web.chat.postMessage({ channel, text })).ts));
  }
  const first = await slack.web.conversations.history({ channel, limit: 2 });
  expect(first).toMatchObject({ messages: [{ text: "c" }, { text: "b" }], has_more: true });
  const cursor = first.response_metadata?.next_cursor ?? "";
  const second = await slack.web.conversations.history({ channel, limit: 2, cursor });
  expect(second).toMatchObject({ messages: [{ text: "a" }], has_more: false });
  const oldest = stamps[0] ?? "";
  const newer = await slack.web.conversations.history({ channel, oldest });
  expect(newer.messages).toHaveLength(2);
  const inclusive = await slack.web.conversations.history({ channel, oldest, inclusive: true });
  expect(inclusive.messages).toHaveLength(3);
});

test("a message can be linked to and deleted", async () => {
  await using slack = await startLocalSlack();
  const { ts = "" } = await slack.web.chat.postMessage({ channel, text: "x" });
  const { permalink } = await slack.web.chat.getPermalink({ channel, message_ts: ts });
  expect(permalink).toBe(`${slack.origin}/archives/${channel}/p${ts.replace(".", "")}`);
  await slack.web.chat.delete({ channel, ts });
  expect(await slack.messages(ana)).toEqual([]);
});

test("the workspace describes itself", async () => {
  await using slack = await startLocalSlack({
    scopes: ["users:read", "team:read", "channels:read"],
  });
  const { web } = slack;
  expect(await web.auth.test()).toMatchObject({ user_id: "U0BOT000001", bot_id: "B0LOCAL0001" });
  expect(await web.team.info()).toMatchObject({ team: { id: "T0LOCAL0001" } });
  expect(await web.users.info({ user: ana })).toMatchObject({ user: { real_name: "Ana" } });
  expect(await web.users.info({ user: vic })).toMatchObject({
    user: { real_name: "Vic", tz: "Asia/Tokyo", tz_offset: 32_400, is_bot: false },
  });
  expect((await web.users.list({})).members).toHaveLength(5);
  expect(await web.conversations.info({ channel })).toMatchObject({ channel: { name: "live" } });
  expect((await web.conversations.members({ channel })).members).toHaveLength(5);
  expect(await web.apiCall("api.test", { foo: "bar" })).toMatchObject({ args: { foo: "bar" } });
});

test.each([
  ["users.info", { user: "U404" }, "user_not_found"],
  ["chat.postMessage", { channel: "C404", text: "x" }, "channel_not_found"],
  ["chat.postMessage", { channel }, "no_text"],
  ["chat.postMessage", { channel, text: "x", thread_ts: "1.000001" }, "thread_not_found"],
  ["chat.postMessage", { channel, text: "x", blocks: "{" }, "invalid_blocks_format"],
  ["chat.postMessage", { channel, text: "x", blocks: "{}" }, "invalid_blocks_format"],
  ["chat.postMessage", { channel, text: "x".repeat(40_001) }, "msg_too_long"],
  ["conversations.history", { channel, cursor: "x" }, "invalid_cursor"],
  ["files.upload", {}, "unknown_method"],
  ["toString", {}, "unknown_method"],
])("%s with %j answers in Slack's words", async (method, args, error) => {
  await using slack = await startLocalSlack();
  await expect(slack.web.apiCall(method, args)).rejects.toMatchObject(refusedWith(error));
});

test("a missing argument is named", async () => {
  await using slack = await startLocalSlack();
  const posting = slack.web.apiCall("chat.postMessage", { text: "x" });
  await expect(posting).rejects.toMatchObject({
    data: {
      error: "invalid_arguments",
      response_metadata: { messages: ["[ERROR] missing required field: channel"] },
    },
  });
});

test.each([
  { token: "", method: "auth.test", error: "not_authed" },
  { token: "Bearer xoxb-0", method: "auth.test", error: "invalid_auth" },
  { token: "Bearer xapp-local", method: "auth.test", error: "not_allowed_token_type" },
  { token: "Bearer xoxb-local", method: "apps.connections.open", error: "not_allowed_token_type" },
])("$method with the token '$token' answers $error", async ({ token, method, error }) => {
  await using slack = await startLocalSlack();
  const headers = { authorization: token };
  expect(await call(slack, method, { headers })).toMatchObject({ ok: false, error });
});

test.each([
  ["chat.postMessage", "chat:write"],
  ["conversations.history", "channels:history"],
  ["conversations.members", "channels:read"],
  ["team.info", "team:read"],
  ["users.list", "users:read"],
])("%s without %s is refused", async (method, needed) => {
  await using slack = await startLocalSlack({ scopes: ["commands", "files:write"] });
  await expect(slack.web.apiCall(method, { channel, text: "x" })).rejects.toMatchObject({
    data: { error: "missing_scope", needed, provided: "commands,files:write" },
  });
});

test("forms, JSON, multipart bodies and queries say the same", async () => {
  await using slack = await startLocalSlack();
  const args = { channel, text: "x", blocks: JSON.stringify([section("x")]) };
  const authorization = "Bearer xoxb-local";
  const multipart = new FormData();
  for (const [name, value] of Object.entries(args)) multipart.append(name, value);
  const json = {
    headers: { authorization, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ ...args, blocks: [section("x")] }),
  };
  const headers = { authorization };
  const ok = { ok: true, message: { blocks: [{ type: "section" }] } };
  const form = new URLSearchParams(args);
  expect(await call(slack, "chat.postMessage", { headers, body: form })).toMatchObject(ok);
  expect(await call(slack, "chat.postMessage", { headers, body: multipart })).toMatchObject(ok);
  expect(await call(slack, "chat.postMessage", json)).toMatchObject(ok);
  const query = `chat.postMessage?${form}`;
  expect(await call(slack, query, { method: "GET", headers })).toMatchObject(ok);
});

test.each([
  ["{", "invalid_json"],
  ["[]", "json_not_object"],
])("the JSON body %s is refused", async (body, error) => {
  await using slack = await startLocalSlack();
  const headers = { "content-type": "application/json" };
  expect(await call(slack, "auth.test", { headers, body })).toMatchObject({ ok: false, error });
});

test("what the local Slack cannot stand is an internal error, and the world says so", async () => {
  await using slack = await startLocalSlack();
  const depth = 200_000;
  const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const blocks = `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":${deep}}]}]`;
  const headers = { authorization: "Bearer xoxb-local", "content-type": "application/json" };
  const body = `{"channel":"${channel}","text":"x","blocks":${blocks}}`;
  expect(await call(slack, "chat.postMessage", { headers, body })).toEqual({
    ok: false,
    error: "internal_error",
  });
  expect(slack.world.data.events).toMatchObject([
    { text: expect.stringContaining("/api/chat.postMessage") },
  ]);
  expect(await slack.messages(ana)).toEqual([]);
});
