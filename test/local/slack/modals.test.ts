import type { App, types, ViewSubmitAction } from "@slack/bolt";
import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;

const plain = (text: string) => ({ type: "plain_text", text }) as const;
const nameInput = {
  type: "input",
  block_id: "name",
  label: plain("Name"),
  element: { type: "plain_text_input", action_id: "text" },
} as const;

function aModal(title: string): types.ModalView {
  return {
    type: "modal",
    callback_id: "edit",
    private_metadata: "d1",
    title: plain(title),
    submit: plain("Save"),
    close: plain("Cancel"),
    notify_on_close: true,
    blocks: [nameInput],
  };
}

/** A connected app whose `/stream` opens a modal. */
async function withModal(slack: SlackHarness, listen: (app: App) => void = () => undefined) {
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: aModal("Edit") });
    });
    listen(app);
  });
  await slack.command(ana, "/stream");
  await expect.poll(async () => (await slack.state(ana)).modals).toHaveLength(1);
  return (await slack.state(ana)).modals[0]?.viewId ?? "";
}

function submit(slack: SlackHarness, viewId: string, value: string) {
  const values = { name: { text: { type: "plain_text_input", value } } };
  return slack.post("/console/view/submit", { person: ana, viewId, values });
}

test("a modal opens for the person who typed, and nobody else", async () => {
  await using slack = await startLocalSlack();
  await withModal(slack);
  expect((await slack.state(ana)).modals).toMatchObject([
    { type: "modal", title: "Edit", submit: "Save", close: "Cancel", blocks: [{ type: "input" }] },
  ]);
  expect((await slack.state(ben)).modals).toEqual([]);
});

test("a submission carries the values and closes the modal", async () => {
  await using slack = await startLocalSlack();
  const heard: ViewSubmitAction[] = [];
  const viewId = await withModal(slack, (app) => {
    app.view<ViewSubmitAction>("edit", async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
  });
  expect(await submit(slack, viewId, "Twitch")).toEqual({ ok: true });
  expect((await slack.state(ana)).modals).toEqual([]);
  expect(heard).toMatchObject([
    {
      type: "view_submission",
      user: { id: ana },
      view: {
        id: viewId,
        callback_id: "edit",
        private_metadata: "d1",
        hash: expect.stringMatching(/^\d+\.[0-9a-f]{8}$/),
        root_view_id: viewId,
        state: { values: { name: { text: { type: "plain_text_input", value: "Twitch" } } } },
      },
    },
  ]);
});

test("the app's field errors reach the form, and it stays open", async () => {
  await using slack = await startLocalSlack();
  const viewId = await withModal(slack, (app) => {
    app.view("edit", ({ ack }) => ack({ response_action: "errors", errors: { name: "taken" } }));
  });
  expect(await submit(slack, viewId, "x")).toMatchObject({ ok: false, errors: { name: "taken" } });
  expect((await slack.state(ana)).modals).toHaveLength(1);
});

test("an empty required field never reaches the app", async () => {
  await using slack = await startLocalSlack();
  const viewId = await withModal(slack);
  expect(await submit(slack, viewId, "")).toMatchObject({
    ok: false,
    errors: { name: "Please complete this required field." },
  });
});

test("an answer can update, push and clear", async () => {
  await using slack = await startLocalSlack();
  const viewId = await withModal(slack, (app) => {
    app.view("edit", async ({ ack, view }) => {
      const value = view.state.values.name?.text?.value;
      if (value === "clear") return ack({ response_action: "clear" });
      const action = value === "push" ? "push" : "update";
      await ack({ response_action: action, view: aModal(`after ${value}`) });
    });
  });
  expect(await submit(slack, viewId, "update")).toEqual({ ok: true });
  expect((await slack.state(ana)).modals).toMatchObject([{ viewId, title: "after update" }]);
  await submit(slack, viewId, "push");
  const { modals } = await slack.state(ana);
  expect(modals).toMatchObject([{ viewId }, { title: "after push" }]);
  expect(await submit(slack, viewId, "x")).toMatchObject({ ok: false });
  await submit(slack, modals[1]?.viewId ?? "", "clear");
  expect((await slack.state(ana)).modals).toEqual([]);
});

test("a submission that is not answered leaves the form open and says so", async () => {
  await using slack = await startLocalSlack({ timing: { ackMs: 30 } });
  const viewId = await withModal(slack, (app) => {
    app.view("edit", async () => undefined);
  });
  expect(await submit(slack, viewId, "x")).toEqual({
    ok: false,
    error: "We had some trouble connecting. Try again? (operation_timeout)",
  });
  expect((await slack.state(ana)).modals).toHaveLength(1);
});

test("closing a modal tells the app that asked for it", async () => {
  await using slack = await startLocalSlack();
  const heard: unknown[] = [];
  const viewId = await withModal(slack, (app) => {
    app.view({ callback_id: "edit", type: "view_closed" }, async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
  });
  await slack.post("/console/view/close", { person: ana, viewId });
  await expect.poll(() => heard).toMatchObject([{ type: "view_closed", is_cleared: false }]);
  expect((await slack.state(ana)).modals).toEqual([]);
  expect(await slack.post("/console/view/close", { person: ana, viewId })).toMatchObject({
    ok: false,
  });
});

test("a press in a modal carries the view, no channel and no response_url", async () => {
  await using slack = await startLocalSlack();
  const heard: unknown[] = [];
  const more = { type: "button", action_id: "more", text: plain("More") } as const;
  const view: types.ModalView = {
    ...aModal("Edit"),
    blocks: [{ type: "actions", block_id: "row", elements: [more] }],
  };
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.action("more", async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
  });
  await slack.command(ana, "/stream");
  await expect.poll(async () => (await slack.state(ana)).modals).toHaveLength(1);
  const viewId = (await slack.state(ana)).modals[0]?.viewId;
  const press = { viewId, blockId: "row", actionId: "more" };
  expect(await slack.post("/console/action", { ...press, person: ana })).toEqual({ ok: true });
  expect(heard[0]).toMatchObject({ container: { type: "view", view_id: viewId }, view: {} });
  expect(heard[0]).not.toHaveProperty("channel");
  expect(heard[0]).not.toHaveProperty("response_url");
  expect(await slack.post("/console/action", { ...press, person: ben })).toMatchObject({
    ok: false,
  });
});

/** A trigger of Ana's, taken from a command. */
async function aTrigger(slack: SlackHarness): Promise<string> {
  const triggers: string[] = [];
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
  });
  await slack.command(ana, "/stream");
  return triggers[0] ?? "";
}

