import { mkdir } from "node:fs/promises";
import { localEnvironment, startWorld } from "../local/main.ts";
import {
  type Config,
  type Environment,
  hasRealAws,
  hasRealSlack,
  parseConfig,
  processEnvironment,
  slackConfig,
} from "./config.ts";
import { type Elsewhere, startDaemon } from "./daemon.ts";
import { type Closable, runUntilSignal } from "./door.ts";
import { OpsError } from "./errors.ts";
import { say } from "./log.ts";

type Half = "all" | "world" | "bot";

/** `npm start`: the local world for whatever is not configured as real, then the bot; `world` or `bot` is one half. */
await runUntilSignal(async () => {
  const half = halfFrom(process.argv[2]);
  const environment = processEnvironment();
  const config = parseConfig(environment);
  const needsWorld = half !== "bot" && !(hasRealAws(config) && hasRealSlack(config));
  const world = needsWorld || half === "world" ? await openWorld(config) : null;
  if (half === "world") return world ?? { close: () => Promise.resolve() };
  const bot = await openBot(environment, config, world?.port ?? config.LOCAL_PORT).catch(
    async (error: unknown) => {
      await world?.close();
      throw error;
    },
  );
  if (world !== null) say("Try: /stream start twitch");
  return both(bot, world);
});

function halfFrom(word: string | undefined): Half {
  if (word === undefined) return "all";
  if (word === "world" || word === "bot") return word;
  throw new OpsError(
    "invalid-input",
    `There is no half called ${word}; say world, bot or nothing.`,
  );
}

async function openWorld(config: Config) {
  await mkdir(config.PATCHBAY_HOME, { recursive: true });
  const world = await startWorld({
    port: config.LOCAL_PORT,
    home: config.PATCHBAY_HOME,
    stepMs: config.LOCAL_STEP_MS,
    srtPort: config.LOCAL_SRT_PORT,
    rtmpPort: config.LOCAL_RTMP_PORT,
    media: config.LOCAL_MEDIA === "auto",
    log: say,
  });
  say(`Console  ${world.url}`);
  return world;
}

async function openBot(environment: Environment, real: Config, worldPort: number) {
  const local = localEnvironment(worldPort);
  const realSlack = hasRealSlack(real);
  const elsewhere: Elsewhere = {};
  if (!hasRealAws(real)) elsewhere.aws = awsIn(local);
  if (!realSlack && local.SLACK_API_URL) elsewhere.slackApiUrl = local.SLACK_API_URL;
  const filled = parseConfig({ ...standIns(local, real), ...given(environment) });
  const daemon = await startDaemon(filled, slackConfig(filled), elsewhere);
  say(`API      ${daemon.url}`);
  return daemon;
}

function given(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}

/** The local world's own values, for the halves that are not configured as real. */
function standIns(local: Environment, real: Config): Environment {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const slack = hasRealSlack(real)
    ? {}
    : only(local, ["SLACK_", "PATCHBAY_OPERATORS", "PATCHBAY_ADMINS"]);
  const aws = hasRealAws(real) ? {} : only(local, ["PATCHBAY_STACKS"]);
  return { PATCHBAY_ZONE: zone, PATCHBAY_POLL_MS: "400", PATCHBAY_LOG: "warn", ...slack, ...aws };
}

function only(environment: Environment, starts: readonly string[]): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => starts.some((start) => name.startsWith(start))),
  );
}

function awsIn(local: Environment): NonNullable<Elsewhere["aws"]> {
  return {
    endpoint: local.AWS_ENDPOINT_URL ?? "",
    region: local.AWS_REGION ?? "us-west-2",
    figuresCacheMs: 500,
    credentials: {
      accessKeyId: local.AWS_ACCESS_KEY_ID ?? "local",
      secretAccessKey: local.AWS_SECRET_ACCESS_KEY ?? "local",
    },
  };
}

function both(bot: Closable, world: Closable | null): Closable {
  return {
    async close() {
      await bot.close();
      await world?.close();
    },
  };
}
