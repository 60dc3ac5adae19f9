import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;
const channel = "C0LIVE00001";
const scopes = ["chat:write", "files:write", "files:read", "channels:history"];
const csv = 'destination,hours\r\n"YouTube, main",1.5\r\nTwitch,2\r\n';
const refusedWith = (error: string) => ({ data: { ok: false, error } });

type Announced = { upload_url: string; file_id: string };

async function announce({ web }: SlackHarness, content: string, filename = "usage.csv") {
  const length = Buffer.byteLength(content);
  const answer = await web.files.getUploadURLExternal({ filename, length });
  return answer as unknown as Announced;
}

async function uploaded(slack: SlackHarness, content = csv, filename?: string): Promise<string> {
  const { upload_url, file_id } = await announce(slack, content, filename);
  expect((await fetch(upload_url, { method: "POST", body: content })).status).toBe(200);
  return file_id;
}

const complete = ({ web }: SlackHarness, args: object) =>
  web.apiCall("files.completeUploadExternal", { ...args });

test("an uploaded file becomes a message in a thread, and is downloaded as it was", async () => {
  await using slack = await startLocalSlack({ scopes });
  const { ts = "" } = await slack.web.chat.postMessage({ channel, text: "Report" });
  const id = await uploaded(slack);
  const files = [{ id, title: "Usage in November" }];
  const shared = { files, channel_id: channel, thread_ts: ts, initial_comment: "All figures" };
  const answer = await complete(slack, shared);
  expect(answer).toMatchObject({ files: [{ id, title: "Usage in November", size: csv.length }] });

  const [, message] = await slack.messages(ben);
  expect(message).toMatchObject({
    threadTs: ts,
    text: "All figures",
    files: [
      {
        name: "usage.csv",
        title: "Usage in November",
        kind: "CSV",
        preview: {
          head: ["destination", "hours"],
          rows: [
            ["YouTube, main", "1.5"],
            ["Twitch", "2"],
          ],
          hasMore: false,
        },
      },
    ],
  });
  const response = await fetch(`${slack.origin}${message?.files[0]?.path}`);
  expect(await response.text()).toBe(csv);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/csv",
    "content-disposition": `attachment; filename="usage.csv"; filename*=UTF-8''usage.csv`,
    "x-content-type-options": "nosniff",
  });
});

test("files.info and the history say where a file is shown", async () => {
  await using slack = await startLocalSlack({ scopes });
  const id = await uploaded(slack);
  expect((await complete(slack, { files: [{ id }] })).ok).toBe(true);
  expect(await slack.web.files.info({ file: id })).toMatchObject({
    file: { id, title: "usage.csv", filetype: "csv", is_public: false, shares: { public: {} } },
  });
  const other = await uploaded(slack);
  await complete(slack, { files: [{ id: other }], channel_id: channel });
  const { messages = [] } = await slack.web.conversations.history({ channel });
  expect(messages).toMatchObject([{ text: "", files: [{ id: other, name: "usage.csv" }] }]);
  expect(await slack.web.files.info({ file: other })).toMatchObject({
    file: { is_public: true, shares: { public: { [channel]: [{ ts: messages[0]?.ts }] } } },
  });
});

test("a file in a direct message is seen by its person only", async () => {
  await using slack = await startLocalSlack();
  const id = await uploaded(slack);
  await complete(slack, { files: [{ id }], channel_id: "D0ANA000001" });
  expect(await slack.messages(ana)).toMatchObject([{ files: [{ id }] }]);
  expect(await slack.messages(ben)).toEqual([]);
});

test("an edit and a deletion treat a message with a file as any other", async () => {
  await using slack = await startLocalSlack();
  const id = await uploaded(slack);
  await complete(slack, { files: [{ id }], channel_id: channel });
  const ts = (await slack.messages(ana))[0]?.ts ?? "";
  await slack.web.chat.update({ channel, ts, text: "Corrected" });
  expect(await slack.messages(ana)).toMatchObject([{ text: "Corrected", files: [{ id }] }]);
  await slack.web.chat.delete({ channel, ts });
  expect(await slack.messages(ana)).toEqual([]);
});

test("Slack's own client uploads with filesUploadV2", async () => {
  await using slack = await startLocalSlack();
  await slack.web.filesUploadV2({
    channel_id: channel,
    content: csv,
    filename: "usage.csv",
    title: "Usage",
  });
  expect(await slack.messages(ana)).toMatchObject([
    { files: [{ name: "usage.csv", size: csv.length }] },
  ]);
});

test("the content of a form counts, whatever its field is called", async () => {
  await using slack = await startLocalSlack();
  const { upload_url, file_id } = await announce(slack, csv);
  const body = new FormData();
  body.append("filename", new Blob([csv]), "other.csv");
  const response = await fetch(upload_url, { method: "POST", body });
  expect(await response.text()).toBe(`OK - ${csv.length}`);
  expect((await complete(slack, { files: [{ id: file_id }] })).ok).toBe(true);
});

