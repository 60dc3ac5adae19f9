import { EventEmitter, once } from "node:events";
import { expect, test, vi } from "vitest";
import { createClock } from "../../../../local/clock.ts";
import { aLocalAws } from "../../../support/aws-harness.ts";
import { aFunction, functionsOf } from "../../../support/called.ts";

const channel = "4710002";
const ofChannels = { source: ["aws.medialive"], detail: { state: ["STARTING"] } };

test.each([
  ["an address elsewhere", { name: "work", url: "http://example.com/" }],
  [
    "an address that only looks like this machine",
    { name: "work", url: "http://127.0.0.1.example.com/" },
  ],
  ["no address", { name: "work", url: "here" }],
  ["no name", { url: "http://127.0.0.1:1/" }],
])("refuses %s", async (_, wanted) => {
  await using local = await aLocalAws();
  const functions = functionsOf(local.url);
  expect(await functions.register(wanted)).toBe(400);
  expect(await functions.list()).toEqual({ ok: true, functions: [], deadLetters: [] });
});

test("an event calls those whose pattern it fits, with AWS's envelope", async () => {
  await using local = await aLocalAws();
  const [picky, deaf, eager] = [await aFunction(), await aFunction(), await aFunction()];
  const functions = functionsOf(local.url);
  await functions.register({ name: "picky", url: picky.url, events: [ofChannels] });
  await functions.register({ name: "deaf", url: deaf.url, streams: ["patchbay-ops"] });
  await functions.register({ name: "eager", url: eager.url, events: true });
  local.setState(channel, "STARTING");
  local.setState(channel, "STOPPING");
  await vi.waitFor(() => expect(eager.calls).toHaveLength(2));
  await vi.waitFor(() => expect(picky.calls).toHaveLength(1));
  expect(picky.calls[0]).toMatchObject({
    source: "aws.medialive",
    "detail-type": "MediaLive Channel State Change",
    detail: { state: "STARTING" },
  });
  expect(deaf.calls).toEqual([]);
});

test("an event whose function fails comes again, and then is a dead letter", async () => {
  await using local = await aLocalAws();
  const called = await aFunction(() => null);
  const functions = functionsOf(local.url);
  await functions.register({ name: "work", url: called.url, events: true, attempts: 2 });
  local.setState(channel, "STARTING");
  const [letter] = await vi.waitFor(async () => {
    const { deadLetters } = await functions.list();
    expect(deadLetters).toHaveLength(1);
    return deadLetters;
  }, 3000);
  expect(called.calls).toHaveLength(2);
  expect(letter).toMatchObject({
    ...{ function: "work", from: "MediaLive Channel State Change" },
    ids: [called.calls[0]?.id],
  });
});

test("nobody there is a failure like any other", async () => {
  await using local = await aLocalAws();
  const functions = functionsOf(local.url);
  await functions.register({ name: "gone", url: "http://127.0.0.1:9/", events: true, attempts: 1 });
  local.setState(channel, "STARTING");
  await vi.waitFor(async () =>
    expect((await functions.list()).deadLetters).toMatchObject([{ function: "gone" }]),
  );
});

test("each minute of a jump calls once, and the next waits until that is over", async () => {
  await using local = await aLocalAws();
  const first = new EventEmitter();
  const called = await aFunction((_, count) => (count === 1 ? once(first, "over") : {}));
  const functions = functionsOf(local.url);
  await functions.register({ name: "tick", url: called.url, everyMinute: true });
  const clock = createClock(local.world, 1);
  clock.follow(local.aws.functions.settled);
  clock.forward(5);
  await vi.waitFor(() => expect(called.calls).toHaveLength(1));
  for (const _ of Array(5)) await functions.list();
  expect(local.world.data.clock.offsetMs).toBe(60_000);
  first.emit("over");
  await vi.waitFor(() => expect(local.world.data.clock.jump).toBeNull());
  await vi.waitFor(() => expect(called.calls).toHaveLength(5));
  clock.close();
});

test("what is under way when the world closes is not waited for", async () => {
  const local = await aLocalAws();
  const hanging = await aFunction(() => new Promise(() => undefined));
  const functions = functionsOf(local.url);
  await functions.register({ name: "work", url: hanging.url, events: true, attempts: 1 });
  local.setState(channel, "STARTING");
  await vi.waitFor(() => expect(hanging.calls).toHaveLength(1));
  await local[Symbol.asyncDispose]();
  expect(local.aws.functions.list().deadLetters).toEqual([]);
});
