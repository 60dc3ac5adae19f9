import type { ConsoleFile } from "./console-api.ts";
import { firstRows } from "./csv.ts";
import type { StoredFile } from "./files.ts";
import type { StoredMessage } from "./messages.ts";
import { bot, conversation } from "./people.ts";
import type { Workspace } from "./workspace.ts";

/** Kinds by the end of the name: how a browser and how Slack call them. */
const kinds: Readonly<Record<string, { mimetype: string; pretty: string }>> = {
  csv: { mimetype: "text/csv", pretty: "CSV" },
  txt: { mimetype: "text/plain", pretty: "Plain Text" },
  json: { mimetype: "application/json", pretty: "JSON" },
  png: { mimetype: "image/png", pretty: "PNG" },
  pdf: { mimetype: "application/pdf", pretty: "PDF" },
};
const binary = { mimetype: "application/octet-stream", pretty: "Binary" };

const previewRows = 5;
const previewColumns = 12;
const previewChars = 60;

function kindOf(name: string) {
  const filetype = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const known = Object.hasOwn(kinds, filetype) ? kinds[filetype] : undefined;
  return known ? { filetype, ...known } : { filetype: "binary", ...binary };
}

/** The media type that a file is served with. */
export function mediaTypeOf({ name }: StoredFile): string {
  return kindOf(name).mimetype;
}

function pathOf({ id, name }: StoredFile): string {
  return `/files/${id}/${encodeURIComponent(name)}`;
}

/** The files of a message that are still kept. */
export function filesOf(
  workspace: Workspace,
  { files }: Pick<StoredMessage, "files">,
): StoredFile[] {
  return workspace.files.all().filter(({ id }) => files.includes(id));
}

/** Slack's shape of a file, with the messages that show it (docs.slack.dev, file object). */
export function toApiFile(workspace: Workspace, file: StoredFile): Record<string, unknown> {
  const shown = workspace.messages.all().filter(({ files }) => files.includes(file.id));
  const publicly = shown.filter(({ channel }) => channel === conversation.id);
  const privately = shown.filter(({ channel }) => channel !== conversation.id);
  const url = `${workspace.origin()}${pathOf(file)}`;
  const { mimetype, filetype, pretty } = kindOf(file.name);
  return {
    id: file.id,
    created: Math.floor(file.createdAt / 1000),
    timestamp: Math.floor(file.createdAt / 1000),
    name: file.name,
    title: file.title,
    mimetype,
    filetype,
    pretty_type: pretty,
    user: bot.userId,
    size: file.size,
    mode: "hosted",
    is_external: false,
    is_public: publicly.length > 0,
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: [...new Set(publicly.map(({ channel }) => channel))],
    ims: [...new Set(privately.map(({ channel }) => channel))],
    shares: { public: sharesOf(publicly), private: sharesOf(privately) },
  };
}

type Shown = { channel: string; ts: string; threadTs: string | null };

function sharesOf(shown: readonly Shown[]): Record<string, unknown[]> {
  const channels = [...new Set(shown.map(({ channel }) => channel))];
  const inChannel = (channel: string) =>
    shown
      .filter((message) => message.channel === channel)
      .map(({ ts, threadTs }) => ({ ts, ...(threadTs && { thread_ts: threadTs }) }));
  return Object.fromEntries(channels.map((channel) => [channel, inChannel(channel)]));
}

/** A file as the console page shows it. */
export function toConsoleFile(file: StoredFile): ConsoleFile {
  const { filetype, pretty } = kindOf(file.name);
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    kind: pretty,
    size: file.size,
    path: pathOf(file),
    preview: filetype === "csv" ? previewOf(file) : null,
  };
}

/** The heading and the first rows of a CSV, cut to what fits below a message. */
function previewOf({ content }: StoredFile): ConsoleFile["preview"] {
  const text = Buffer.from(content, "base64").toString("utf8");
  const rows = firstRows(text, previewRows + 2);
  const cells = (row: string[]) =>
    row.slice(0, previewColumns).map((cell) => cell.slice(0, previewChars));
  const [head, ...body] = rows.slice(0, previewRows + 1).map(cells);
  return head ? { head, rows: body, hasMore: rows.length > previewRows + 1 } : null;
}
