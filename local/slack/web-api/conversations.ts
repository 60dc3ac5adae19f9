import { z } from "zod";
import type { StoredMessage } from "../messages.ts";
import { membersOf, toApiConversation, toApiMessage } from "../shapes.ts";
import { SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";
import { type Answer, conversationOf, flag, method, withScope } from "./method.ts";

const named = z.object({ channel: z.string() });
const window = {
  channel: z.string(),
  limit: z.coerce.number().int().min(1).max(999).default(100),
  cursor: z.string().default(""),
  oldest: z.string().default("0"),
  latest: z.string().default("9999999999"),
  inclusive: flag.default(false),
  include_all_metadata: flag.default(false),
};
const history = z.object(window);
const thread = z.object({ ...window, ts: z.string() });

type Window = z.infer<typeof history>;

/** What apps can read back: ephemeral messages and typed commands are kept nowhere in Slack. */
function readable(workspace: Workspace, channel: string): StoredMessage[] {
  const mine = workspace.messages.all().filter((message) => message.channel === channel);
  return mine.filter((message) => message.to === null && message.kind === "message");
}

function isInside({ ts }: StoredMessage, { oldest, latest, inclusive }: Window): boolean {
  const at = Number(ts);
  const [from, to] = [Number(oldest), Number(latest)];
  return inclusive ? at >= from && at <= to : at > from && at < to;
}

/** One page, with the place of the next one as cursor. */
function toPage(workspace: Workspace, found: readonly StoredMessage[], args: Window): Answer {
  const start = found.findIndex(({ ts }) => ts === args.cursor);
  if (args.cursor !== "" && start < 0) throw new SlackError("invalid_cursor");
  const page = found.slice(Math.max(start, 0), Math.max(start, 0) + args.limit);
  const next = found[Math.max(start, 0) + args.limit];
  return {
    messages: page.map((message) => ({
      ...toApiMessage(workspace, message),
      ...(args.include_all_metadata && message.metadata && { metadata: message.metadata }),
    })),
    has_more: next !== undefined,
    response_metadata: { next_cursor: next?.ts ?? "" },
  };
}

function readHistory(workspace: Workspace, args: Window): Answer {
  const inMain = ({ threadTs, broadcast }: StoredMessage) => threadTs === null || broadcast;
  const found = readable(workspace, conversationOf(args.channel)).filter(
    (message) => inMain(message) && isInside(message, args),
  );
  return toPage(workspace, found.reverse(), args);
}

function readReplies(workspace: Workspace, args: z.infer<typeof thread>): Answer {
  const all = readable(workspace, conversationOf(args.channel));
  const parent = all.find(({ ts }) => ts === args.ts);
  if (!parent) throw new SlackError("thread_not_found");
  const replies = all.filter(({ threadTs }) => threadTs === parent.ts);
  return toPage(workspace, [parent, ...replies.filter((one) => isInside(one, args))], args);
}

function describe(_: Workspace, args: z.infer<typeof named>): Answer {
  return { channel: toApiConversation(conversationOf(args.channel)) };
}

function listMembers(_: Workspace, args: z.infer<typeof named>): Answer {
  const members = membersOf(conversationOf(args.channel));
  return { members, response_metadata: { next_cursor: "" } };
}

export const conversationMethods = {
  ...withScope("channels:read", {
    "conversations.info": method(named, describe),
    "conversations.members": method(named, listMembers),
  }),
  ...withScope("channels:history", {
    "conversations.history": method(history, readHistory),
    "conversations.replies": method(thread, readReplies),
  }),
};
