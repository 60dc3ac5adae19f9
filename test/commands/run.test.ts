import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { aCommandLine, linesOf, viewer } from "../support/command-line.ts";

describe("the entrance to all commands", () => {
  it.each([
    "START twitch",
    "  start   twitch  ",
    "start\ttwitch",
    "start\u00a0twitch",
    "ｓｔａｒｔ twitch",
  ])("finds the verb in %j", async (typed) => {
    const { run } = aCommandLine();
    expect(linesOf(await run(typed))).toEqual([
      "Starting *Twitch* until 23:00. $0.85/h, about $3.38.",
      "Plus the flow: $0.16/h while anything is on.",
    ]);
  });

  it.each([
    ["strat twitch", "Did you mean `/stream start`?"],
    ["stpo", "Did you mean `/stream stop`?"],
    ["hepl", "Did you mean `/stream help`?"],
    ["dance", "Try `/stream help`."],
    ["x", "Try `/stream help`."],
  ])("answers “%s” with the nearest verb, if there is one", async (typed, hint) => {
    const { run } = aCommandLine();
    await expect(run(typed)).rejects.toMatchObject({
      code: "invalid-input",
      message: "I do not know that command.",
      hint,
    });
  });

  it("sees a stream key also after a verb that it does not know", async () => {
    const { run } = aCommandLine();
    await expect(run("key twitch live_123_AbCd")).rejects.toThrow(/looks like a stream key/);
  });

  it("gives commands a person without a role, so that none of it is stored", async () => {
    const { world, run } = aCommandLine();
    await run("start twitch");
    expect(Object.keys(world.destinations.get("dest_twitch").intent?.by ?? {})).toEqual([
      "id",
      "name",
    ]);
  });

  it("checks the role before it reads the words", async () => {
    const { run } = aCommandLine();
    const refused = run("start no such thing for ever", { asker: viewer });
    await expect(refused).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("passes on what AWS or the tables answer", async () => {
    const { world, run } = aCommandLine();
    const error = new Error("no answer");
    world.failNext("destinations.list", error);
    await expect(run("start twitch")).rejects.toBe(error);
  });
});

it("has verbs that differ", () => {
  const verbs = commands.map(({ verb }) => verb);
  expect(new Set(verbs).size).toBe(verbs.length);
});
