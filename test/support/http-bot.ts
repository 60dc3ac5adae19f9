import { type OutgoingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { conversation, team } from "../../local/slack/people.ts";
import { createApi } from "../../src/api/api.ts";
import { listen } from "../../src/server.ts";
import { aBot, type BotHarnessOptions } from "./bot.ts";
import { slackPeople } from "./local-slack.ts";
import { slackSigned } from "./slack-signed.ts";

export const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
export const form = "application/x-www-form-urlencoded";

export type Sent = {
  body?: string | Buffer;
  headers?: OutgoingHttpHeaders;
  method?: string;
  path?: string;
};

export type HttpBotOptions = BotHarnessOptions & { patienceMs?: number };

let triggers = 0;

/** What Slack posts for `/stream <words>`. */
export function slashOf(words: string, over: Record<string, string> = {}): string {
  triggers += 1;
  const fields = {
    command: "/stream",
    text: words,
    team_id: team.id,
    user_id: slackPeople.ana,
    user_name: "ana",
    channel_id: conversation.id,
    is_enterprise_install: "false",
    trigger_id: `trigger.${triggers}`,
    ...over,
  };
  return new URLSearchParams(fields).toString();
}

/** A bot that Slack dials in to, behind the server that the daemon has; not yet started. */
export async function anHttpBot({ patienceMs, ...options }: HttpBotOptions = {}) {
  const harness = await aBot({ signingSecret, ...options });
  const { bot, world } = harness;
  const health = () =>
    ({ ready: true, slack: bot.isConnected(), slackMode: "http", lastPassAt: null }) as const;
  const api = createApi({ health, log: world.log });
  const server = await listen(
    { api: api.fetch, slack: bot.listener },
    { host: "127.0.0.1", port: 0, ...(patienceMs !== undefined && { patienceMs }) },
  );
  onTestFinished(async () => {
    await server.close();
    await harness[Symbol.asyncDispose]();
  });

  /** The headers of Slack at this moment of the bot's clock. */
  const sign = (body: string | Buffer, type = form, aheadS = 0) => {
    const at = Math.floor(world.clock.now().getTime() / 1000) + aheadS;
    return slackSigned(body, { secret: signingSecret, at, type });
  };
  const send = async ({ body = "", headers = {}, ...rest }: Sent) => {
    const { method = "POST", path = "/slack/events" } = rest;
    const outgoing = request(server.url, { method, path, headers });
    const answered = new Promise<{ status: number; words: string }>((resolve, reject) => {
      outgoing.on("error", reject);
      outgoing.on("response", async (response) =>
        resolve({ status: response.statusCode ?? 0, words: await text(response) }),
      );
    });
    outgoing.end(body);
    return answered;
  };
  return {
    ...harness,
    url: server.url,
    sign,
    send,
    /** Sends as Slack does. */
    deliver: (body: string | Buffer, type = form) => send({ body, headers: sign(body, type) }),
  };
}

export type HttpBot = Awaited<ReturnType<typeof anHttpBot>>;

/** A bot that is connected. */
export async function aConnectedHttpBot(options: HttpBotOptions = {}): Promise<HttpBot> {
  const harness = await anHttpBot(options);
  await harness.bot.start();
  return harness;
}
