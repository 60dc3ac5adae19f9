import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSaver, loadSaved } from "../../local/saved.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
});
afterEach(() => rm(home, { recursive: true }));

const parseNumbers = (value: unknown) => (Array.isArray(value) ? value : null);

test("there is nothing to load at first", async () => {
  expect(await loadSaved(join(home, "a.json"), parseNumbers)).toBeNull();
});

test("saves whole files that only their owner can read, and no drafts", async () => {
  const path = join(home, "deeper", "a.json");
  const values = [1];
  const saver = createSaver(path, () => values);
  await saver.save();
  values.push(2);
  await Promise.all([saver.save(), saver.save()]);
  expect(await loadSaved(path, parseNumbers)).toEqual([1, 2]);
  expect(await readdir(join(home, "deeper"))).toEqual(["a.json"]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("many changes become one write soon, and closing writes the rest", async () => {
  const path = join(home, "a.json");
  const snapshot = vi.fn(() => [1]);
  const saver = createSaver(path, snapshot);
  for (let change = 0; change < 50; change++) saver.saveSoon();
  expect(snapshot).not.toHaveBeenCalled();
  await vi.waitFor(async () => expect(await readFile(path, "utf8")).toBe("[1]"));
  saver.saveSoon();
  await saver.close();
  expect(snapshot).toHaveBeenCalledTimes(2);
});

test.each(["", "{", '{"not":"a list"}'])("damaged data is one clear sentence: %j", async (text) => {
  const path = join(home, "a.json");
  await writeFile(path, text);
  await expect(loadSaved(path, parseNumbers)).rejects.toThrow(
    `The saved data in ${path} is damaged; move this file away to start fresh.`,
  );
});