test("an upload URL takes the announced length, once", async () => {
  await using slack = await startLocalSlack();
  const { upload_url } = await announce(slack, csv);
  const statusOf = async (body: string | FormData, url = upload_url) =>
    (await fetch(url, { method: "POST", body })).status;
  expect(await statusOf("short")).toBe(400);
  expect(await statusOf(new FormData())).toBe(400);
  expect(await statusOf(csv)).toBe(200);
  expect(await statusOf(csv)).toBe(404);
  expect(await statusOf(csv, `${slack.origin}/upload/v1/unknown`)).toBe(404);
  expect(await statusOf("x".repeat(1_100_000), (await announce(slack, csv)).upload_url)).toBe(413);
});

test("an upload URL and what was sent to it expire", async () => {
  await using slack = await startLocalSlack();
  const { upload_url } = await announce(slack, csv);
  const file_id = await uploaded(slack);
  slack.clock.advance(15 * 60_000 + 1);
  expect((await fetch(upload_url, { method: "POST", body: csv })).status).toBe(404);
  const late = complete(slack, { files: [{ id: file_id }], channel_id: channel });
  await expect(late).rejects.toMatchObject(refusedWith("file_not_found"));
});

test("an upload is refused while Slack is out", async () => {
  await using slack = await startLocalSlack();
  const { upload_url } = await announce(slack, csv);
  slack.slack.outage(true);
  expect((await fetch(upload_url, { method: "POST", body: csv })).status).toBe(503);
});

test.each<[string, object, string]>([
  ["more than a megabyte", { length: 1_000_001 }, "file_upload_size_restricted"],
  ["nothing", { length: 0 }, "invalid_arguments"],
  ["a length in words", { length: "long" }, "invalid_arguments"],
  ["no name", { filename: "" }, "invalid_arguments"],
  ["a long description", { alt_txt: "x".repeat(1001) }, "alt_txt_too_large"],
  ["a snippet", { snippet_type: "python" }, "snippets_are_not_in_local_slack"],
])("an upload of %s is refused", async (_, args, error) => {
  await using slack = await startLocalSlack();
  const wanted = { filename: "usage.csv", length: 1, ...args };
  const call = slack.web.apiCall("files.getUploadURLExternal", wanted);
  await expect(call).rejects.toMatchObject(refusedWith(error));
});

test.each<[string, object, string]>([
  ["no files", { files: [] }, "invalid_arguments"],
  ["an unknown file", { files: [{ id: "F404" }] }, "file_not_found"],
  ["a conversation's name", { channel_id: "#live" }, "channel_not_found"],
  ["an unknown thread", { channel_id: channel, thread_ts: "1.000001" }, "thread_not_found"],
  ["several conversations", { channels: channel }, "channels_are_not_in_local_slack"],
  ["blocks", { blocks: [] }, "blocks_beside_files_are_not_in_local_slack"],
])("ending an upload with %s is refused, and changes nothing", async (_, args, error) => {
  await using slack = await startLocalSlack();
  const id = await uploaded(slack);
  const call = complete(slack, { files: [{ id }], ...args });
  await expect(call).rejects.toMatchObject(refusedWith(error));
  expect(await slack.messages(ana)).toEqual([]);
  expect((await complete(slack, { files: [{ id }] })).ok).toBe(true);
});

test("an upload without content, or that ended, is not found", async () => {
  await using slack = await startLocalSlack();
  const ended = await uploaded(slack);
  await complete(slack, { files: [{ id: ended }] });
  const { file_id: empty } = await announce(slack, csv);
  for (const id of [ended, empty]) {
    const call = complete(slack, { files: [{ id }], channel_id: channel });
    await expect(call).rejects.toMatchObject(refusedWith("file_not_found"));
  }
});

test.each([
  ["files.getUploadURLExternal", "files:write"],
  ["files.completeUploadExternal", "files:write"],
  ["files.info", "files:read"],
])("%s without %s is refused", async (method, needed) => {
  await using slack = await startLocalSlack({ scopes: ["chat:write"] });
  const refused = { data: { error: "missing_scope", needed, provided: "chat:write" } };
  await expect(slack.web.apiCall(method, {})).rejects.toMatchObject(refused);
});

test.each([
  ["usage.csv", `filename="usage.csv"; filename*=UTF-8''usage.csv`],
  ['Ü "x".csv', `filename="_ _x_.csv"; filename*=UTF-8''%C3%9C%20%22x%22.csv`],
  ["../usage.csv", `filename=".._usage.csv"; filename*=UTF-8''..%2Fusage.csv`],
])("the name %s is kept for the download", async (name, header) => {
  await using slack = await startLocalSlack();
  const id = await uploaded(slack, csv, name);
  await complete(slack, { files: [{ id }], channel_id: channel });
  const path = (await slack.messages(ana))[0]?.files[0]?.path;
  const response = await fetch(`${slack.origin}${path}`);
  expect(response.headers.get("content-disposition")).toBe(`attachment; ${header}`);
  expect((await fetch(`${slack.origin}/files/${id}/other.csv`)).status).toBe(404);
});
