import { describe, expect, it } from "vitest";
import { wordsOf } from "../support/console-driver.ts";
import { aProduct } from "../support/product.ts";
import { aWorldForBots } from "../support/world-and-bot.ts";

type Console = Awaited<ReturnType<typeof aProduct>>["console"];

/** On a busy machine every minute takes its time. */
const patience = 60_000;

const forward = (console: Console, forwardMinutes: number) =>
  console.post("/world/clock", { forwardMinutes });

describe("an evening in a minute", { timeout: 150_000 }, () => {
  it("stops a destination at the end of its lease, long before anybody has waited for it", async () => {
    await using product = await aProduct();
    const { console, world } = product;
    await console.type("/stream start twitch for 30m");
    await console.until(async () => expect((await console.card())?.text).toContain("on air"));
    expect(await forward(console, 25)).toEqual({ ok: true });
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
    expect(await console.channel("twitch")).toBe("RUNNING");

    await forward(console, 15);
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), patience);
    await console.until(async () => {
      const card = await console.card();
      expect(card?.text).toContain("Twitch: off");
      const story = (await console.story(card?.ts ?? "")).join("\n");
      expect(story).toContain("its time was over");
    });
    const card = await console.card();
    expect(card && wordsOf(card)).toMatch(/Ended after 3[0-2] min/);
  });

  it("finds a bot in a process of its own there all the while", async () => {
    const { world, console, startBot } = await aWorldForBots();
    await startBot().apiUrl();
    await console.type("/stream start twitch for 20m");
    await console.until(
      async () => expect(await console.channel("twitch")).toBe("RUNNING"),
      patience,
    );
    await forward(console, 26);
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
    await console.until(async () => {
      const card = await console.card();
      expect(card?.text).toContain("Twitch: off");
      const story = (await console.story(card?.ts ?? "")).join("\n");
      expect(story).toContain("its time was over");
      expect(story).not.toContain("switch");
    }, patience);
    expect((await console.messages()).map(wordsOf).join("\n")).not.toContain("was away");
  });

  it("is followed by a bot in a process of its own, also by one that starts later", async () => {
    const { world, console, startBot } = await aWorldForBots();
    const bot = startBot();
    await bot.apiUrl();
    await console.type("/stream start twitch for 30m");
    await console.until(async () => expect(await console.channel("twitch")).toBe("RUNNING"));
    await forward(console, 10);
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
    await bot.kill("SIGKILL");
    expect(await console.channel("twitch")).toBe("RUNNING");
    await forward(console, 25);
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
    const later = startBot();
    await later.apiUrl();
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), patience);
    // It also says that it was away, before or after the card is brought up to date.
    await console.until(async () => {
      const said = (await console.cards()).map(({ text }) => text);
      expect(said).toContainEqual(expect.stringContaining("Twitch: off"));
    });
  });
});
