import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { createMedia } from "../../../local/media/media.ts";
import { aLocalWorld } from "../../support/local-world.ts";
import { describeMedia, mediaPrograms } from "../../support/media.ts";

const options = { home: null, srtPort: 0, rtmpPort: 0, log: () => {} };

it("leaves the source to the switch when the programs are missing", async () => {
  const world = aLocalWorld("twitch");
  const programs = { ffmpeg: "no-such-ffmpeg", srtLiveTransmit: "no-such-srt" };
  const media = await createMedia({ ...options, world, programs });
  onTestFinished(() => media.close());
  expect(media).toMatchObject({ installed: false, srt: null });
  expect(media.note).toBe(
    "No real media, because ffmpeg and srt-live-transmit are missing (apt-get install ffmpeg srt-tools): the source is a switch here.",
  );
  expect(media.watch("twitch")).toBeNull();
  expect(world.data.source.by).toBe("switch");
});

it("removes segments that an earlier run left", async () => {
  const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  onTestFinished(() => rm(home, { recursive: true }));
  await mkdir(join(home, "hls", "primary"), { recursive: true });
  await writeFile(join(home, "hls", "primary", "index.m3u8"), "#EXTM3U\n");
  const programs = { ffmpeg: "no-such-ffmpeg", srtLiveTransmit: "no-such-srt" };
  const media = await createMedia({ ...options, home, world: aLocalWorld(), programs });
  expect(media.hlsFolder).toBe(join(home, "hls"));
  expect(existsSync(join(home, "hls", "primary"))).toBe(false);
  await media.close();
});

it.each([
  [[], "The feed needs ffmpeg and srt-live-transmit: apt-get install ffmpeg srt-tools"],
  [["--port", "0"], "Usage: npm run feed -- --port 9998 (a number from 1 to 65535)"],
  [["--port"], "Usage: npm run feed -- --port 9998 (a number from 1 to 65535)"],
  [["faster"], "Usage: npm run feed -- --port 9998 (a number from 1 to 65535)"],
])("ends the feed %j with one clear line", async (args, line) => {
  const file = fileURLToPath(new URL("../../../local/media/feed.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    env: { PATH: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [[code], output] = await Promise.all([once(child, "exit"), text(child.stdout)]);
  expect([code, output]).toEqual([1, `${line}\n`]);
});

describeMedia("real media on a taken port", () => {
  it("names the port of the SRT listener and its variable", async () => {
    const taken = createSocket("udp4");
    taken.bind(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const srtPort = taken.address().port;
    await expect(createMedia({ ...options, world: aLocalWorld(), srtPort })).rejects.toThrow(
      `UDP port ${srtPort} of the local SRT listener is in use: end the other program or set LOCAL_SRT_PORT.`,
    );
    expect(await mediaPrograms()).toEqual([]);
  });

  it("names the port of the RTMP receiver and its variable", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const rtmpPort = typeof address === "object" && address ? address.port : 0;
    await expect(createMedia({ ...options, world: aLocalWorld(), rtmpPort })).rejects.toThrow(
      `TCP port ${rtmpPort} of the local RTMP receiver is in use: end the other program or set LOCAL_RTMP_PORT.`,
    );
    expect(await mediaPrograms()).toEqual([]);
  });
});
