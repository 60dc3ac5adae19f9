import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { App, LogLevel, SocketModeReceiver, webApi } from "@slack/bolt";
import type { ConsoleMessage, ConsoleState, ConsoleWorld } from "../../local/slack/console-api.ts";
import { bot, people, tokens } from "../../local/slack/people.ts";
import { createLocalSlack, type LocalSlack, type SlackTiming } from "../../local/slack/slack.ts";
import { createWorld, type World } from "../../local/world.ts";

const [ana, ben, vic, ada] = people.map(({ id }) => id) as [string, string, string, string];

/** User ids of the people of the local Slack. */
export const slackPeople = { ana, ben, vic, ada };

/** A settable clock that starts at a fixed moment. */
export type SettableClock = { now(): number; advance(ms: number): void };

export type SlackHarness = AsyncDisposable & {
  slack: LocalSlack;
  world: World;
  origin: string;
  clock: SettableClock;
  /** A client with the bot's token, set up as the product sets it up. */
  web: webApi.WebClient;
  state(person: string): Promise<ConsoleState>;
  messages(person: string): Promise<ConsoleMessage[]>;
  post(path: string, body: unknown): Promise<{ ok: boolean; error?: string; errors?: object }>;
  /** Types into the console's message box. */
  command(person: string, text: string): Promise<{ ok: boolean; error?: string }>;
  /** Presses an element of a message that the person sees. */
  press(person: string, actionId: string): Promise<{ ok: boolean; error?: string }>;
  /** A Bolt app, connected over Socket Mode. */
  bolt(listen: (app: App) => void, clientPingTimeout?: number): Promise<App>;
};

export type HarnessOptions = {
  home?: string;
  timing?: Partial<SlackTiming>;
  scopes?: readonly string[];
};

function createClock(): SettableClock {
  let at = Date.UTC(2026, 10, 22, 20, 0, 0);
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
  };
}

function anEmptyWorld(now: () => number): World {
  const source = { by: "switch", connected: false, bitrateBps: null } as const;
  return createWorld(
    {
      channels: {},
      inputs: {},
      securityGroups: {},
      flow: null,
      source: { ...source, rttMs: null, lossPercent: null, changedAt: now() },
      outputs: {},
      bill: { since: 0, factor: 1, runs: [] },
      clock: { offsetMs: 0, jump: null },
      events: [],
    },
    now,
  );
}

function toWorldView({ data }: World): ConsoleWorld {
  return {
    clock: data.clock,
    flow: data.flow,
    source: data.source,
    channels: [],
    events: data.events,
    media: { installed: false, note: "", srt: null },
  };
}

function clientOptions(origin: string) {
  return {
    slackApiUrl: `${origin}/api/`,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    logLevel: LogLevel.ERROR,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  };
}

/** Bolt as the product configures it. The ping timeout is also the gap before it connects again. */
async function startBolt(
  origin: string,
  listen: (app: App) => void,
  clientPingTimeout = 5_000,
): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: tokens.app,
    logLevel: LogLevel.ERROR,
    clientPingTimeout,
    serverPingTimeout: 30_000,
    autoReconnectEnabled: true,
    installerOptions: {
      clientOptions: {
        slackApiUrl: `${origin}/api/`,
        timeout: 10_000,
        retryConfig: { forever: true, factor: 1, minTimeout: 20, maxTimeout: 20 },
      },
    },
  });
  const app = new App({
    receiver,
    token: tokens.bot,
    botId: bot.botId,
    botUserId: bot.userId,
    tokenVerificationEnabled: false,
    deferInitialization: true,
    extendedErrorHandler: true,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(origin),
  });
  await app.init();
  listen(app);
  await app.start();
  return app;
}

/** The local Slack on a free loopback port, closed with everything that was started on it. */
export async function startLocalSlack(options: HarnessOptions = {}): Promise<SlackHarness> {
  const clock = createClock();
  const world = anEmptyWorld(clock.now);
  let origin = "";
  const slack = await createLocalSlack({
    world,
    home: options.home ?? null,
    now: clock.now,
    origin: () => origin,
    worldView: () => toWorldView(world),
    timing: { retryMs: [0, 0, 0], ...options.timing },
    ...(options.scopes && { scopes: options.scopes }),
  });
  const server = createAdaptorServer({ fetch: slack.fetch });
  server.on("upgrade", slack.upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const apps: App[] = [];

  const post: SlackHarness["post"] = async (path, body) => {
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Awaited<ReturnType<SlackHarness["post"]>>;
  };
  const state: SlackHarness["state"] = async (person) => {
    const response = await fetch(`${origin}/console/state?person=${person}`);
    return (await response.json()) as ConsoleState;
  };
  const messages: SlackHarness["messages"] = async (person) => (await state(person)).messages;

  return {
    slack,
    world,
    origin,
    clock,
    web: new webApi.WebClient(tokens.bot, clientOptions(origin)),
    state,
    messages,
    post,
    command: (person, text) => post("/console/command", { person, text }),
    press: async (person, actionId) => {
      const place = findElement(await messages(person), actionId);
      return post("/console/action", { person, ...place, actionId });
    },
    bolt: async (listen, clientPingTimeout) => {
      const app = await startBolt(origin, listen, clientPingTimeout);
      apps.push(app);
      return app;
    },
    [Symbol.asyncDispose]: async () => {
      for (const app of apps) await app.stop();
      await slack.close();
      world.close();
      const closed = new Promise((resolve) => server.close(resolve));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

type Elements = { block_id: string; accessory?: object; elements?: object[] };

function findElement(messages: ConsoleMessage[], actionId: string) {
  for (const message of messages.toReversed()) {
    for (const block of message.blocks as Elements[]) {
      const elements = [block.accessory, ...(block.elements ?? [])];
      const has = elements.some((one) => one && "action_id" in one && one.action_id === actionId);
      if (has) return { messageTs: message.ts, blockId: block.block_id };
    }
  }
  throw new Error(`nobody shows ${actionId}`);
}
