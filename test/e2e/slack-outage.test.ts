import { describe, expect, it, vi } from "vitest";
import { endLease } from "../support/destination-row.ts";
import { aTakenPort } from "../support/ports.ts";
import { aProduct } from "../support/product.ts";
import { flowOf } from "../support/the-flow.ts";
import { aWorldForBots } from "../support/world-and-bot.ts";

const slow = { timeout: 60_000 };
const patient = { timeout: 20_000, interval: 50 };

const inOrder = (...lines: string[]) => lines.map((line) => expect.stringContaining(line));

describe("while Slack is out of reach", slow, () => {
  it("the show goes on and ends as it was asked to, and the card catches up", async () => {
    await using product = await aProduct();
    const { console, world } = product;
    const outage = (on: boolean) => console.post("/world/slack/outage", { on });
    const isIn = (platform: string, state: string) =>
      console.until(async () => expect(await console.channel(platform)).toBe(state));

    for (const name of ["twitch", "youtube", "primary"]) {
      await console.type(`/stream start ${name}`);
      await isIn(name, "RUNNING");
    }
    await console.until(async () => {
      expect((await console.card())?.text).toContain("On air · 3 of 5");
    });
    const before = await console.card();
    await outage(true);
    await console.until(async () => expect((await console.state()).bot.connected).toBe(false));

    await console.post("/world/source", { connected: false });
    const youtube = world.world.data.channels["4710002"];
    await console.post(`/world/channels/${youtube?.id}/stop`, {});
    await isIn("youtube", "IDLE");
    await endLease(world.url, "Twitch");
    await product.tick();
    await isIn("twitch", "IDLE");
    expect(await console.channel("primary")).toBe("RUNNING");
    expect(flowOf(world.world.data).status).toBe("ACTIVE");
    expect(await console.card()).toEqual(before);

    await outage(false);
    await console.until(async () => {
      const card = await console.card();
      expect(card?.text).toContain("Twitch: off");
      expect(card?.text).toContain("YouTube:");
      expect(card?.text).toContain("Primary: not on air");
    }, 20_000);
    await console.until(async () => {
      // The minute in which the source's loss is noticed may not have been the one above.
      await product.tick();
      const everything = await console.story(before?.ts ?? "");
      const story = everything.filter((line) =>
        /started|is running|stopped|went off|is off/.test(line),
      );
      expect(everything.join()).toContain("No source");
      const about = (name: string) => story.filter((line) => line.includes(name));
      expect(about("Twitch")).toEqual(
        inOrder("Ana started", "is running", "patchbay stopped", "is off"),
      );
      expect(about("YouTube")).toEqual(inOrder("Ana started", "is running", "went off"));
      expect(about("Primary")).toEqual(inOrder("Ana started", "is running"));
      expect(story).toHaveLength(9);
    }, 20_000);
    expect((await console.cards()).map(({ ts }) => ts)).toEqual([before?.ts]);
    // Messages are caught up as soon as Slack answers; commands come when the socket is there again.
    await console.until(
      async () => expect((await console.state()).bot.connected).toBe(true),
      20_000,
    );
    await console.type("/stream stop primary");
    await isIn("primary", "IDLE");
  });
});

describe("a bot that starts while Slack is out of reach", slow, () => {
  it("takes care of the show at once, and of people when Slack is back", async () => {
    const { world, console, startBot } = await aWorldForBots(30);
    const first = startBot();
    await first.apiUrl();
    await console.type("/stream start twitch");
    await console.until(async () => expect((await console.card())?.text).toContain("on air"));
    await first.kill("SIGKILL");

    await console.post("/world/slack/outage", { on: true });
    await endLease(world.url, "Twitch");
    const { port, free } = await aTakenPort();
    await free();
    const second = startBot({ PORT: String(port) });
    const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), 20_000);
    expect(await health()).toBe(503);

    await console.post("/world/slack/outage", { on: false });
    await vi.waitFor(async () => expect(await health()).toBe(200), patient);
    await console.until(async () => {
      const [card, ...others] = await console.cards();
      expect(others).toEqual([]);
      expect(card?.text).toContain("Twitch: off");
      expect(await console.story(card?.ts ?? "")).toEqual(
        inOrder("Ana started", "is running", "patchbay stopped", "is off"),
      );
    });
    expect(await second.kill("SIGTERM")).toMatchObject({ code: 0 });
  });

  it("ends with 0 when it is asked to before Slack is back", async () => {
    const { console, startBot } = await aWorldForBots();
    await console.post("/world/slack/outage", { on: true });
    const bot = startBot();
    await bot.says("slack-unreachable");
    const asked = performance.now();
    expect(await bot.kill("SIGINT")).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(2_000);
  });
});
