import { vi } from "vitest";
import type { ConsoleMessage } from "../../local/slack/console-api.ts";
import { conversation, tokens } from "../../local/slack/people.ts";
import { type Bot, createBot, type Transport } from "../../src/bot/bot.ts";
import type { Reply } from "../../src/commands/reply.ts";
import type { CommandLine } from "../../src/commands/run.ts";
import { Secret } from "../../src/domain/secret.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "./local-slack.ts";
import { aWorld, type World } from "./world.ts";

export const appTokens = { bot: tokens.bot, app: tokens.app };

/** A reply of one line. */
export const aLine = (words: string): Reply => ({ kind: "lines", lines: [[words]], buttons: [] });

/** Work that goes on until the test lets it end. */
export function held<T>(): { promise: Promise<T>; release: (value: T) => void } {
  let release: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

export type BotHarness = AsyncDisposable & {
  slack: SlackHarness;
  /** Stores, clock and log of the bot; a second bot on the same world is the same one after a restart. */
  world: World;
  bot: Bot;
  /** Every command line that reached the commands. */
  lines: CommandLine[];
};

export type BotHarnessOptions = {
  slack?: SlackHarness;
  world?: World;
  /** What the commands answer; "done" unless given. */
  run?: (line: CommandLine) => Promise<Reply>;
  tokens?: { bot: string; app: string };
  /** Slack dials in, and signs with this. */
  signingSecret?: string;
};

/** A bot in front of the local Slack, not yet connected. Ana and Ben are operators, Ada is admin, Vic may look. */
export async function aBot(options: BotHarnessOptions = {}): Promise<BotHarness> {
  const slack = options.slack ?? (await startLocalSlack());
  const world = options.world ?? aWorld();
  const { bot: botToken, app: appToken } = options.tokens ?? appTokens;
  const lines: CommandLine[] = [];
  const { ana, ben, ada } = slackPeople;
  const { signingSecret } = options;
  const transport: Transport =
    signingSecret === undefined
      ? { mode: "socket", appToken: new Secret(appToken) }
      : { mode: "http", signingSecret: new Secret(signingSecret) };
  const bot = createBot({
    slack: {
      ...transport,
      botToken: new Secret(botToken),
      conversationId: conversation.id,
      apiUrl: `${slack.origin}/api/`,
      silenceMs: 200,
    },
    people: { operators: [ana, ben], admins: [ada] },
    site: { zone: "UTC", defaultLeaseMinutes: 240 },
    commands: {
      run: async (line) => {
        lines.push(line);
        return options.run === undefined ? aLine("done") : options.run(line);
      },
    },
    ...world.ports,
  });
  return {
    slack,
    world,
    bot,
    lines,
    [Symbol.asyncDispose]: async () => {
      await bot.stop();
      if (options.slack === undefined) await slack[Symbol.asyncDispose]();
    },
  };
}

/** A bot that is connected. */
export async function aConnectedBot(options: BotHarnessOptions = {}): Promise<BotHarness> {
  const harness = await aBot(options);
  await harness.bot.start();
  return harness;
}

/** What the bot has said, as one person sees it, oldest first. */
export async function said(slack: SlackHarness, person: string): Promise<ConsoleMessage[]> {
  return (await slack.messages(person)).filter(({ author }) => author.isBot);
}

/** Lets the bot's clock go on until the check passes. */
export const untilTrue = <T>(world: World, check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(
    async () => {
      await world.clock.advance(200);
      return check();
    },
    { timeout: 4_000, interval: 10 },
  );

/** Lets half a minute of the bot's clock go by, with time for everything that wakes up in it. */
export async function aWhile(world: World): Promise<void> {
  for (let second = 0; second < 30; second += 1) await world.clock.advance(1_000);
}
