import { expect, test } from "vitest";
import { startLocalSlack } from "../../support/local-slack.ts";

const channel = "C0LIVE00001";
const first = { event_type: "card", event_payload: { key: "k1" } };
const second = { event_type: "card", event_payload: { key: "k2" } };

type Web = Awaited<ReturnType<typeof startLocalSlack>>["web"];

async function inHistory(web: Web) {
  const { messages = [] } = await web.conversations.history({
    channel,
    include_all_metadata: true,
  });
  return messages[0]?.metadata;
}

async function inThread(web: Web, ts: string) {
  const all = { channel, ts, include_all_metadata: true };
  const { messages = [] } = await web.conversations.replies(all);
  return messages.map(({ metadata }) => metadata);
}

test("an update keeps metadata that is left out, replaces what is given and clears it for {}", async () => {
  await using slack = await startLocalSlack();
  const { chat } = slack.web;
  const { ts = "" } = await chat.postMessage({ channel, text: "card", metadata: first });
  await chat.update({ channel, ts, text: "left out" });
  expect(await inHistory(slack.web)).toEqual(first);
  await chat.update({ channel, ts, text: "replaced", metadata: second });
  expect(await inHistory(slack.web)).toEqual(second);
  const cleared = { channel, ts, text: "cleared", metadata: {} };
  await slack.web.apiCall("chat.update", cleared);
  expect(await inHistory(slack.web)).toBeUndefined();
});

test("a thread gives the metadata of its parent and replies, and only when asked", async () => {
  await using slack = await startLocalSlack();
  const { chat, conversations } = slack.web;
  const { ts = "" } = await chat.postMessage({ channel, text: "card", metadata: first });
  await chat.postMessage({ channel, text: "line", thread_ts: ts, metadata: second });
  expect(await inThread(slack.web, ts)).toEqual([first, second]);
  const { messages } = await conversations.replies({ channel, ts });
  expect(messages?.map((message) => "metadata" in message)).toEqual([false, false]);
});

test.each([
  ["a word", "card", "invalid_metadata_format"],
  ["a list", [], "invalid_metadata_format"],
  ["no payload", { event_type: "card" }, "invalid_metadata_schema"],
  ["no type", { event_payload: {} }, "invalid_metadata_schema"],
])("metadata that is %s is refused", async (_, metadata, error) => {
  await using slack = await startLocalSlack();
  const refused = { data: { ok: false, error } };
  const post = slack.web.apiCall("chat.postMessage", { channel, text: "x", metadata });
  await expect(post).rejects.toMatchObject(refused);
  const { ts = "" } = await slack.web.chat.postMessage({ channel, text: "x" });
  const update = slack.web.apiCall("chat.update", { channel, ts, text: "y", metadata });
  await expect(update).rejects.toMatchObject(refused);
});
