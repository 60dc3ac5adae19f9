import { expect, it, onTestFinished } from "vitest";
import { type LocalWorld, startWorld } from "../../local/main.ts";
import { tokens } from "../../local/slack/people.ts";
import { verifySlack } from "../../src/bot/verify-slack.ts";
import { parseConfig } from "../../src/config.ts";
import { Secret } from "../../src/domain/secret.ts";
import { openSlackDoor } from "../../src/lambda/doors.ts";
import { readHttpEvent } from "../../src/lambda/http-event.ts";
import { openWorker } from "../../src/lambda/worker.ts";
import { consoleDriver } from "../support/console-driver.ts";
import {
  commandBody,
  eventsOf,
  functionEnvironment,
  stubAwsEnvironment,
} from "../support/functions.ts";

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

/** Slack's door on a world, and what it answers a command with. */
async function aDoor(world: LocalWorld) {
  const door = await openSlackDoor(configOf(world));
  return async (text: string) => {
    const request = readHttpEvent(eventsOf(commandBody(text), Date.now()).functionUrl);
    const verdict = request && verifySlack(request, new Secret(tokens.signing), new Date());
    if (!verdict?.accepted) throw new Error("The request is not accepted.");
    return (await door(verdict)).body;
  };
}

it("writes the wish and leaves it to the worker to act and to say so", {
  timeout: 20_000,
}, async () => {
  const world = await aLocalWorld();
  const console = consoleDriver(world.url);
  const type = await aDoor(world);
  expect(await type("start twitch")).toContain("Starting Twitch");
  expect(await type("sync")).toContain("What is not as people asked is put right within a minute.");
  expect(world.world.data.flow?.status).toBe("STANDBY");
  for (const { state } of Object.values(world.world.data.channels)) expect(state).toBe("IDLE");
  expect(world.asked().filter(({ operation }) => /^(Start|Stop|Update)/.test(operation))).toEqual([
    expect.objectContaining({ operation: "UpdateItem" }),
  ]);
  expect(await console.messages()).toEqual([]);

  const worker = await openWorker(configOf(world));
  await worker.tick(invocation);
  expect(await console.channel("twitch")).toBe("RUNNING");
  expect(await console.cards()).toHaveLength(1);
  expect(await type("sync")).toContain("Looked at AWS");
});
