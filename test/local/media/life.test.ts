import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { startFeed } from "../../../local/media/feed.ts";
import { createMedia, type Media } from "../../../local/media/media.ts";
import { freeUdpPort } from "../../../local/media/ports.ts";
import { aLocalWorld, setState } from "../../support/local-world.ts";
import { describeMedia, isAlive, mediaPrograms } from "../../support/media.ts";
import { flowOf } from "../../support/the-flow.ts";

const patient = { timeout: 15_000, interval: 50 };
const feedFile = fileURLToPath(new URL("../../../local/media/feed.ts", import.meta.url));
const childFile = fileURLToPath(new URL("./media-child.ts", import.meta.url));

async function aMedia() {
  const world = aLocalWorld("twitch");
  const media = await createMedia({ world, home: null, srtPort: 0, rtmpPort: 0, log: () => {} });
  return { world, media };
}

const portOf = (media: Media) => Number(new URL(media.srt ?? "").port);

/** `npm run feed` as a person starts it; resolves with its first line. */
async function runFeedCommand(port: number) {
  const child = spawn(process.execPath, ["--import", "tsx", feedFile, "--port", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return { child, lines };
}

describeMedia("real media as feeds and processes come and go", () => {
  it("loses the source within 2 s and finds it again", { timeout: 30_000 }, async () => {
    const { world, media } = await aMedia();
    onTestFinished(() => media.close());
    setState(world, "twitch", "RUNNING");
    expect(world.data.outputs.twitch?.detail).toBe("waiting for the source");

    const { child, lines } = await runFeedCommand(portOf(media));
    await vi.waitFor(() => expect(world.data.outputs.twitch?.status).toBe("sending"), patient);
    expect(lines).toEqual([`Sending the test picture to ${media.srt}. Ctrl-C ends it.`]);

    const stoppedAt = Date.now();
    const exited = once(child, "exit");
    child.kill("SIGINT");
    await vi.waitFor(() => expect(world.data.source.connected).toBe(false), {
      timeout: 3_000,
      interval: 20,
    });
    expect(world.data.source.changedAt - stoppedAt).toBeLessThan(2_000);
    expect(world.data.source.bitrateBps).toBeNull();
    expect(await exited).toEqual([0, null]);
    expect(world.data.outputs.twitch?.detail).toBe("waiting for the source");

    const again = startFeed(portOf(media), () => {});
    onTestFinished(() => again.stop());
    await vi.waitFor(() => expect(world.data.source.connected).toBe(true), patient);
    await vi.waitFor(() => expect(world.data.outputs.twitch?.status).toBe("sending"), patient);
  });

  it("loses a source whose sender is killed within 2 s", { timeout: 30_000 }, async () => {
    const { world, media } = await aMedia();
    onTestFinished(() => media.close());
    const feed = startFeed(portOf(media), () => {});
    await vi.waitFor(() => expect(world.data.source.connected).toBe(true), patient);
    const sender = (await mediaPrograms()).find(({ command }) => command.startsWith("ffmpeg"));
    const killedAt = Date.now();
    process.kill(sender?.pid ?? Number.NaN, "SIGKILL");
    await feed.stop();
    await vi.waitFor(() => expect(world.data.source.connected).toBe(false), patient);
    expect(world.data.source.changedAt - killedAt).toBeLessThan(2_000);
  });

  it("passes nothing on while the flow is not active", { timeout: 30_000 }, async () => {
    const { world, media } = await aMedia();
    onTestFinished(() => media.close());
    const feed = startFeed(portOf(media), () => {});
    onTestFinished(() => feed.stop());
    world.change((data) => {
      flowOf(data).status = "STANDBY";
    });
    setState(world, "twitch", "RUNNING");
    await vi.waitFor(() => expect(world.data.source.connected).toBe(true), patient);
    expect(world.data.outputs.twitch?.detail).toBe("waiting for the flow");
    expect(media.watch("twitch")).toBeNull();
    world.change((data) => {
      flowOf(data).status = "UPDATING";
    });
    await vi.waitFor(() => expect(world.data.outputs.twitch?.status).toBe("sending"), patient);
  });

  it("leaves no process when it is closed", { timeout: 30_000 }, async () => {
    const { world, media } = await aMedia();
    const feed = startFeed(portOf(media), () => {});
    setState(world, "twitch", "RUNNING");
    await vi.waitFor(() => expect(world.data.outputs.twitch?.status).toBe("sending"), patient);
    const before = await mediaPrograms();
    expect(before.filter(({ command }) => !command.startsWith("sh "))).toHaveLength(3);
    await Promise.all([feed.stop(), media.close()]);
    for (const { pid } of before) expect(await isAlive(pid)).toBe(false);
    expect(world.data.outputs).toEqual({});
  });

  it("leaves no orphan when it is killed with kill -9", { timeout: 30_000 }, async () => {
    const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
    onTestFinished(() => rm(home, { recursive: true }));
    const child = spawn(process.execPath, ["--import", "tsx", childFile, home], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    expect(line).toBe("sending");
    const programs = await mediaPrograms(child.pid);
    expect(programs.filter(({ command }) => !command.startsWith("sh "))).toHaveLength(3);
    child.kill("SIGKILL");
    await vi.waitFor(async () => {
      for (const { pid } of programs) expect(await isAlive(pid)).toBe(false);
    }, patient);
  });

  it("keeps calling when nobody answers, and says it once", { timeout: 20_000 }, async () => {
    const port = await freeUdpPort();
    const lines: string[] = [];
    const feed = startFeed(port, (line) => lines.push(line));
    await vi.waitFor(() => expect(lines).toHaveLength(1), patient);
    await feed.stop();
    expect(lines[0]).toBe(
      `Nobody answers at srt://127.0.0.1:${port} (is the local world running?); trying again.`,
    );
  });
});
