import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { aCommandLine, viewer } from "../support/command-line.ts";

const { run } = aCommandLine();
const usagesFor = async (typed: string, more: Parameters<typeof run>[1] = {}) => {
  const reply = await run(typed, more);
  return reply.kind === "help" ? reply.entries.map(({ usage }) => usage) : [];
};

describe("help", () => {
  it("lists every command with what it does and an example", async () => {
    const reply = await run("help");
    const entries = reply.kind === "help" ? reply.entries : [];
    expect(entries).toHaveLength(commands.length);
    expect(entries[0]).toMatchObject({ usage: "/stream", example: "/stream" });
    expect(entries[1]).toEqual({
      usage: "/stream start <destination…|all> [for 2h | until 21:30]",
      summary: "Put destinations on air; each stops by itself at its end",
      example: "/stream start twitch for 2h",
    });
  });

  it("lists only what the person may use", async () => {
    expect(await usagesFor("help", { asker: viewer })).toEqual([
      "/stream",
      "/stream status [destination]",
      "/stream cost [today|week|month|2026-11]",
      "/stream budget [set 400 | off | hardcap on|off]",
      "/stream report [day|week|month|2026-11 [post] | daily|weekly|monthly on|off]",
      expect.stringMatching(/^\/stream schedule \[add /),
      "/stream history [destination]",
      "/stream plan <any command>",
      "/stream help [command]",
    ]);
  });

  it.each(["help stop", "HELP Stop", "help /stream stop"])(
    "shows one command for “%s”",
    async (typed) => {
      expect(await usagesFor(typed)).toEqual(["/stream stop <destination…|all|channel 1009|flow>"]);
    },
  );

  it.each(commands.map((each) => ({ ...each })))(
    "has an example of “$verb” that works",
    async ({ verb, example, role, roleFor }) => {
      expect(example.startsWith(verb)).toBe(true);
      const needed = roleFor?.(example.slice(verb.length).trim()) ?? role;
      const asker = { id: "U1", name: "Somebody", role: needed };
      await expect(aCommandLine().run(example, { asker })).resolves.toHaveProperty("kind");
    },
  );
});

describe("help for what is not there", () => {
  it("suggests the nearest command", async () => {
    await expect(run("help stpo")).rejects.toMatchObject({
      code: "not-found",
      message: "There is no command “stpo” that you can use.",
      hint: "Did you mean `/stream help stop`?",
    });
  });

  it("says the same of a command that the person may not use", async () => {
    await expect(run("help start", { asker: viewer })).rejects.toMatchObject({
      message: "There is no command “start” that you can use.",
      hint: "Try `/stream help`.",
    });
  });

  it("does not quote what leaves nothing to quote", async () => {
    await expect(run("help ***")).rejects.toMatchObject({
      message: "There is no such command that you can use.",
    });
  });
});
