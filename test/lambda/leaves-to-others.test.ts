import { expect, it } from "vitest";
import type { LocalWorld } from "../../local/main.ts";
import { tokens } from "../../local/slack/people.ts";
import { parseConfig } from "../../src/config.ts";
import { Secret } from "../../src/domain/secret.ts";
import { seal } from "../../src/lambda/sealed.ts";
import { openWorker } from "../../src/lambda/worker.ts";
import { consoleDriver } from "../support/console-driver.ts";
import { commandBody, functionEnvironment, stubAwsEnvironment } from "../support/functions.ts";
import { aStartedWorld } from "../support/started-world.ts";

const invocation = { awsRequestId: "one", getRemainingTimeInMillis: () => 40_000 };

function configOf(world: LocalWorld) {
  const environment = functionEnvironment(world);
  stubAwsEnvironment(environment);
  return parseConfig({ ...environment, PATCHBAY_POLL_MS: "100", PATCHBAY_LOG: "error" });
}

async function aStage() {
  const world = await aStartedWorld();
  return { world, console: consoleDriver(world.url), worker: await openWorker(configOf(world)) };
}

/** What `slack` leaves for `work` when somebody types a command. */
function typed(text: string): object {
  const mediaType = "application/x-www-form-urlencoded";
  const request = { mediaType, key: text, body: commandBody(text) };
  const sealed = seal(JSON.stringify(request), new Secret(tokens.bot));
  return { source: "patchbay.slack", sealed };
}

it("answers a command with its wish, and leaves it to the next call to act and to say so", {
  timeout: 20_000,
}, async () => {
  const { world, console, worker } = await aStage();
  const type = async (text: string) => {
    expect(await worker.work(typed(text), invocation)).toBeUndefined();
    return (await console.answer())?.text;
  };
  expect(await type("start twitch")).toContain("Starting Twitch");
  expect(await type("sync")).toContain("What is not as people asked is put right within a minute.");
  expect(world.world.data.flow?.status).toBe("STANDBY");
  for (const { state } of Object.values(world.world.data.channels)) expect(state).toBe("IDLE");
  expect(world.asked().filter(({ operation }) => /^(Start|Stop|Update)/.test(operation))).toEqual([
    expect.objectContaining({ operation: "UpdateItem" }),
  ]);
  expect(await console.cards()).toEqual([]);

  await worker.tick(invocation);
  expect(await console.channel("twitch")).toBe("RUNNING");
  expect(await console.cards()).toHaveLength(1);
});

it("says that nobody knows how far a call came that AWS makes again, and stops all the same", {
  timeout: 20_000,
}, async () => {
  const { console, worker } = await aStage();
  const said = async () => (await console.messages()).map(({ text }) => text);
  const twice = async (event: object) => {
    for (let count = 0; count < 2; count += 1) await worker.work(event, invocation);
  };
  await twice(typed("start twitch"));
  expect(await said()).toEqual([
    expect.stringContaining("Starting Twitch"),
    expect.stringMatching(/interrupted while .*may or may not have been taken.*stream status/),
  ]);
  await twice(typed("stop twitch"));
  expect((await said()).slice(2).join()).not.toContain("interrupted");
});

it("does one command once, however often it is left", { timeout: 20_000 }, async () => {
  const world = await aStartedWorld();
  const console = consoleDriver(world.url);
  const [one, two] = await Promise.all([openWorker(configOf(world)), openWorker(configOf(world))]);
  const event = typed("start twitch");
  const call = (awsRequestId: string) => ({ ...invocation, awsRequestId });
  await Promise.all([one.work(event, call("one")), two.work(event, call("two"))]);
  await one.work(event, call("three"));
  expect((await console.messages()).map(({ text }) => text)).toEqual([
    expect.stringContaining("Starting Twitch"),
  ]);
});
