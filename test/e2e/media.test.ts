import { expect, it } from "vitest";
import { startFeed } from "../../local/media/feed.ts";
import { wordsOf } from "../support/console-driver.ts";
import { codecsOf, describeMedia, ffmpegFor, mediaPrograms } from "../support/media.ts";
import { aProduct } from "../support/product.ts";

const patience = 20_000;

describeMedia("the picture's way through the whole product", () => {
  it("arrives where it is wanted, ends where it is not, and is missed when it is lost", {
    timeout: 90_000,
  }, async () => {
    const product = await aProduct({ media: true, stepMs: 100 });
    const { console, world } = product;
    const { srt } = (await console.state()).world.media;
    const feed = startFeed(Number(new URL(srt ?? "").port), () => {});
    try {
      await console.until(async () => {
        const { source } = (await console.state()).world;
        expect(source).toMatchObject({ by: "media", connected: true });
        expect(source.bitrateBps).toBeGreaterThan(1_000_000);
        expect(source.rttMs).toBeGreaterThanOrEqual(0);
        expect(source.lossPercent).toBeLessThan(5);
      }, patience);

      const addressOf = (platform: string) =>
        console.until(async () => {
          const { channels } = (await console.state()).world;
          const channel = channels.find((each) => each.platform === platform);
          expect(channel?.media?.status).toBe("sending");
          return new URL(channel?.watch ?? "", world.url).href;
        }, patience);
      const card = async () => {
        const message = await console.card();
        return message ? wordsOf(message) : "";
      };

      await console.type("/stream start twitch");
      const twitch = await addressOf("twitch");
      expect(twitch).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/twitch\//);
      expect(await codecsOf(twitch)).toEqual(["aac", "h264"]);
      await console.until(async () => expect(await card()).toMatch(/Twitch.*on air for/), patience);
      expect(await card()).toMatch(/connected · \d\.\d Mb\/s · RTT \d+ ms · loss \d\.\d %/);

      await console.type("/stream start primary");
      const primary = await addressOf("primary");
      expect(primary).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hls\//);
      expect(await codecsOf(primary)).toEqual(["aac", "h264"]);

      const { pathname } = new URL(twitch);
      const before = await mediaPrograms();
      const twitchProgram = await ffmpegFor(pathname);
      await console.type("/stream stop twitch");
      await console.until(
        async () => expect(await console.channel("twitch")).toBe("IDLE"),
        patience,
      );
      await console.until(async () => expect(await ffmpegFor(pathname)).toBeUndefined());
      expect(await mediaPrograms()).toEqual(
        before.filter(({ pid, parent }) =>
          [pid, parent].every(
            (each) => each !== twitchProgram?.pid && each !== twitchProgram?.parent,
          ),
        ),
      );
      expect(await codecsOf(primary)).toEqual(["aac", "h264"]);

      const stopped = Date.now();
      await feed.stop();
      await console.until(async () => expect(world.world.data.source.connected).toBe(false));
      expect(world.world.data.source.changedAt - stopped).toBeLessThan(2_000);
      await console.until(async () => {
        expect(await card()).toMatch(/Source[^*]*no signal/);
        expect(await card()).toMatch(/Primary.*not on air: no signal/);
      }, patience);
    } finally {
      await feed.stop();
      await product[Symbol.asyncDispose]();
    }
    expect(await mediaPrograms()).toEqual([]);
  });
});
