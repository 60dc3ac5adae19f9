import { webApi } from "@slack/bolt";
import * as z from "zod";
import type { Secret } from "../domain/secret.ts";
import type { Log } from "../manager/ports.ts";
import { libraryLogger } from "./library-logger.ts";
import type { Message } from "./render/blocks.ts";
import { sendable, sendableHome } from "./sendable.ts";
import { type Call, type Share, shareFile } from "./share-file.ts";
import { SlackFailure, toTrouble } from "./slack-failure.ts";

/** Who the bot is. */
export type Identity = { botId: string; userId: string; teamId: string };

/** What ties a message to a fact of ours, so that it is found again when an answer was lost. */
export type Mark = { type: string; payload: Record<string, string> };

/** A message that stands in Slack, with the names of its files. */
export type Posted = { ts: string; mark: Mark | null; files: readonly string[] };

export type SlackUser = {
  name: string;
  teamId: string | null;
  isBot: boolean;
  isGone: boolean;
  isGuest: boolean;
};

export type Post = {
  conversationId: string;
  message: Message;
  mark?: Mark;
  /** The thread to post in; `loud` shows the reply in the conversation as well. */
  thread?: { ts: string; loud: boolean };
};

/** Slack's Web API as far as the bot needs it. Every call is sent once, and fails with a `SlackFailure`. */
export type Slack = {
  whoAmI(): Promise<Identity>;
  /** Answers with the timestamp that names the message. */
  post(post: Post): Promise<string>;
  update(place: { conversationId: string; ts: string }, message: Message): Promise<void>;
  /** Shows a message to one person only. */
  whisper(to: { conversationId: string; userId: string }, message: Message): Promise<void>;
  /** Uploads a file into a thread; needs the scope files:write. */
  share(share: Share): Promise<void>;
  /** The messages since then, at most 1 000; needs a history scope. */
  history(conversationId: string, since: Date): Promise<Posted[]>;
  /** The messages of one thread since then, at most 1 000; needs a history scope. */
  replies(thread: { conversationId: string; ts: string }, since: Date): Promise<Posted[]>;
  user(userId: string): Promise<SlackUser>;
  publishHome(userId: string, message: Message): Promise<void>;
};

export const slackUrl = "https://slack.com/api/";

/** How every WebClient is made: one attempt, a timeout, and the token for Slack's own address only. */
export const clientOptions = (apiUrl: string, log: Log): webApi.WebClientOptions => ({
  slackApiUrl: apiUrl,
  timeout: 10_000,
  allowAbsoluteUrls: false,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
  logger: libraryLogger(log),
});

/** Makes the client; nothing is sent before the first call. */
export function createSlack(botToken: Secret, apiUrl: string, log: Log): Slack {
  const client = new webApi.WebClient(botToken.reveal(), clientOptions(apiUrl, log));

  const call: Call = async (answer, method, args) => {
    const given: Record<string, unknown> = { ...args };
    const result = await client.apiCall(method, given).catch((error: unknown) => {
      throw new SlackFailure(method, toTrouble(error));
    });
    const parsed = answer.safeParse(result);
    if (!parsed.success) throw new SlackFailure(method, { kind: "unreachable" });
    return parsed.data;
  };

  async function pages(method: string, args: object): Promise<Posted[]> {
    const found: Posted[] = [];
    let cursor = "";
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await call(messages, method, { ...args, ...(cursor && { cursor }) });
      found.push(...answer.found);
      cursor = answer.cursor;
      if (cursor === "") break;
    }
    return found;
  }

  return {
    whoAmI: () => call(identity, "auth.test", {}),
    post: (post) => call(posted, "chat.postMessage", toArguments(post, log)),
    update: ({ conversationId, ts }, message) =>
      call(nothing, "chat.update", { channel: conversationId, ts, ...sendable(message, log) }),
    whisper: ({ conversationId, userId }, message) =>
      call(nothing, "chat.postEphemeral", {
        channel: conversationId,
        user: userId,
        ...sendable(message, log),
      }),
    share: (share) => shareFile(call, share, apiUrl),
    history: (conversationId, since) =>
      pages("conversations.history", { channel: conversationId, ...window(since) }),
    replies: ({ conversationId, ts }, since) =>
      pages("conversations.replies", { channel: conversationId, ts, ...window(since) }),
    user: (userId) => call(user, "users.info", { user: userId }),
    publishHome: (userId, message) =>
      call(nothing, "views.publish", {
        user_id: userId,
        view: { type: "home", blocks: sendableHome(message, log) },
      }),
  };
}

/** Slack advises at most 200 messages a page (docs.slack.dev, conversations.history). */
const mostPages = 5;
const window = (since: Date) => ({
  oldest: String(since.getTime() / 1000),
  include_all_metadata: true,
  limit: 200,
});

const toArguments = ({ conversationId, message, mark, thread }: Post, log: Log) => ({
  channel: conversationId,
  ...sendable(message, log),
  unfurl_links: false,
  unfurl_media: false,
  ...(mark && { metadata: { event_type: mark.type, event_payload: mark.payload } }),
  ...(thread && { thread_ts: thread.ts, reply_broadcast: thread.loud }),
});

const nothing = z.unknown().transform(() => undefined);
const posted = z.object({ ts: z.string() }).transform(({ ts }) => ts);
const identity = z
  .object({ bot_id: z.string(), user_id: z.string(), team_id: z.string() })
  .transform((it): Identity => ({ botId: it.bot_id, userId: it.user_id, teamId: it.team_id }));

const metadata = z.object({
  event_type: z.string(),
  event_payload: z.record(z.string(), z.string()),
});
const fileNames = z.array(z.object({ name: z.string() })).catch([]);
const messages = z
  .object({
    messages: z.array(
      z.object({
        ts: z.string(),
        metadata: metadata.optional().catch(undefined),
        files: fileNames.default([]),
      }),
    ),
    response_metadata: z.object({ next_cursor: z.string().catch("") }).optional(),
  })
  .transform((answer) => ({
    found: answer.messages.map(
      ({ ts, metadata: mark, files }): Posted => ({
        ts,
        mark: mark ? { type: mark.event_type, payload: mark.event_payload } : null,
        files: files.map(({ name }) => name),
      }),
    ),
    cursor: answer.response_metadata?.next_cursor ?? "",
  }));

const name = z.string().trim().min(1).optional().catch(undefined);
const yes = z.boolean().default(false);
const user = z
  .object({
    user: z.object({
      id: z.string(),
      team_id: z.string().nullable().default(null),
      name,
      real_name: name,
      deleted: yes,
      is_bot: yes,
      is_restricted: yes,
      is_ultra_restricted: yes,
      profile: z.object({ display_name: name }).default({ display_name: undefined }),
    }),
  })
  .transform(
    ({ user: it }): SlackUser => ({
      name: it.profile.display_name ?? it.real_name ?? it.name ?? it.id,
      teamId: it.team_id,
      isBot: it.is_bot,
      isGone: it.deleted,
      isGuest: it.is_restricted || it.is_ultra_restricted,
    }),
  );
