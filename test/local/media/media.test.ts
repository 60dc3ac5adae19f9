import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startFeed } from "../../../local/media/feed.ts";
import { createMedia, type Media } from "../../../local/media/media.ts";
import type { Supervised } from "../../../local/media/supervised.ts";
import type { World } from "../../../local/world.ts";
import { aLocalWorld, setState } from "../../support/local-world.ts";
import { codecsOf, describeMedia, ffmpegFor, isAlive } from "../../support/media.ts";

const patient = { timeout: 15_000, interval: 100 };

describeMedia("real media while the feed runs", () => {
  let world: World;
  let media: Media;
  let feed: Supervised;
  const lines: string[] = [];

  beforeAll(async () => {
    world = aLocalWorld("primary", "youtube", "twitch", "linkedin", "custom");
    media = await createMedia({
      world,
      home: null,
      srtPort: 0,
      rtmpPort: 0,
      log: (line) => lines.push(line),
    });
    feed = startFeed(Number(new URL(media.srt ?? "").port), (line) => lines.push(line));
    await vi.waitFor(() => expect(world.data.source.connected).toBe(true), patient);
  }, 20_000);

  afterAll(async () => {
    await feed.stop();
    await media.close();
    expect(await ffmpegFor("rtp://")).toBeUndefined();
  }, 20_000);

  const run = (channelId: string) => {
    setState(world, channelId, "RUNNING");
    return vi.waitFor(() => expect(world.data.outputs[channelId]?.status).toBe("sending"), patient);
  };
  const end = (channelId: string) => {
    setState(world, channelId, "STOPPING");
    return vi.waitFor(() => expect(world.data.outputs[channelId]).toBeUndefined(), patient);
  };

  it("measures bitrate, round trip and loss", { timeout: 20_000 }, async () => {
    await vi.waitFor(
      () => expect(world.data.source.bitrateBps).toBeGreaterThan(1_000_000),
      patient,
    );
    const { by, bitrateBps, rttMs, lossPercent } = world.data.source;
    expect(by).toBe("media");
    expect(bitrateBps).toBeLessThan(8_000_000);
    expect(rttMs).toBeGreaterThanOrEqual(0);
    expect(rttMs).toBeLessThan(1_000);
    expect(lossPercent).toBe(0);
  });

  it("pushes a running channel to the local RTMP receiver", { timeout: 30_000 }, async () => {
    await run("twitch");
    const address = media.watch("twitch") ?? "";
    expect(address).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/twitch\/[0-9a-f]{12}$/);
    expect(await codecsOf(address)).toEqual(["aac", "h264"]);
    await end("twitch");
    expect(media.watch("twitch")).toBeNull();
  });

  it("writes the primary as HLS and removes it when it stops", { timeout: 30_000 }, async () => {
    await run("primary");
    expect(media.watch("primary")).toBe("/hls/primary/index.m3u8");
    const folder = join(media.hlsFolder, "primary");
    const playlist = readFileSync(join(folder, "index.m3u8"), "utf8");
    const segment = readdirSync(folder).find((name) => name.endsWith(".ts")) ?? "";
    expect(playlist).toContain(segment);
    expect(await codecsOf(join(folder, segment))).toEqual(["aac", "h264"]);
    await end("primary");
    expect(existsSync(folder)).toBe(false);
  });

  it("stops exactly the stream that is stopped", { timeout: 30_000 }, async () => {
    await Promise.all([run("youtube"), run("linkedin")]);
    const [stopped, other] = await Promise.all([ffmpegFor("/youtube/"), ffmpegFor("/linkedin/")]);
    await end("youtube");
    expect(await isAlive(stopped?.pid ?? 0)).toBe(false);
    expect(await ffmpegFor("/linkedin/")).toEqual(other);
    expect(world.data.outputs.linkedin?.status).toBe("sending");
    expect(await codecsOf(media.watch("linkedin") ?? "")).toEqual(["aac", "h264"]);
    await end("linkedin");
  });

  it("starts a killed ffmpeg again and says so", { timeout: 30_000 }, async () => {
    await run("custom");
    const before = await ffmpegFor("/custom/");
    process.kill(before?.pid ?? Number.NaN, "SIGKILL");
    await vi.waitFor(() => expect(world.data.outputs.custom?.status).toBe("failed"), patient);
    expect(world.data.outputs.custom?.detail).toContain("was killed (signal 9)");
    await run("custom");
    expect((await ffmpegFor("/custom/"))?.pid).not.toBe(before?.pid);
    const texts = world.data.events.map(({ text }) => text);
    expect(texts).toContainEqual(
      "ffmpeg of patchbay-custom was killed (signal 9), trying again in 0.25 s.",
    );
    await end("custom");
  });

  it("never shows a key", { timeout: 30_000 }, async () => {
    setState(world, "twitch", "RUNNING");
    const program = await vi.waitFor(async () => {
      const found = await ffmpegFor("/twitch/");
      if (!found) throw new Error("ffmpeg is not there yet");
      return found;
    }, patient);
    const { events, outputs } = world.data;
    expect(JSON.stringify({ program, events, outputs, lines })).not.toContain("secret-key");
    await end("twitch");
  });
});
