import { describe, expect, it } from "vitest";
import { ignore } from "../../src/commands/ignore.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { createManager } from "../../src/manager/manager.ts";
import { ana, siteNow } from "../support/builders.ts";
import { buttonsOf, linesOf } from "../support/command-line.ts";
import { aWorld } from "../support/world.ts";

function anIgnoring() {
  const world = aWorld();
  const manager = createManager(world.ports, defaultPolicy, () => undefined);
  const context = { ...manager, asker: ana, policy: defaultPolicy, now: siteNow };
  const open = { confirmed: false, seen: null, commands: [] };
  const run = (args: string) => ignore.run(args, { ...context, role: "operator", ...open });
  return { world, run };
}

describe("ignore", () => {
  it("keeps each thing out of the list until its own day, and stands in the audit", async () => {
    const { world, run } = anIgnoring();
    expect(linesOf(await run("flow until 2026-12-22"))).toEqual([
      "*flow* is left out of the daily list until 2026-12-22.",
    ]);
    await world.clock.advance(1_000);
    await run("1003 until tomorrow");
    expect(JSON.parse((await world.notes.read("leaks.ignored")) ?? "")).toEqual({
      version: 1,
      until: { flow: "2026-12-22", "1003": "2026-11-23" },
    });
    const audit = await world.audit.latest({ limit: 5 });
    expect(audit.map(({ by, what, object, after }) => [by.name, what, object, after])).toEqual([
      ["Ana", "leak ignored", "1003", "2026-11-23"],
      ["Ana", "leak ignored", "flow", "2026-12-22"],
    ]);
  });

  it.each([
    "",
    "flow",
    "flow until",
    "everything until 2026-12-22",
    "flow until 2026-13-01",
    "flow until today",
    "flow until 2026-11-22",
    "../x until 2026-12-22",
    "constructor until 2026-12-22",
  ])("stores nothing for “%s” and gives an example", async (args) => {
    const { world, run } = anIgnoring();
    await expect(run(args)).rejects.toMatchObject({
      code: "invalid-input",
      hint: "For example `/stream ignore flow until 2026-12-22`.",
    });
    expect(await world.notes.read("leaks.ignored")).toBeNull();
  });

  it("is undone by its button, back to what was there before", async () => {
    const { world, run } = anIgnoring();
    const stored = async () => JSON.parse((await world.notes.read("leaks.ignored")) ?? "").until;
    expect(buttonsOf(await run("flow until 2026-12-22"))).toEqual(["Undo → ignore flow off"]);
    const longer = await run("flow until 2026-12-24");
    expect(buttonsOf(longer)).toEqual(["Undo → ignore flow until 2026-12-22"]);
    expect(buttonsOf(await run("flow until 2026-12-24"))).toEqual([]);
    const told = await run("flow off");
    expect(linesOf(told)).toEqual(["*flow* is in the daily list again."]);
    expect(buttonsOf(told)).toEqual(["Undo → ignore flow until 2026-12-24"]);
    expect(await stored()).toEqual({});
    expect(buttonsOf(await run("flow off"))).toEqual([]);
  });

  it.each([
    ["flwo until 2026-12-22", "flow until 2026-12-22"],
    ["flow untl 2026-12-22", "flow until 2026-12-22"],
    ["twich until tomorrow", "dest_twitch until tomorrow"],
    ["Twitch until 2026-12-22", "dest_twitch until 2026-12-22"],
  ])("knows what “%s” is nearly", async (args, meant) => {
    await expect(anIgnoring().run(args)).rejects.toMatchObject({
      code: "invalid-input",
      hint: `Did you mean \`/stream ignore ${meant}\`?`,
    });
  });

  it("leaves a damaged list alone", async () => {
    const { world, run } = anIgnoring();
    world.notes.put("leaks.ignored", "{");
    await expect(run("flow until 2026-12-22")).rejects.toMatchObject({ code: "conflict" });
    expect(await world.notes.read("leaks.ignored")).toBe("{");
  });
});
