import { z } from "zod";
import { blockProblems } from "./block-kit.ts";
import { echoBlocks } from "./echo.ts";
import type { ReplyTo } from "./grants.ts";
import type { StoredMessage } from "./messages.ts";
import { bot } from "./people.ts";
import { refusal, SlackError } from "./slack-error.ts";
import type { Workspace } from "./workspace.ts";

const reply = z.object({
  text: z.string().default(""),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

type Reply = z.infer<typeof reply>;

/** Tells whether an acknowledgement carries an answer for the person, or only says that it arrived. */
export function hasReply(payload: Record<string, unknown>): boolean {
  return payload.text !== undefined || payload.blocks !== undefined;
}

/**
 * Carries out an answer that came with an acknowledgement or to a response_url: a new message, ephemeral unless it says
 * `in_channel`, or a change of the message that was pressed. A slash command has no message to replace (bolt-js#2287).
 */
export function applyReply(workspace: Workspace, to: ReplyTo, sent: unknown): void {
  const parsed = reply.safeParse(sent);
  if (!parsed.success) throw new SlackError("invalid_payload");
  const { messages } = workspace;
  const original = to.messageTs === null ? undefined : messages.find(to.channel, to.messageTs);
  if (parsed.data.delete_original && original) {
    messages.remove(original);
    return;
  }
  const content = contentOf(parsed.data);
  if (parsed.data.replace_original && original) {
    messages.change(original, { ...content, editedTs: messages.nextTs() });
    return;
  }
  messages.add({
    channel: to.channel,
    author: bot.userId,
    ...content,
    threadTs: parsed.data.thread_ts ?? original?.threadTs ?? null,
    to: parsed.data.response_type === "ephemeral" ? to.person : null,
    via: "reply",
  });
}

function contentOf({ text, blocks = [] }: Reply): Pick<StoredMessage, "text" | "blocks"> {
  const wrong = blockProblems(blocks, "message");
  if (wrong.length > 0) throw refusal("invalid_blocks", wrong);
  if (text === "" && blocks.length === 0) throw new SlackError("no_text");
  return { text, blocks: echoBlocks(blocks) };
}
