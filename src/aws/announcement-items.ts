import * as z from "zod";
import type { Announcement, Content, KeptAnnouncement, Shown } from "../domain/announcement.ts";
import type { Button, Part } from "../domain/text.ts";
import { type Attributes, isoTime, stored, text } from "./row-values.ts";

/** What this version writes; an item of another format is left alone. */
const format = 1;

const partSchema = z.union([
  z.string(),
  z.strictObject({ strong: z.string() }),
  z.strictObject({ time: isoTime }),
  z.strictObject({ code: z.string() }),
]) satisfies z.ZodType<Part>;

const textSchema = z.array(partSchema);

const buttonSchema = z.strictObject({
  label: z.string(),
  command: z.string(),
  style: z.enum(["primary", "danger"]).exactOptional(),
  confirm: z.strictObject({ title: z.string(), text: textSchema, yes: z.string() }).exactOptional(),
  asked: z.literal(true).exactOptional(),
  seen: z.string().nullable().exactOptional(),
}) satisfies z.ZodType<Button>;

const contentSchema = z.strictObject({
  lines: z.array(textSchema),
  buttons: z.array(buttonSchema),
  table: z
    .strictObject({
      columns: z.array(z.strictObject({ title: z.string(), figures: z.boolean() })),
      rows: z.array(z.array(z.string())),
    })
    .nullable(),
  chart: z
    .strictObject({
      title: z.string(),
      kind: z.enum(["bar", "line", "area"]),
      unit: z.string(),
      labels: z.array(z.string()),
      series: z.array(z.strictObject({ name: z.string(), values: z.array(z.number()) })),
    })
    .nullable(),
  file: z.strictObject({ name: z.string(), title: z.string(), words: z.string() }).nullable(),
}) satisfies z.ZodType<Content>;

/** Content is kept as JSON, in which its times are ISO 8601 words. */
const storedContent = z
  .string()
  .transform((words, context): unknown => {
    try {
      return JSON.parse(words);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(contentSchema);

const shownSchema = z
  .object({ conversation_id: z.string(), message_ts: z.string(), revision: z.number().int() })
  .transform(
    ({ conversation_id, message_ts, revision }): Shown => ({
      conversationId: conversation_id,
      messageTs: message_ts,
      revision,
    }),
  );

/** An item as an announcement; whatever this version does not know in its content makes it unreadable. */
export const announcementSchema = z
  .object({
    format: z.literal(format),
    announcement_key: z.string().min(1),
    at: isoTime,
    broadcast_id: text,
    loud: z.boolean(),
    destination_id: text,
    open: z.boolean(),
    content: storedContent,
    revision: z.number().int().positive(),
    shown: shownSchema.nullable().default(null),
  })
  .transform(
    (item): KeptAnnouncement => ({
      key: item.announcement_key,
      at: item.at,
      broadcastId: item.broadcast_id,
      loud: item.loud,
      destinationId: item.destination_id,
      open: item.open,
      content: item.content,
      revision: item.revision,
      shown: item.shown,
    }),
  );

/** How an announcement is stored when it is added. */
export const toItem = (announcement: Announcement): Attributes => ({
  format,
  announcement_key: announcement.key,
  at: stored(announcement.at),
  broadcast_id: announcement.broadcastId,
  loud: announcement.loud,
  destination_id: announcement.destinationId,
  open: announcement.open,
  content: toStoredContent(announcement.content),
  revision: 1,
});

export const toStoredContent = (content: Content): string => JSON.stringify(content);

export const toShownItem = ({ conversationId, messageTs, revision }: Shown): Attributes => ({
  conversation_id: conversationId,
  message_ts: messageTs,
  revision,
});
