import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../world.ts";
import { createFanOut, type FanOut } from "./fan-out.ts";
import { createOutputs } from "./outputs.ts";
import { freeUdpPort, portError } from "./ports.ts";
import { defaultPrograms, installHint, missingPrograms, type Programs } from "./programs.ts";
import { createRtmpReceiver, type RtmpReceiver } from "./rtmp-receiver.ts";
import { createSourceMeter } from "./source-meter.ts";
import { startSrtListener } from "./srt-listener.ts";

export type MediaOptions = {
  world: World;
  /** Folder of the world's data; null keeps HLS in a temporary folder. */
  home: string | null;
  /** UDP port of the SRT listener; 0 takes a free one. */
  srtPort: number;
  /** TCP port of the RTMP receiver; 0 takes a free one. */
  rtmpPort: number;
  log: (line: string) => void;
  /** Default: the two programs on PATH. */
  programs?: Programs;
};

/** The media half of the local world. */
export type Media = {
  installed: boolean;
  /** One sentence for the console page. */
  note: string;
  /** Where an encoder sends its SRT; null without the programs. */
  srt: string | null;
  /** Where a person can watch the channel now; null while nothing arrives. Never holds a key. */
  watch(channelId: string): string | null;
  /** Folder that is served at /hls. */
  hlsFolder: string;
  close(): Promise<void>;
};

async function emptyHlsFolder(home: string | null): Promise<string> {
  if (home === null) return mkdtemp(join(tmpdir(), "patchbay-hls-"));
  const folder = join(home, "hls");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

function switchOnly(world: World, hlsFolder: string, missing: string[]): Media {
  world.change(({ source }) => {
    Object.assign(source, { by: "switch", rttMs: null, lossPercent: null });
  });
  const what = `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing`;
  return {
    installed: false,
    note: `No real media, because ${what} (${installHint}): the source is a switch here.`,
    srt: null,
    watch: () => null,
    hlsFolder,
    close: () => rm(hlsFolder, { recursive: true, force: true }),
  };
}

type Opened = { srtPort: number; receiver: RtmpReceiver; fanOut: FanOut; hlsFolder: string };

async function open(options: MediaOptions, hlsFolder: string): Promise<Opened> {
  const srtPort = await freeUdpPort(options.srtPort).catch((error: unknown) => {
    throw portError(
      error,
      `UDP port ${options.srtPort} of the local SRT listener`,
      "LOCAL_SRT_PORT",
    );
  });
  const receiver = await createRtmpReceiver(options.rtmpPort);
  return { srtPort, receiver, fanOut: await createFanOut(options.world.now), hlsFolder };
}

function run({ world, log }: MediaOptions, programs: Programs, opened: Opened): Media {
  const { srtPort, receiver, fanOut, hlsFolder } = opened;
  world.change((data) => {
    const unknown = { connected: false, bitrateBps: null, rttMs: null, lossPercent: null };
    data.source = { by: "media", ...unknown, changedAt: world.now() };
    data.outputs = {};
  });
  const meter = createSourceMeter(world, fanOut.packets);
  const listener = startSrtListener({
    program: programs.srtLiveTransmit,
    srtPort,
    outputPort: fanOut.port,
    onReport: meter.report,
    onDisconnect: meter.disconnected,
    onDeath: ({ reason, retryInMs }) =>
      world.log(`The SRT listener ${reason}, trying again in ${retryInMs / 1_000} s.`),
  });
  const outputs = createOutputs(
    world,
    { ffmpeg: programs.ffmpeg, fanOut, receiver, hlsFolder },
    log,
  );
  const srt = `srt://127.0.0.1:${srtPort}`;
  return {
    installed: true,
    note: `Real media: send SRT to ${srt}, for example with npm run feed.`,
    srt,
    watch: outputs.watch,
    hlsFolder,
    close: async () => {
      meter.close();
      await Promise.all([listener.stop(), outputs.close()]);
      fanOut.close();
      await receiver.close();
      await rm(hlsFolder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts real media: an SRT listener, an RTMP receiver, and one ffmpeg for each running channel. Without the programs
 * the source stays a switch. Rejects with one sentence when a port is taken.
 */
export async function createMedia(options: MediaOptions): Promise<Media> {
  const programs = options.programs ?? defaultPrograms;
  const missing = await missingPrograms(programs);
  const hlsFolder = await emptyHlsFolder(options.home);
  if (missing.length > 0) return switchOnly(options.world, hlsFolder, missing);
  try {
    return run(options, programs, await open(options, hlsFolder));
  } catch (error) {
    await rm(hlsFolder, { recursive: true, force: true });
    throw error;
  }
}
