import { z } from "zod";
import { toApiFile } from "../file-shapes.ts";
import { maxFileBytes } from "../files.ts";
import { bot, conversation, personOfDirectMessage } from "../people.ts";
import { SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";
import { type Answer, method, structure, threadOf, withScope } from "./method.ts";

const announced = z.object({
  filename: z.string().min(1).max(255),
  length: z.coerce.number().int().min(1),
  alt_txt: z.string().optional(),
  snippet_type: z.unknown().optional(),
});

const completed = z.object({
  files: structure.pipe(
    z.array(z.object({ id: z.string(), title: z.string().exactOptional() })).min(1),
  ),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().default(""),
  channels: z.unknown().optional(),
  blocks: z.unknown().optional(),
});

const named = z.object({ file: z.string() });

/** Longer descriptions are `alt_txt_too_large` (docs.slack.dev, files.getUploadURLExternal). */
const maxAltText = 1000;

function announce(workspace: Workspace, args: z.infer<typeof announced>): Answer {
  if (args.snippet_type !== undefined) throw new SlackError("snippets_are_not_in_local_slack");
  if ((args.alt_txt?.length ?? 0) > maxAltText) throw new SlackError("alt_txt_too_large");
  if (args.length > maxFileBytes) throw new SlackError("file_upload_size_restricted");
  const { id, ticket } = workspace.files.announce({ name: args.filename, size: args.length });
  return { upload_url: `${workspace.origin()}/upload/v1/${ticket}`, file_id: id };
}

/** Only the id of a conversation will do here; a file without one stays private. */
function placeOf(workspace: Workspace, { channel_id, thread_ts }: z.infer<typeof completed>) {
  if (channel_id === undefined) return null;
  const isKnown = channel_id === conversation.id || personOfDirectMessage(channel_id);
  if (!isKnown) throw new SlackError("channel_not_found");
  return { channel: channel_id, threadTs: threadOf(workspace, channel_id, thread_ts) };
}

function complete(workspace: Workspace, args: z.infer<typeof completed>): Answer {
  if (args.channels !== undefined) throw new SlackError("channels_are_not_in_local_slack");
  if (args.blocks !== undefined) throw new SlackError("blocks_beside_files_are_not_in_local_slack");
  const place = placeOf(workspace, args);
  const files = workspace.files.complete(args.files);
  if (place) {
    const content = { text: args.initial_comment, files: files.map(({ id }) => id) };
    workspace.messages.add({ ...place, ...content, author: bot.userId });
  }
  return { files: files.map((file) => toApiFile(workspace, file)) };
}

function describe(workspace: Workspace, { file: id }: z.infer<typeof named>): Answer {
  const file = workspace.files.find(id);
  if (!file) throw new SlackError("file_not_found");
  return { file: toApiFile(workspace, file), comments: [], response_metadata: { next_cursor: "" } };
}

export const fileMethods = {
  ...withScope("files:write", {
    "files.getUploadURLExternal": method(announced, announce),
    "files.completeUploadExternal": method(completed, complete),
  }),
  ...withScope("files:read", { "files.info": method(named, describe) }),
};
