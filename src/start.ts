import { mkdir } from "node:fs/promises";
import { localEnvironment } from "../local/environment.ts";
import { type ShiftedClock, shiftedClock, systemClock } from "./clock.ts";
import {
  type Config,
  type Environment,
  hasRealAws,
  hasRealSlack,
  parseConfig,
  processEnvironment,
  slackConfig,
} from "./config.ts";
import { type Closable, runUntilSignal } from "./door.ts";
import { OpsError } from "./errors.ts";
import { say } from "./log.ts";
import { awsIn, followClock, withStandIns } from "./stand-ins.ts";

type Start = { environment: Environment; config: Config; ending: AbortSignal };

/** `npm start`: the local world for whatever is not configured as real, then the bot; `world` or `bot` is one half. */
await runUntilSignal((ending) => {
  const open = openerFrom(process.argv[2]);
  const environment = processEnvironment();
  const config = parseConfig(environment);
  if (hasRealSlack(config)) slackConfig(config);
  return open({ environment, config, ending });
});

function openerFrom(half: string | undefined): (start: Start) => Promise<Closable> {
  if (half === undefined) return openBoth;
  if (half === "world") return openWorldAlone;
  if (half === "bot") return openBotAlone;
  throw new OpsError(
    "invalid-input",
    `There is no half called ${half}; say world, bot or nothing.`,
  );
}

async function openBoth(start: Start): Promise<Closable> {
  const { PATCHBAY_HOST: host, PORT: port } = start.config;
  await (await import("./server.ts")).requirePort({ host, port });
  const world = isAllReal(start.config) ? null : await openWorld(start);
  const clock = shiftedClock();
  world?.followClock(clock.shiftTo);
  try {
    const bot = await openBot(start, world?.port ?? 0, clock);
    if (!start.ending.aborted) sayWhere(world, bot);
    return { close: () => bot.close().then(() => world?.close()) };
  } catch (error) {
    await world?.close();
    throw error;
  }
}

function sayWhere(world: { url: string } | null, bot: { url: string }): void {
  if (world !== null) say(`Console  ${world.url}`);
  say(`API      ${bot.url}`);
  say(world === null ? "Try: /stream" : "Try: /stream start twitch");
}

async function openWorldAlone(start: Start): Promise<Closable> {
  const world = await openWorld(start);
  say(`Console  ${world.url}`);
  return world;
}

async function openBotAlone(start: Start): Promise<Closable> {
  const { config, ending } = start;
  if (!isAllReal(config)) await worldAnswers(config.LOCAL_PORT, ending);
  const clock = shiftedClock();
  if (!hasRealAws(config)) await followClock(clock, localUrl(config.LOCAL_PORT), ending);
  if (ending.aborted) return { close: () => Promise.resolve() };
  const bot = await openBot(start, config.LOCAL_PORT, clock);
  if (!ending.aborted) say(`API      ${bot.url}`);
  return bot;
}

function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function isAllReal(config: Config): boolean {
  return hasRealAws(config) && hasRealSlack(config);
}

/** Loaded here and not above: a mistake in the environment is told at once, and a half loads only what is its own. */
async function openWorld({ config, ending }: Start) {
  const [{ startWorld }, { provisionLocalSite }] = await Promise.all([
    import("../local/main.ts"),
    import("./local-site.ts"),
  ]);
  const { PATCHBAY_HOME: home } = config;
  await mkdir(home, { recursive: true }).catch((error: unknown) => {
    const message = `The folder ${home} cannot be made; set PATCHBAY_HOME to another one.`;
    throw new OpsError("not-configured", message, { cause: error });
  });
  const world = await startWorld({
    home,
    beginsEmpty: true,
    port: config.LOCAL_PORT,
    stepMs: config.LOCAL_STEP_MS,
    srtPort: config.LOCAL_SRT_PORT,
    rtmpPort: config.LOCAL_RTMP_PORT,
    media: config.LOCAL_MEDIA === "auto",
    log: say,
  });
  try {
    await provisionLocalSite(awsIn(world.environment), ending);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** The halves may be started in any order: the bot says once what it waits for. */
async function worldAnswers(port: number, ending: AbortSignal): Promise<void> {
  const answers = () =>
    fetch(`${localUrl(port)}/console/state`, { signal: ending }).then(
      ({ ok }) => ok,
      () => false,
    );
  if (await answers()) return;
  say(`Waiting for the local world on port ${port}; npm run world starts it.`);
  while (!ending.aborted && !(await answers())) await systemClock.sleep(250, ending);
}

async function provisionedEnvironment(local: Environment, ending: AbortSignal) {
  const { localStacks, withStacks } = await import("./local-site.ts");
  return withStacks(local, await localStacks(awsIn(local), ending));
}

/** A real AWS keeps real time: `clock` is for a bot whose AWS is the local one. */
async function openBot(
  { environment, config, ending }: Start,
  worldPort: number,
  clock: ShiftedClock,
) {
  const { startDaemon } = await import("./daemon.ts");
  const local = hasRealAws(config)
    ? localEnvironment(worldPort)
    : await provisionedEnvironment(localEnvironment(worldPort), ending);
  const filled = parseConfig(withStandIns(environment, config, local));
  const standIns = hasRealAws(config) ? {} : { aws: awsIn(local), clock };
  return startDaemon(filled, slackConfig(filled), { ...standIns, ending });
}
