import { expect, it, vi } from "vitest";
import { consoleDriver } from "../support/console-driver.ts";
import { aTakenPort } from "../support/ports.ts";
import { aHome, aProgram, deploying } from "../support/program.ts";

const patient = { timeout: 20_000, interval: 50 };

/** A port for both halves that nobody else has. */
async function aWorldPort(): Promise<string> {
  const { port, free } = await aTakenPort();
  await free();
  return String(port);
}

it("runs as two halves, the bot first, and outlives a new start of the world", {
  timeout: 60_000,
}, async () => {
  const home = await aHome();
  const environment = { LOCAL_PORT: await aWorldPort() };
  const bot = aProgram({ run: "start bot", home, environment });
  await bot.says("Waiting for the local world");

  const world = aProgram({ run: "start world", home, environment });
  const url = await world.consoleUrl();
  const console = consoleDriver(url);
  await bot.apiUrl();
  await console.type("/stream start twitch");
  await console.until(async () => expect(await console.channel("twitch")).toBe("RUNNING"));
  await console.until(async () => expect((await console.card())?.text).toContain("on air"));
  expect(await world.kill("SIGTERM")).toMatchObject({
    code: 0,
    lines: [...deploying, `Console  ${url}`],
  });

  const again = aProgram({ run: "start world", home, environment });
  await again.consoleUrl();
  await vi.waitFor(async () => {
    expect((await console.state()).bot.connected).toBe(true);
  }, patient);
  await console.type("/stream stop twitch");
  await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"));
  await console.until(async () => {
    const [card, ...others] = await console.cards();
    expect(others).toEqual([]);
    expect(card?.text).toContain("Twitch: off");
    expect(await console.story(card?.ts ?? "")).toEqual([
      expect.stringContaining("Ana started Twitch"),
      expect.stringContaining("Twitch is running"),
      expect.stringContaining("Ana stopped Twitch"),
      expect.stringContaining("Twitch is off"),
    ]);
  }, 20_000);
  expect(await bot.kill("SIGTERM")).toMatchObject({ code: 0 });
  expect(bot.lines().filter((line) => line.startsWith("Waiting"))).toHaveLength(1);
});

it("ends with 0 while the bot waits for its world", { timeout: 20_000 }, async () => {
  const environment = { LOCAL_PORT: await aWorldPort() };
  const bot = aProgram({ run: "start bot", home: await aHome(), environment });
  await bot.says("Waiting for the local world");
  expect(await bot.kill("SIGINT")).toMatchObject({ code: 0, lines: { length: 1 } });
});
