import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyWorld, seedWorld } from "../../local/aws/seed.ts";
import { keepWorld, loadWorld } from "../../local/saved-world.ts";
import { createWorld } from "../../local/world.ts";
import { flowOf } from "../support/the-flow.ts";

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

test("a world that was saved before channels were made has the seed's inputs and settings", async () => {
  const { inputs, securityGroups, ...older } = seedWorld(1000);
  const { spec, ...flow } = flowOf(seedWorld(1000));
  const channels = Object.entries(older.channels).map(([id, channel]) => {
    const { spec: _spec, createdAt: _createdAt, ...rest } = channel;
    return [id, rest];
  });
  const saved = { ...older, flow, channels: Object.fromEntries(channels) };
  await writeFile(join(home, "world.json"), JSON.stringify(saved));
  expect(await loadWorld(home)).toEqual(seedWorld(1000));
});

test("an account in which nothing was ever made stays one", async () => {
  const world = createWorld(emptyWorld(1000), () => 2000);
  const saver = keepWorld(world, home);
  await saver.save();
  await saver.close();
  expect(await loadWorld(home)).toEqual(emptyWorld(1000));
});
