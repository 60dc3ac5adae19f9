import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorld } from "../../local/main.ts";
import { shiftedClock } from "../../src/clock.ts";
import { parseConfig, slackConfig } from "../../src/config.ts";
import { type Daemon, startDaemon } from "../../src/daemon.ts";
import { consoleDriver } from "./console-driver.ts";

/** How fast and how real the world is; everything defaults to fast and without media. */
export type ProductOptions = {
  stepMs?: number;
  media?: boolean;
  /** How long a minute takes while the clock jumps; 10 ms if absent. */
  clockPaceMs?: number;
  environment?: Record<string, string>;
};

/** The whole product in this process: the local world, the bot on it, and a person at the console. */
export async function aProduct(options: ProductOptions = {}) {
  const home = await mkdtemp(join(tmpdir(), "patchbay-"));
  const world = await startWorld({
    port: 0,
    home,
    stepMs: options.stepMs ?? 30,
    clockPaceMs: options.clockPaceMs ?? 10,
    srtPort: 0,
    rtmpPort: 0,
    media: options.media ?? false,
    log: () => {},
  });
  const { environment } = world;
  const config = parseConfig({
    ...environment,
    PORT: "0",
    PATCHBAY_POLL_MS: "100",
    PATCHBAY_LOG: "error",
    ...options.environment,
  });
  const clock = shiftedClock();
  world.followClock(clock.shiftTo);
  const elsewhere = {
    clock,
    aws: {
      endpoint: world.url,
      figuresCacheMs: 0,
      region: environment.AWS_REGION ?? "",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    },
  };
  const startBot = (): Promise<Daemon> => startDaemon(config, slackConfig(config), elsewhere);
  let bot: Daemon | null = await startBot();
  const stopBot = async () => {
    await bot?.close();
    bot = null;
  };
  return {
    home,
    world,
    console: consoleDriver(world.url),
    apiUrl: () => bot?.url ?? "",
    /** What the minute does, now. */
    tick: async () => bot?.tick(),
    stopBot,
    startBot: async () => {
      bot = await startBot();
    },
    async [Symbol.asyncDispose]() {
      await stopBot();
      await world.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
