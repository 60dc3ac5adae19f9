import { expect, it, onTestFinished } from "vitest";
import { type LocalWorld, startWorld } from "../../local/main.ts";
import { tokens } from "../../local/slack/people.ts";
import { parseConfig } from "../../src/config.ts";
import { Secret } from "../../src/domain/secret.ts";
import { seal } from "../../src/lambda/sealed.ts";
import { openWorker } from "../../src/lambda/worker.ts";
import { consoleDriver } from "../support/console-driver.ts";
import { commandBody, functionEnvironment, stubAwsEnvironment } from "../support/functions.ts";

const invocation = { getRemainingTimeInMillis: () => 40_000 };

async function aLocalWorld(): Promise<LocalWorld> {
  const world = await startWorld({
    ...{ port: 0, home: null, stepMs: 10, srtPort: 0, rtmpPort: 0, media: false },
    log: () => {},
  });
  onTestFinished(() => world.close());
  return world;
}

function configOf(world: LocalWorld) {
  const environment = functionEnvironment(world);
  stubAwsEnvironment(environment);
  return parseConfig({ ...environment, PATCHBAY_POLL_MS: "100", PATCHBAY_LOG: "error" });
}

/** What `slack` leaves for `work` when somebody types a command. */
function typed(text: string): object {
  const mediaType = "application/x-www-form-urlencoded";
  const request = { mediaType, key: text, body: commandBody(text) };
  const secret = new Secret(tokens.bot);
  return {
    source: "patchbay.slack",
    sealed: seal(JSON.stringify(request), { secret, once: text }),
  };
}

it("answers a command with its wish, and leaves it to the next call to act and to say so", {
  timeout: 20_000,
}, async () => {
  const world = await aLocalWorld();
  const console = consoleDriver(world.url);
  const worker = await openWorker(configOf(world));
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

it("does one command once, however often it is left", { timeout: 20_000 }, async () => {
  const world = await aLocalWorld();
  const console = consoleDriver(world.url);
  const [one, two] = await Promise.all([openWorker(configOf(world)), openWorker(configOf(world))]);
  const event = typed("start twitch");
  await Promise.all([one.work(event, invocation), two.work(event, invocation)]);
  await one.work(event, invocation);
  expect((await console.messages()).map(({ text }) => text)).toEqual([
    expect.stringContaining("Starting Twitch"),
  ]);
});
