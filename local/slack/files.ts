import { randomBytes } from "node:crypto";
import { z } from "zod";
import { SlackError } from "./slack-error.ts";

/** A file that was uploaded and completed. */
export const storedFile = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  /** Bytes. */
  size: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  /** Base64. */
  content: z.string(),
});

export type StoredFile = z.infer<typeof storedFile>;

/** What an upload begins with; `size` is what its content must measure, in bytes. */
export type Announced = Pick<StoredFile, "name" | "size">;

export type Files = {
  all(): readonly StoredFile[];
  find(id: string): StoredFile | undefined;
  /** Begins an upload; the ticket is the last part of its upload URL. */
  announce(file: Announced): { id: string; ticket: string };
  /** Takes the content of an upload, once. */
  receive(ticket: string, content: Uint8Array): "received" | "unknown" | "wrong length";
  /** Ends uploads, all of them or none; throws `file_not_found`. */
  complete(files: readonly { id: string; title?: string }[]): StoredFile[];
};

/** Slack takes 1 GB; what is kept here lies in one JSON file. */
export const maxFileBytes = 1_000_000;
const maxKeptBytes = 8_000_000;
/** Slack says that an upload URL expires, and not when. */
const ticketMs = 15 * 60_000;

type Upload = Announced & { id: string; at: number; content: Uint8Array | null };

/** The newest files that fit into what is kept. */
function newest(files: readonly StoredFile[]): StoredFile[] {
  let sum = 0;
  const fits = ({ size }: StoredFile) => {
    sum += size;
    return sum <= maxKeptBytes;
  };
  return files.toReversed().filter(fits).reverse();
}

/** Holds completed files, oldest first and at most 8 MB, and the uploads on their way, which no restart survives. */
export function createFiles(
  saved: readonly StoredFile[],
  { now, machineNow }: { now: () => number; machineNow: () => number },
  changed: () => void,
): Files {
  let kept = [...saved];
  const uploads = new Map<string, Upload>();
  const forget = () => {
    for (const [ticket, { at }] of uploads) {
      if (machineNow() - at > ticketMs) uploads.delete(ticket);
    }
  };
  const finish = ({ id, title }: { id: string; title?: string }): [string, StoredFile] => {
    const [ticket, upload] = [...uploads].find(([, one]) => one.id === id) ?? [];
    if (!ticket || !upload?.content) throw new SlackError("file_not_found");
    const { name, size } = upload;
    const content = Buffer.from(upload.content).toString("base64");
    return [ticket, { id, name, title: title || name, size, createdAt: now(), content }];
  };
  return {
    all: () => kept,
    find: (id) => kept.find((file) => file.id === id),
    announce: (file) => {
      forget();
      const id = `F${randomBytes(5).toString("hex").toUpperCase()}`;
      const ticket = randomBytes(24).toString("hex");
      uploads.set(ticket, { ...file, id, at: machineNow(), content: null });
      return { id, ticket };
    },
    receive: (ticket, content) => {
      forget();
      const upload = uploads.get(ticket);
      if (!upload || upload.content) return "unknown";
      if (content.byteLength !== upload.size) return "wrong length";
      upload.content = content;
      return "received";
    },
    complete: (files) => {
      forget();
      const finished = files.map(finish);
      for (const [ticket] of finished) uploads.delete(ticket);
      const completed = finished.map(([, file]) => file);
      kept = newest([...kept, ...completed]);
      changed();
      return completed;
    },
  };
}
