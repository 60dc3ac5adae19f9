import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seedWorld } from "../../local/aws/seed.ts";
import { keepWorld, loadWorld } from "../../local/saved-world.ts";
import { createWorld } from "../../local/world.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
});
afterEach(() => rm(home, { recursive: true }));

test("what ran and is billed survives a restart", async () => {
  const world = createWorld(seedWorld(1000), () => 2000);
  const saver = keepWorld(world, home);
  const run = { of: "channel", id: "4710002", from: 1000, to: null, bitrateBps: null } as const;
  world.change(({ bill }) => void bill.runs.push(run));
  await saver.close();
  expect(await loadWorld(home)).toMatchObject({ bill: { since: 1000, factor: 1, runs: [run] } });
});

test("a world that was saved before there were bills is billed from its last sign of life", async () => {
  const { bill, ...older } = seedWorld(1000);
  await writeFile(join(home, "world.json"), JSON.stringify(older));
  expect(await loadWorld(home)).toMatchObject({ bill });
});
