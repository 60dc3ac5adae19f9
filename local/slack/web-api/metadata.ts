import { z } from "zod";
import { isRecord } from "../block-rules.ts";
import type { StoredMessage } from "../messages.ts";
import { SlackError } from "../slack-error.ts";

const metadata = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

type Metadata = StoredMessage["metadata"];

/** Reads the metadata of a new message; throws `invalid_metadata_format` and `invalid_metadata_schema`. */
export function readMetadata(sent: unknown): Metadata {
  if (sent === undefined) return null;
  if (!isRecord(sent)) throw new SlackError("invalid_metadata_format");
  const parsed = metadata.safeParse(sent);
  if (!parsed.success) throw new SlackError("invalid_metadata_schema");
  return parsed.data;
}

/** Metadata that is left out of an update stays, `{}` takes it away (docs.slack.dev, chat.update). */
export function updatedMetadata(before: Metadata, sent: unknown): Metadata {
  if (sent === undefined) return before;
  return isRecord(sent) && Object.keys(sent).length === 0 ? null : readMetadata(sent);
}
