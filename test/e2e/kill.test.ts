import { setTimeout as after } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ConsoleDriver } from "../support/console-driver.ts";
import type { Program } from "../support/program.ts";
import { aWorldForBots } from "../support/world-and-bot.ts";

/** Milliseconds from the command to the kill. */
const moments = [0, 40, 120, 350];

type Show = Awaited<ReturnType<typeof aWorldForBots>> & { bot: Program };

const cardSays = (console: ConsoleDriver, words: string) =>
  console.until(async () => expect((await console.card())?.text).toContain(words), 20_000);

/** Types, kills the bot that long after, starts it again, and types once more if nobody had been answered. */
async function typeAndKill(show: Show, command: { text: string; by: string; killAfterMs: number }) {
  const { console } = show;
  const { text, by, killAfterMs } = command;
  const answered = (await console.answer(by))?.ts;
  // Slack waits three seconds for a bot that is gone; nobody else does.
  const typed = console.type(text, by);
  await after(killAfterMs);
  await show.bot.kill("SIGKILL");
  show.bot = show.startBot();
  await show.bot.apiUrl();
  if ((await console.answer(by))?.ts === answered) await console.type(text, by);
  return { typed };
}

it("converges after a kill -9 at any moment of a start and of a stop", {
  timeout: 120_000,
}, async () => {
  const world = await aWorldForBots();
  const { console, times } = world;
  const show: Show = { ...world, bot: world.startBot() };
  await show.bot.apiUrl();
  await console.type("/stream start primary", "Ada");
  await cardSays(console, "Primary: on air");

  for (const killAfterMs of moments) {
    const start = await typeAndKill(show, { text: "/stream start twitch", by: "Ana", killAfterMs });
    await cardSays(console, "Twitch: on air");
    expect(await console.channel("twitch")).toBe("RUNNING");
    const stop = await typeAndKill(show, { text: "/stream stop twitch", by: "Ben", killAfterMs });
    await cardSays(console, "Twitch: off");
    expect(await console.channel("twitch")).toBe("IDLE");
    await Promise.all([start.typed, stop.typed]);
  }

  const [card, ...others] = await console.cards();
  expect(others).toEqual([]);
  const cycle = ["Ana started Twitch", "Twitch is running", "Ben stopped Twitch", "Twitch is off"];
  const story = ["Ada started Primary", "Primary is running", ...moments.flatMap(() => cycle)];
  await console.until(async () => {
    expect(await console.story(card?.ts ?? "")).toEqual(
      story.map((line) => expect.stringContaining(line)),
    );
  }, 30_000);
  expect([times("twitch", "STARTING"), times("twitch", "STOPPING")]).toEqual([
    moments.length,
    moments.length,
  ]);
  expect([times("primary", "STARTING"), times("primary", "STOPPING")]).toEqual([1, 0]);
  for (const other of ["youtube", "linkedin", "custom"]) expect(times(other, "STARTING")).toBe(0);
});
