import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLambda } from "../../build.ts";
import type { LocalWorld } from "../../local/main.ts";
import { functionsOf } from "../support/called.ts";
import { callersOfWork } from "../support/callers.ts";
import { buttonsOf } from "../support/console-driver.ts";
import { aFunctionProcess } from "../support/function-process.ts";
import { functionEnvironment } from "../support/functions.ts";
import { grantedTo, grantFor, toLine } from "../support/grants.ts";
import { aWorldForBots } from "../support/world-and-bot.ts";

/** On a busy machine five processes take their time. */
const patience = 30_000;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchbay-lambda-"));
  await Promise.all([buildLambda(join(folder, "built")), mkdir(join(folder, "home"))]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The local world here, and the functions in processes of their own, called as serverless.yml says. */
async function theFunctions(stepMs: number) {
  const stage = await aWorldForBots(stepMs);
  const { world, console } = stage;
  const environment = {
    ...functionEnvironment(world),
    PATCHBAY_POLL_MS: "200",
    PATCHBAY_LOG: "error",
  };
  const start = (name: string, file: string) =>
    aFunctionProcess({
      ...{ name, home: join(folder, "home") },
      environment: { ...environment, AWS_ACCESS_KEY_ID: name },
      file: join(folder, "built", file),
    });
  const [slack, work, tick] = await Promise.all([
    start("slack", "lambda.mjs"),
    start("work", "lambda-worker.mjs"),
    start("tick", "lambda-worker.mjs"),
  ]);
  const functions = functionsOf(world.url);
  await functions.register({ name: "work", url: work.invoke, ...callersOfWork() });
  await functions.register({ name: "tick", url: tick.invoke, everyMinute: true });
  const url = `${slack.url}slack/events`;
  expect(await console.post("/world/slack/request-url", { url })).toEqual({ ok: true });
  return { ...stage, functions, work };
}

/** What a function has asked AWS for so far, each by its own access key. */
const usedBy = (name: string, world: LocalWorld) =>
  world
    .asked()
    .filter(({ by }) => by === name)
    .map((asked) => toLine(grantFor(asked)));

describe("the functions, each in a process of its own", { timeout: 120_000 }, () => {
  it("tell the same story as the daemon, from the command to the end of a lease", async () => {
    const { console, times, functions, world } = await theFunctions(100);
    await console.post("/world/source", { connected: true });

    await console.type("/stream start twitch for 30m");
    await console.until(async () =>
      expect((await console.answer())?.text).toContain("Starting Twitch"),
    );
    const card = await console.until(async () => {
      const found = await console.card();
      expect(found?.text).toContain("Twitch: on air");
      return found;
    }, patience);
    expect(await console.channel("twitch")).toBe("RUNNING");

    const stop = card && buttonsOf(card).find(({ label }) => label.startsWith("Stop"));
    expect(stop && (await console.press(stop, "Ben"))).toEqual({ ok: true });
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"));

    await console.type("/stream start youtube for 3m");
    await console.until(async () => expect(await console.channel("youtube")).toBe("RUNNING"));
    await console.post("/world/clock", { forwardMinutes: 6 });
    await console.until(
      async () => expect(await console.channel("youtube")).toBe("IDLE"),
      patience,
    );

    await console.until(async () => {
      const story = (await console.story(card?.ts ?? "")).join("\n");
      expect(story).toMatch(/Ana started Twitch[\s\S]*running[\s\S]*Ben stopped[\s\S]*off/);
      expect(story).toMatch(/Ana started YouTube[\s\S]*running[\s\S]*its time was over/);
    }, patience);
    expect(await console.cards()).toHaveLength(1);
    for (const platform of ["twitch", "youtube"])
      expect([times(platform, "STARTING"), times(platform, "STOPPING")]).toEqual([1, 1]);
    for (const other of ["primary", "linkedin", "custom"]) expect(times(other, "STARTING")).toBe(0);
    expect((await functions.list()).deadLetters).toEqual([]);

    expect(usedBy("slack", world)).toEqual(["lambda:InvokeFunction"]);
    expect(usedBy("work", world)).toContain("medialive:StartChannel");
    expect(usedBy("tick", world)).toContain("medialive:StopChannel");
    const beyond = (name: string, role: string) =>
      usedBy(name, world).filter((line) => !grantedTo(role).includes(line));
    expect([beyond("work", "WorkRole"), beyond("tick", "TickRole")]).toEqual([[], []]);
  });

  it("finish by the next minute what a kill -9 of `work` has broken off", async () => {
    const { console, times, work } = await theFunctions(800);
    await console.post("/world/source", { connected: true });
    await console.type("/stream start twitch");
    await console.until(async () => expect(times("twitch", "STARTING")).toBe(1), patience);
    await work.kill();
    await console.post("/world/clock", { forwardMinutes: 1 });
    await console.until(
      async () => expect((await console.card())?.text).toContain("Twitch: on air"),
      patience,
    );
    expect(await console.channel("twitch")).toBe("RUNNING");
    expect(await console.cards()).toHaveLength(1);
    expect(times("twitch", "STARTING")).toBe(1);
    const [card] = await console.cards();
    await console.until(async () => {
      const story = await console.story(card?.ts ?? "");
      expect(story.filter((line) => line.includes("Twitch is running"))).toHaveLength(1);
    }, patience);
  });
});
