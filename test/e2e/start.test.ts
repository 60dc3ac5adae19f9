import { describe, expect, it, vi } from "vitest";
import type { ConsoleDriver } from "../support/console-driver.ts";
import { consoleDriver } from "../support/console-driver.ts";
import { aTakenPort } from "../support/ports.ts";
import { aHome, aProgram, deploying } from "../support/program.ts";

const slow = { timeout: 40_000 };
const soon = { timeout: 15_000, interval: 10 };

const starts = async (console: ConsoleDriver, name: string) =>
  (await console.state()).world.events.filter(({ text }) => text === `${name} is STARTING`);

describe("npm start", slow, () => {
  it("deploys its world, prints the console, the API and one suggestion, and nothing else", async () => {
    const program = aProgram({ home: await aHome() });
    await program.says("Try:");
    expect(program.lines()).toEqual([
      ...deploying,
      expect.stringMatching(/^Console {2}http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^API {6}http:\/\/127\.0\.0\.1:\d+$/),
      "Try: /stream start twitch",
    ]);
    const page = await fetch(await program.consoleUrl());
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
    const health = await fetch(`${await program.apiUrl()}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: "ok", slack: true });
    expect(await program.kill("SIGINT")).toMatchObject({ code: 0, lines: { length: 6 } });
  });

  it("drains with a show on and the page open, and a second start goes on with it", async () => {
    const home = await aHome();
    const first = aProgram({ home });
    const before = consoleDriver(await first.consoleUrl());
    const pageOpen = await fetch(`${await first.consoleUrl()}/console/events`);
    await before.type("/stream start twitch");
    await before.until(async () => {
      expect((await before.card())?.text).toContain("Twitch: on air");
    });
    const told = ["Ana started Twitch", "Twitch is running"];
    const cardTs = (await before.card())?.ts ?? "";
    await before.until(async () => {
      expect(await before.story(cardTs)).toEqual(told.map((line) => expect.stringContaining(line)));
    });
    await before.post("/world/source", { connected: false });
    const asked = performance.now();
    // What a Ctrl-C under npm looks like; what was changed just before must be kept all the same.
    void first.kill("SIGINT");
    expect(await first.kill("SIGTERM")).toMatchObject({ code: 0, lines: { length: 6 } });
    expect(performance.now() - asked).toBeLessThan(5_000);
    await pageOpen.body?.cancel();

    const second = aProgram({ home });
    const after = consoleDriver(await second.consoleUrl());
    expect(await after.channel("twitch")).toBe("RUNNING");
    expect((await after.state()).world.source.connected).toBe(false);
    await after.until(async () => {
      expect((await after.card())?.text).toContain("Twitch: not on air");
    });
    await after.type("/stream stop twitch", "Ben");
    await after.until(async () => expect(await after.channel("twitch")).toBe("IDLE"));
    await after.until(async () => {
      const story = await after.story(cardTs);
      const wishes = story.filter((line) => /^(Ana|Ben) |^Twitch is /.test(line));
      expect(wishes).toEqual(
        [...told, "Ben stopped Twitch", "Twitch is off"].map((line) =>
          expect.stringContaining(line),
        ),
      );
    }, 20_000);
    expect((await after.cards()).map(({ ts }) => ts)).toEqual([cardTs]);
    expect(await starts(after, "patchbay-local-twitch")).toHaveLength(1);
    expect(await second.kill("SIGTERM")).toMatchObject({ code: 0, lines: { length: 3 } });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("leaves nothing when npm gets a %s", async (signal) => {
    const npm = aProgram({ run: "npm start", home: await aHome() });
    const url = await npm.consoleUrl();
    await npm.says("Try:");
    expect(await npm.kill(signal)).toMatchObject({ code: 0 });
    await expect(fetch(url)).rejects.toThrow();
  });

  it("ends with 0 also while it is still starting", async () => {
    const { port, free } = await aTakenPort();
    await free();
    const program = aProgram({ home: await aHome(), environment: { LOCAL_PORT: String(port) } });
    const answers = () => fetch(`http://127.0.0.1:${port}`).then(() => true);
    await vi.waitFor(answers, soon);
    const asked = performance.now();
    expect(await program.kill("SIGTERM")).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(5_000);
  });

  it("goes on with a deployment that a kill has cut off", async () => {
    const home = await aHome();
    const first = aProgram({ home });
    await first.says("Deploying patchbay-local-channels");
    expect(await first.kill("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
    const second = aProgram({ home });
    const console = consoleDriver(await second.consoleUrl());
    await console.type("/stream start twitch");
    await console.until(async () => expect(await console.channel("twitch")).toBe("RUNNING"));
    expect(await second.kill("SIGTERM")).toMatchObject({ code: 0 });
  });

  it("never uses a real AWS or Slack that it was not given", async () => {
    const program = aProgram({
      home: await aHome(),
      environment: {
        AWS_PROFILE: "production",
        AWS_REGION: "eu-west-1",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        AWS_ENDPOINT_URL_MEDIALIVE: "http://127.0.0.1:1",
        MEDIALIVE_REGION: "eu-west-1",
        DESTINATIONS_TABLE: "production-destinations",
        SLACK_API_URL: "http://127.0.0.1:1/api/",
        SLACK_CONVERSATION_ID: "C0REAL00001",
      },
    });
    const console = consoleDriver(await program.consoleUrl());
    await console.type("/stream start youtube");
    await console.until(async () => expect(await console.channel("youtube")).toBe("RUNNING"));
    expect(await console.cards()).toHaveLength(1);
    expect(program.lines()).toHaveLength(6);
  });
});
