import type { BlockAction } from "@slack/bolt";
import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;
const channel = "C0LIVE00001";

const stop = {
  type: "button",
  action_id: "stop",
  value: "dest_twitch",
  style: "danger",
  text: { type: "plain_text", text: "Stop" },
} as const;
const row = { type: "actions", block_id: "row", elements: [stop] } as const;

/** A connected app that keeps each press it hears. */
async function listening(slack: SlackHarness): Promise<BlockAction[]> {
  const heard: BlockAction[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => ack({ text: "panel", blocks: [row] }));
    app.action<BlockAction>(/.*/, async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
  });
  return heard;
}

test("a press on a message carries the message, its value and who pressed", async () => {
  await using slack = await startLocalSlack();
  const heard = await listening(slack);
  const { ts } = await slack.web.chat.postMessage({ channel, text: "card", blocks: [row] });
  expect(await slack.press(ben, "stop")).toEqual({ ok: true });
  expect(heard).toMatchObject([
    {
      type: "block_actions",
      user: { id: ben, name: "ben", team_id: "T0LOCAL0001" },
      team: { id: "T0LOCAL0001" },
      container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: "live" },
      message: { ts, text: "card", blocks: [{ block_id: "row" }] },
      actions: [{ type: "button", action_id: "stop", block_id: "row", value: "dest_twitch" }],
    },
  ]);
});

test("a press on an ephemeral message carries no message", async () => {
  await using slack = await startLocalSlack();
  const heard = await listening(slack);
  await slack.command(ana, "/stream");
  await slack.press(ana, "stop");
  expect(heard[0]).toMatchObject({ container: { is_ephemeral: true }, response_url: /^http/ });
  expect(heard[0]).not.toHaveProperty("message");
});

test("a chosen option arrives with its text, and the state names it", async () => {
  await using slack = await startLocalSlack();
  const heard = await listening(slack);
  const option = (text: string) => ({ text: { type: "plain_text", text }, value: text }) as const;
  const select = {
    type: "static_select",
    action_id: "pick",
    options: [option("one"), option("two")],
  } as const;
  const picker = { type: "actions", block_id: "row", elements: [select] } as const;
  const { ts } = await slack.web.chat.postMessage({ channel, text: "pick", blocks: [picker] });
  await slack.post("/console/action", {
    person: ana,
    messageTs: ts,
    blockId: "row",
    actionId: "pick",
    selectedOption: { text: "two", value: "two" },
  });
  const chosen = { text: { type: "plain_text", text: "two", emoji: true }, value: "two" };
  expect(heard[0]).toMatchObject({
    actions: [{ type: "static_select", selected_option: chosen }],
    state: { values: { row: { pick: { type: "static_select", selected_option: chosen } } } },
  });
});

test("a control that is gone cannot be pressed, nor one that somebody else sees", async () => {
  await using slack = await startLocalSlack();
  const heard = await listening(slack);
  await slack.command(ana, "/stream");
  const messageTs = (await slack.messages(ana)).at(-1)?.ts;
  const press = { messageTs, blockId: "row", actionId: "stop" };
  const gone = { ok: false, error: "This control is no longer there." };
  expect(await slack.post("/console/action", { ...press, person: ben })).toEqual(gone);
  const other = { ...press, person: ana, actionId: "start" };
  expect(await slack.post("/console/action", other)).toEqual(gone);
  expect(heard).toEqual([]);
});

test("a press that nobody answers is said to its person", async () => {
  await using slack = await startLocalSlack();
  await slack.web.chat.postMessage({ channel, text: "card", blocks: [row] });
  const error = 'This action failed with the error "dispatch_failed"';
  expect(await slack.press(ana, "stop")).toEqual({ ok: false, error });
  expect((await slack.messages(ana)).at(-1)).toMatchObject({ kind: "error", text: error });
  expect(await slack.messages(ben)).toHaveLength(1);
});

test("respond() answers a press ephemerally, replaces the message, or takes it away", async () => {
  await using slack = await startLocalSlack();
  await slack.bolt((app) => {
    app.action("say", async ({ ack, respond }) => {
      await ack();
      await respond("only you");
    });
    app.action("replace", async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: "replaced", blocks: [row] });
    });
    app.action("stop", async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const button = (action_id: string) => ({ ...stop, action_id });
  const blocks = [{ type: "actions" as const, elements: [button("say"), button("replace")] }];
  await slack.web.chat.postMessage({ channel, text: "card", blocks });
  await slack.press(ana, "say");
  await expect.poll(() => slack.messages(ana)).toMatchObject([{}, { text: "only you" }]);
  await slack.press(ana, "replace");
  const replaced = { text: "replaced", edited: true };
  await expect.poll(() => slack.messages(ben)).toMatchObject([replaced]);
  await slack.press(ana, "stop");
  await expect.poll(() => slack.messages(ben)).toEqual([]);
});
