import * as z from "zod";
import type { TextFile } from "../domain/announcement.ts";
import { SlackFailure } from "./slack-failure.ts";

/** One call of the Web API, whose answer is read by a schema. */
export type Call = <T>(answer: z.ZodType<T>, method: string, args: object) => Promise<T>;

/** A text file for a thread; `alt` says in a sentence what it holds. */
export type Share = {
  conversationId: string;
  threadTs: string;
  file: TextFile & { alt: string };
};

const upload = z.object({ upload_url: z.string(), file_id: z.string() });
const timeoutMs = 10_000;
/** docs.slack.dev, files.getUploadURLExternal, errors: alt_txt_too_large. */
const longestAlt = 1_000;

/** Announces a file, sends its bytes where Slack says, and shows it in the thread: only the last step is seen. */
export async function shareFile(call: Call, share: Share, apiUrl: string): Promise<void> {
  const { conversationId, threadTs, file } = share;
  const bytes = new TextEncoder().encode(file.words);
  const given = await call(upload, "files.getUploadURLExternal", {
    filename: file.name,
    length: bytes.byteLength,
    alt_txt: file.alt.slice(0, longestAlt),
  });
  if (!isTrusted(given.upload_url, apiUrl))
    throw new SlackFailure("files.upload", { kind: "refused", code: "untrusted_upload_url" });
  await send(given.upload_url, bytes);
  await call(z.unknown(), "files.completeUploadExternal", {
    files: [{ id: given.file_id, title: file.title }],
    channel_id: conversationId,
    thread_ts: threadTs,
  });
}

/** Slack's own hosts, or the stand-in for Slack that the API is. */
function isTrusted(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin } = new URL(address);
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === "https:" && hostname.endsWith(".slack.com");
}

/** The address is the permission: no token goes with it. */
async function send(address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const sent = await fetch(address, {
    method: "POST",
    body: bytes,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null);
  if (sent?.status !== 200) throw new SlackFailure("files.upload", { kind: "unreachable" });
}
