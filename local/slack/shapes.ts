import { tzOffset } from "@date-fns/tz";
import type { ConsolePerson } from "./console-api.ts";
import { filesOf, toApiFile } from "./file-shapes.ts";
import type { StoredMessage } from "./messages.ts";
import { bot, conversation, directMessageOf, people, team } from "./people.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's shape of a stored message (java-slack-sdk json-logs, chat.postMessage and conversations.history). */
export function toApiMessage(
  workspace: Workspace,
  message: StoredMessage,
): Record<string, unknown> {
  const replies = workspace.messages.all().filter(({ threadTs }) => threadTs === message.ts);
  const files = filesOf(workspace, message);
  const byBot = message.author === bot.userId;
  return {
    type: "message",
    ...(message.broadcast && { subtype: "thread_broadcast" }),
    user: message.author,
    team: team.id,
    ...(byBot && { bot_id: bot.botId, app_id: bot.appId }),
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(files.length > 0 && { files: files.map((file) => toApiFile(workspace, file)) }),
    ...(message.editedTs && { edited: { user: message.author, ts: message.editedTs } }),
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.author))],
      latest_reply: replies.at(-1)?.ts,
    }),
  };
}

/** Slack's shape of a person, with the zone offset of this moment (docs.slack.dev, users.info). */
export function toApiUser(person: ConsolePerson, now: number): Record<string, unknown> {
  return {
    id: person.id,
    team_id: team.id,
    name: person.name.toLowerCase(),
    real_name: person.name,
    deleted: false,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: tzOffset(person.tz, new Date(now)) * 60,
    locale: "en-US",
    profile: { real_name: person.name, display_name: person.name },
    is_admin: person.role === "admin",
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
  };
}

/** The app's own user in Slack's shape. */
export function toApiBotUser(): Record<string, unknown> {
  return {
    id: bot.userId,
    team_id: team.id,
    name: bot.name,
    real_name: bot.name,
    deleted: false,
    tz: "Etc/UTC",
    tz_label: "UTC",
    tz_offset: 0,
    locale: "en-US",
    profile: { real_name: bot.name, display_name: bot.name, bot_id: bot.botId },
    is_admin: false,
    is_bot: true,
    is_app_user: false,
  };
}

/** Who is in a conversation; undefined when there is no such conversation. */
export function membersOf(channel: string): string[] | undefined {
  if (channel === conversation.id) return [...people.map((person) => person.id), bot.userId];
  const person = people.find(({ id }) => directMessageOf(id) === channel);
  return person && [person.id, bot.userId];
}

/** Slack's shape of a conversation (docs.slack.dev, conversations.info). */
export function toApiConversation(channel: string): Record<string, unknown> {
  const isPublic = channel === conversation.id;
  return {
    id: channel,
    ...(isPublic && { name: conversation.name, name_normalized: conversation.name }),
    is_channel: isPublic,
    is_im: !isPublic,
    is_private: false,
    is_archived: false,
    is_member: true,
    context_team_id: team.id,
    num_members: membersOf(channel)?.length ?? 0,
  };
}
