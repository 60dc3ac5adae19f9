import {
  DescribeChannelCommand,
  StartChannelCommand,
  StopChannelCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-medialive";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { LocalChannelState } from "../../../../local/world.ts";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";

const id = "4710002";
const destination = { Url: "rtmp://ingest.example.com/live", StreamName: "key" };
const commands = {
  start: () => new StartChannelCommand({ ChannelId: id }),
  stop: () => new StopChannelCommand({ ChannelId: id }),
  update: () =>
    new UpdateChannelCommand({
      ChannelId: id,
      Destinations: [{ Id: "destination1", Settings: [destination] }],
    }),
};
type Action = keyof typeof commands;

/** State, then what start, stop and update answer: a status, or the state that the answer shows. */
const table: [LocalChannelState, start: string, stop: string, update: string][] = [
  ["CREATING", "400", "409", "409"],
  ["CREATE_FAILED", "409", "409", "409"],
  ["IDLE", "STARTING", "409", "UPDATING"],
  ["STARTING", "409", "STOPPING", "409"],
  ["RUNNING", "409", "STOPPING", "409"],
  ["RECOVERING", "409", "STOPPING", "409"],
  ["STOPPING", "409", "409", "409"],
  ["UPDATING", "409", "409", "409"],
  ["UPDATE_FAILED", "STARTING", "409", "UPDATING"],
  ["DELETING", "409", "409", "409"],
  ["DELETED", "404", "404", "404"],
];
const cases = table.flatMap(([state, start, stop, update]) =>
  Object.entries({ start, stop, update }).map(([action, answer]) => ({ state, action, answer })),
);

const errorNames: Record<string, string> = {
  "400": "BadRequestException",
  "404": "NotFoundException",
  "409": "ConflictException",
};
const settled = { start: "RUNNING", stop: "IDLE", update: "IDLE" };

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
afterAll(() => local[Symbol.asyncDispose]());

test.each(cases)("a channel that is $state answers $answer to $action", async (row) => {
  local.setState(id, row.state);
  const action = row.action as Action;
  const { mediaLive } = local.clients;
  const call = mediaLive.send(commands[action]() as StartChannelCommand);
  const errorName = errorNames[row.answer];
  if (errorName !== undefined) {
    expect(await refusalOf(call)).toMatchObject({ name: errorName, status: Number(row.answer) });
    expect(local.world.data.channels[id]?.state).toBe(row.state);
    return;
  }
  const answer = await call;
  const shown = action === "update" ? (answer as { Channel?: object }).Channel : answer;
  expect(shown).toMatchObject({ State: row.answer });
  const state = async () =>
    (await mediaLive.send(new DescribeChannelCommand({ ChannelId: id }))).State;
  await vi.waitFor(async () => expect(await state()).toBe(settled[action]));
});

test("an unknown channel is not found", async () => {
  const call = local.clients.mediaLive.send(new StartChannelCommand({ ChannelId: "1" }));
  expect(await refusalOf(call)).toMatchObject({ name: "NotFoundException", status: 404 });
});

test("an empty channel id is refused and never read as the list", async () => {
  const call = local.clients.mediaLive.send(new DescribeChannelCommand({ ChannelId: "" }));
  expect(await refusalOf(call)).toMatchObject({ status: 400 });
});
