import { z } from "zod";
import { blockProblems } from "../block-kit.ts";
import { type Block, echoBlocks } from "../echo.ts";
import type { StoredMessage } from "../messages.ts";
import { bot, personOf } from "../people.ts";
import { toApiMessage } from "../shapes.ts";
import { refusal, SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";
import { readMetadata, updatedMetadata } from "./metadata.ts";
import {
  type Answer,
  conversationOf,
  flag,
  method,
  structure,
  threadOf,
  withScope,
} from "./method.ts";

const content = {
  channel: z.string(),
  text: z.string().optional(),
  blocks: structure.optional(),
  attachments: structure.optional(),
};

const post = z.object({
  ...content,
  thread_ts: z.string().optional(),
  reply_broadcast: flag.default(false),
  metadata: structure.optional(),
});

const update = z.object({ ...content, ts: z.string(), metadata: structure.optional() });
const whisper = z.object({ ...content, user: z.string(), thread_ts: z.string().optional() });
const place = z.object({ channel: z.string(), ts: z.string() });

/** Longer texts are cut by Slack with a warning (docs.slack.dev, chat.postMessage); here they are an error to notice. */
const maxText = 40_000;
/** Measured in bolt-js#2509. */
const maxMessageChars = 13_200;

function checkBlocks(blocks: unknown): readonly unknown[] {
  if (!Array.isArray(blocks)) throw new SlackError("invalid_blocks_format");
  const wrong = blockProblems(blocks, "message");
  if (wrong.length > 0) throw refusal("invalid_blocks", wrong);
  if (JSON.stringify(blocks).length > maxMessageChars) throw new SlackError("msg_blocks_too_long");
  return blocks;
}

function checkContent(args: z.infer<z.ZodObject<typeof content>>): {
  text: string | undefined;
  blocks: Block[] | undefined;
} {
  if (args.attachments !== undefined) throw new SlackError("attachments_are_not_in_local_slack");
  if ((args.text?.length ?? 0) > maxText) throw new SlackError("msg_too_long");
  const blocks = args.blocks === undefined ? undefined : echoBlocks(checkBlocks(args.blocks));
  return { text: args.text, blocks };
}

function requireSomething(text = "", blocks: readonly Block[] = []): void {
  if (text === "" && blocks.length === 0) throw new SlackError("no_text");
}

function postMessage(workspace: Workspace, args: z.infer<typeof post>): Answer {
  const channel = conversationOf(args.channel);
  const { text = "", blocks = [] } = checkContent(args);
  requireSomething(text, blocks);
  const threadTs = threadOf(workspace, channel, args.thread_ts);
  const message = workspace.messages.add({
    channel,
    author: bot.userId,
    text,
    blocks,
    threadTs,
    broadcast: threadTs !== null && args.reply_broadcast,
    metadata: readMetadata(args.metadata),
  });
  return { channel, ts: message.ts, message: toApiMessage(workspace, message) };
}

function postEphemeral(workspace: Workspace, args: z.infer<typeof whisper>): Answer {
  const channel = conversationOf(args.channel);
  if (!personOf(args.user)) throw new SlackError("user_not_in_channel");
  const { text = "", blocks = [] } = checkContent(args);
  requireSomething(text, blocks);
  const threadTs = threadOf(workspace, channel, args.thread_ts);
  const draft = { channel, author: bot.userId, text, blocks, threadTs };
  return { message_ts: workspace.messages.add({ ...draft, to: args.user }).ts };
}

function ownMessage(
  workspace: Workspace,
  { channel, ts }: z.infer<typeof place>,
  refusedAs: string,
): StoredMessage {
  const message = workspace.messages.find(conversationOf(channel), ts);
  if (!message) throw new SlackError("message_not_found");
  const changeable = message.author === bot.userId && message.to === null;
  if (!changeable || message.via === "reply") throw new SlackError(refusedAs);
  return message;
}

/** Blocks that are left out stay, `[]` clears them (docs.slack.dev, chat.update). */
function updateMessage(workspace: Workspace, args: z.infer<typeof update>): Answer {
  const before = ownMessage(workspace, args, "cant_update_message");
  const sent = checkContent(args);
  if (sent.text === undefined && sent.blocks === undefined) throw new SlackError("no_text");
  const text = sent.text ?? before.text;
  const blocks = sent.blocks ?? before.blocks;
  requireSomething(text, blocks);
  const after = workspace.messages.change(before, {
    text,
    blocks,
    editedTs: workspace.messages.nextTs(),
    metadata: updatedMetadata(before.metadata, args.metadata),
  });
  const message = toApiMessage(workspace, after);
  return { channel: after.channel, ts: after.ts, text, message };
}

function deleteMessage(workspace: Workspace, args: z.infer<typeof place>): Answer {
  const message = ownMessage(workspace, args, "cant_delete_message");
  workspace.messages.remove(message);
  return { channel: message.channel, ts: message.ts };
}

const link = z.object({ channel: z.string(), message_ts: z.string() });

function getPermalink(workspace: Workspace, args: z.infer<typeof link>): Answer {
  const channel = conversationOf(args.channel);
  const message = workspace.messages.find(channel, args.message_ts);
  if (!message || message.to !== null) throw new SlackError("message_not_found");
  const name = `p${message.ts.replace(".", "")}`;
  return { channel, permalink: `${workspace.origin()}/archives/${channel}/${name}` };
}

export const chatMethods = {
  ...withScope("chat:write", {
    "chat.postMessage": method(post, postMessage),
    "chat.postEphemeral": method(whisper, postEphemeral),
    "chat.update": method(update, updateMessage),
    "chat.delete": method(place, deleteMessage),
  }),
  "chat.getPermalink": method(link, getPermalink),
};