test("a trigger works once", async () => {
  await using slack = await startLocalSlack();
  const trigger_id = await aTrigger(slack);
  const view = aModal("Edit");
  await slack.web.views.open({ trigger_id, view });
  await expect(slack.web.views.open({ trigger_id, view })).rejects.toMatchObject({
    data: { error: "exchanged_trigger_id" },
  });
});

test("a trigger works for three seconds", async () => {
  await using slack = await startLocalSlack();
  const trigger_id = await aTrigger(slack);
  const view = aModal("Edit");
  slack.clock.advance(3_001);
  await expect(slack.web.views.open({ trigger_id, view })).rejects.toMatchObject({
    data: { error: "expired_trigger_id" },
  });
  await expect(slack.web.views.open({ trigger_id: "x", view })).rejects.toMatchObject({
    data: { error: "invalid_trigger_id" },
  });
});

test("views.update minds the hash, and a stack holds three", async () => {
  await using slack = await startLocalSlack();
  const view_id = await withModal(slack);
  const { web } = slack;
  const first = await web.views.update({ view_id, view: aModal("Second") });
  const hash = first.view?.hash ?? "";
  await web.views.update({ view_id, view: aModal("Third"), hash });
  const stale = web.views.update({ view_id, view: aModal("Fourth"), hash });
  await expect(stale).rejects.toMatchObject({ data: { error: "hash_conflict" } });
  const nowhere = web.views.update({ view_id: "V404", view: aModal("x") });
  await expect(nowhere).rejects.toMatchObject({ data: { error: "not_found" } });
  expect((await slack.state(ana)).modals).toMatchObject([{ title: "Third" }]);
});

test("a view that Slack would refuse is named by its place", async () => {
  await using slack = await startLocalSlack();
  const view = aModal("A title of more than 24 characters");
  const publishing = slack.web.views.open({ trigger_id: await aTrigger(slack), view });
  await expect(publishing).rejects.toMatchObject({
    data: {
      error: "invalid_arguments",
      response_metadata: {
        messages: [
          "[ERROR] failed to match all allowed schemas [json-pointer:/view/title]",
          "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
        ],
      },
    },
  });
});

test("each view stays where it belongs", async () => {
  await using slack = await startLocalSlack();
  const publishing = slack.web.views.publish({ user_id: ana, view: aModal("Edit") });
  const place = "unsupported type: modal [json-pointer:/view/type]";
  await expect(publishing).rejects.toMatchObject({
    data: { error: "invalid_arguments", errors: [place] },
  });
});

test("a jump of the world's clock does not use up a trigger's seconds", async () => {
  await using slack = await startLocalSlack();
  const trigger_id = await aTrigger(slack);
  slack.world.change(({ clock }) => void Object.assign(clock, { offsetMs: 60_000 }));
  expect(await slack.web.views.open({ trigger_id, view: aModal("Edit") })).toMatchObject({
    ok: true,
  });
});
