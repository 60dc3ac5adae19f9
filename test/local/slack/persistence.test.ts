import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana } = slackPeople;
const channel = "C0LIVE00001";

async function aHome(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "patchbay-slack-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test("a restart continues the conversation where it was", async () => {
  await using home = await aHome();
  const first = await startLocalSlack({ home: home.path });
  const { ts = "" } = await first.web.chat.postMessage({ channel, text: "card" });
  const deleted = await first.web.chat.postMessage({ channel, text: "gone" });
  await first.web.chat.delete({ channel, ts: deleted.ts ?? "" });
  await first.web.views.publish({
    user_id: ana,
    view: { type: "home", blocks: [{ type: "divider" }] },
  });
  await first[Symbol.asyncDispose]();

  await using second = await startLocalSlack({ home: home.path });
  expect(await second.state(ana)).toMatchObject({
    messages: [{ ts, text: "card" }],
    home: { blocks: [{ type: "divider" }] },
  });
  await second.web.chat.update({ channel, ts, text: "card, continued" });
  expect(await second.messages(ana)).toMatchObject([{ ts, text: "card, continued" }]);
  const next = await second.web.chat.postMessage({ channel, text: "next" });
  expect(Number(next.ts)).toBeGreaterThan(Number(deleted.ts));
});

/** Uploads a file of one megabyte into the conversation. */
async function share({ web }: SlackHarness, filename: string): Promise<void> {
  const length = 1_000_000;
  const wanted = { filename, length };
  const { upload_url = "", file_id = "" } = await web.files.getUploadURLExternal(wanted);
  await fetch(upload_url, { method: "POST", body: "x".repeat(length) });
  await web.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: channel });
}

test("files survive a restart, the newest 8 MB of them", async () => {
  await using home = await aHome();
  const first = await startLocalSlack({ home: home.path });
  const names = Array.from({ length: 9 }, (_, index) => `${index}.txt`);
  for (const name of names) await share(first, name);
  await first[Symbol.asyncDispose]();
  await using second = await startLocalSlack({ home: home.path });
  const kept = (await second.messages(ana)).map(({ files }) => files.map(({ name }) => name));
  expect(kept).toEqual([[], ...names.slice(1).map((name) => [name])]);
});

test("a conversation that was saved before there were files is continued", async () => {
  await using home = await aHome();
  const first = await startLocalSlack({ home: home.path });
  await first.web.chat.postMessage({ channel, text: "card" });
  await first[Symbol.asyncDispose]();
  const file = join(home.path, "slack.json");
  const saved = (await readFile(file, "utf8")).replaceAll('"files":[],', "");
  await writeFile(file, saved);
  await using second = await startLocalSlack({ home: home.path });
  expect(saved).not.toContain("files");
  expect(await second.messages(ana)).toMatchObject([{ text: "card", files: [] }]);
});

test.each(["{", "[]", '{"version":2}'])("damaged data (%s) is one clear sentence", async (text) => {
  await using home = await aHome();
  await writeFile(join(home.path, "slack.json"), text);
  await expect(startLocalSlack({ home: home.path })).rejects.toThrow(/slack\.json is damaged/);
});
