import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hlsFiles } from "../../local/hls.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  await mkdir(join(folder, "hls", "primary"), { recursive: true });
  await writeFile(join(folder, "hls", "primary", "index.m3u8"), "#EXTM3U");
  await writeFile(join(folder, "hls", "primary", "1.ts"), "segment");
  await writeFile(join(folder, "hls", "primary", "key.txt"), "secret");
  await writeFile(join(folder, "secret.m3u8"), "secret");
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["index.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U"],
  ["1.ts", "video/mp2t", "segment"],
])("serves %s as %s to any page", async (file, type, content) => {
  const answer = await hlsFiles(join(folder, "hls")).request(`/hls/primary/${file}`);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await answer.text()).toBe(content);
});

test.each([
  "/hls/primary/2.ts",
  "/hls/primary/key.txt",
  "/hls/../secret.m3u8",
  "/hls/%2e%2e/secret.m3u8",
  "/hls/primary/..%2f..%2fsecret.m3u8",
  "/hls/primary",
])("does not serve %s", async (path) => {
  expect((await hlsFiles(join(folder, "hls")).request(path)).status).toBe(404);
});
