import { expect, it } from "vitest";
import { aWorldForBots } from "../support/world-and-bot.ts";

const patience = 60_000;

it("stops a channel although the bot was killed, and the next bot tells how it was", {
  timeout: 180_000,
}, async () => {
  const { world, console, startBot, times } = await aWorldForBots();
  const jump = async (forwardMinutes: number) => {
    await console.post("/world/clock", { forwardMinutes });
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
  };
  const bot = startBot();
  await bot.apiUrl();
  await console.type("/stream start twitch for 30m");
  await console.until(
    async () => expect(await console.channel("twitch")).toBe("RUNNING"),
    patience,
  );
  await bot.kill("SIGKILL");

  await jump(29);
  expect(await console.channel("twitch")).toBe("RUNNING");
  await jump(8);
  await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), patience);

  await jump(60);
  await startBot().apiUrl();
  await console.until(async () => {
    const card = await console.card();
    const story = (await console.story(card?.ts ?? "")).join("\n");
    expect(story).toContain("its time was over while patchbay was away, so the switch in AWS");
    expect(story).not.toContain("patchbay stopped Twitch");
    expect(card?.text).toContain("Twitch: off");
  }, patience);
  expect([times("twitch", "STARTING"), times("twitch", "STOPPING")]).toEqual([1, 1]);
});
