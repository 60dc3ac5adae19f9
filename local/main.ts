import { access } from "node:fs/promises";
import { join } from "node:path";
import { createLocalAws, type LocalAws } from "./aws/aws.ts";
import { emptyWorld, localRegion, seedWorld } from "./aws/seed.ts";
import { createClock, type WorldClock } from "./clock.ts";
import { controlRoutes, type MediaView, toConsoleWorld } from "./control.ts";
import { localEnvironment } from "./environment.ts";
import { hlsFiles } from "./hls.ts";
import { createMedia } from "./media/media.ts";
import { keepWorld, loadWorld } from "./saved-world.ts";
import { listen } from "./server.ts";
import { createLocalSlack } from "./slack/slack.ts";
import { createWorld, type World } from "./world.ts";

export type WorldOptions = {
  /** 0 takes a free port. */
  port: number;
  /** Folder of what survives a restart; null keeps everything in memory. */
  home: string | null;
  /** True for a new world in which nothing was made yet; a site is there if absent. */
  beginsEmpty?: boolean;
  /** How long channels and the flow take to start, stop and update. */
  stepMs: number;
  /** How long a minute takes while the clock jumps; 250 ms if absent. */
  clockPaceMs?: number;
  srtPort: number;
  rtmpPort: number;
  /** False leaves real media out even where the programs are installed. */
  media: boolean;
  log: (line: string) => void;
};

export type LocalWorld = {
  url: string;
  port: number;
  world: World;
  /** What the bot needs in its environment to talk to this world. */
  environment: Record<string, string>;
  /** What has been asked of AWS so far, and by which access key. */
  asked: LocalAws["asked"];
  /** For a bot in this process: its clock follows this world's. */
  followClock: WorldClock["follow"];
  close(): Promise<void>;
};

/**
 * Starts the whole outside world on one loopback port: AWS, Slack with its console, and real media where the programs
 * are installed. Rejects with one clear sentence when a port is taken or saved data is damaged.
 */
export async function startWorld(options: WorldOptions): Promise<LocalWorld> {
  const server = await listen(options.port);
  const opened: (() => Promise<void>)[] = [server.close];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    return { ...(await fill(options, server, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Server = Awaited<ReturnType<typeof listen>>;

/** Opens every part behind the port; each that is open is on the list of what to close, newest last. */
async function fill(options: WorldOptions, server: Server, opened: (() => Promise<void>)[]) {
  const { home, stepMs, clockPaceMs, beginsEmpty = false } = options;
  const now = () => Date.now();
  const saved = home === null ? null : await loadWorld(home);
  const isEmpty = beginsEmpty && (home === null || (await isNew(home)));
  const data = saved ?? (isEmpty ? emptyWorld : seedWorld)(now());
  const world = createWorld(data, now);
  if (home !== null) opened.push(keepWorld(world, home).close);

  const media = await openMedia(options, world);
  opened.push(media.close);
  const srtPort = media.srt === null ? options.srtPort : Number(new URL(media.srt).port);
  const aws = await createLocalAws({ world, home, stepMs, region: localRegion, srtPort });
  opened.push(aws.close);
  const slack = await createLocalSlack({
    ...{ world, home, now },
    origin: () => server.url,
    worldView: () => toConsoleWorld(world, media),
  });
  opened.push(slack.close);
  const clock = createClock(world, clockPaceMs);
  opened.push(() => Promise.resolve(clock.close()));
  clock.follow(aws.functions.settled);

  server.open({ aws, slack, control: controlRoutes(world, aws, clock), hls: media.hls });
  opened.push(server.shut);
  return {
    url: server.url,
    port: server.port,
    world,
    environment: localEnvironment(server.port),
    asked: aws.asked,
    followClock: clock.follow,
  };
}

/** A world in which nothing ever happened was never saved; but if it has tables and no stacks, it began with its site. */
async function isNew(home: string): Promise<boolean> {
  const has = (name: string) =>
    access(join(home, name)).then(
      () => true,
      () => false,
    );
  return !(await has("dynamodb")) || (await has("stacks.json"));
}

type OpenMedia = MediaView & {
  hls: ReturnType<typeof hlsFiles> | { fetch(): Response };
  close(): Promise<void>;
};

async function openMedia(options: WorldOptions, world: World): Promise<OpenMedia> {
  if (!options.media) return noMedia;
  const { home, srtPort, rtmpPort, log } = options;
  const media = await createMedia({ world, home, srtPort, rtmpPort, log });
  return { ...media, hls: hlsFiles(media.hlsFolder) };
}

const noMedia: OpenMedia = {
  installed: false,
  note: "Real media is switched off: the source is a switch here.",
  srt: null,
  watch: () => null,
  hls: { fetch: () => new Response("no media here", { status: 404 }) },
  close: () => Promise.resolve(),
};
