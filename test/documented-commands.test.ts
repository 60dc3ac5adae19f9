import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseOptions } from "../infra/options.ts";
import { commands } from "../src/commands/index.ts";
import { isOpsError } from "../src/errors.ts";
import { aCommandLine } from "./support/command-line.ts";
import { type Block, blocksOf, documents, readProjectFile } from "./support/documents.ts";

const root = join(import.meta.dirname, "..");
const scripts: Record<string, string> = JSON.parse(readProjectFile("package.json")).scripts;

/** Where the options of a script are declared, for those that have any. */
const optionsIn: Record<string, readonly string[]> = {
  infra: ["infra/options.ts", "infra/migrate/main.ts"],
  prices: ["src/prices.ts"],
  sim: ["test/sim/command-line.ts"],
};

/**
 * What the documents tell people to type without needing anything but this folder, by how it begins, with what runs it.
 * Blocks of other commands say what they need: ```sh needs=aws, or needs=docker, needs=systemd.
 */
const runBy: Record<string, string> = {
  "npm ci && npm start": "test/e2e/start.test.ts",
  "npm ci && npm test": ".ci/run",
  "npm run feed": "test/e2e/media.test.ts",
  "npm run sim -- ": "test/sim/command-line.test.ts",
  "curl -X POST 127.0.0.1:4400/world/slack/": "test/local/slack/outage.test.ts",
};
const known = ["aws", "docker", "systemd"];

const blocks = documents.flatMap(blocksOf).filter(({ language }) => language === "sh");
const lines = blocks.flatMap((block) => block.lines.map((line) => ({ ...block, line })));

/** `npm run x` wherever it stands, in a block or in a sentence, with the words after it. */
const scriptCalls = documents.flatMap((file) =>
  [...readProjectFile(file).matchAll(/\bnpm run (?:--silent )?([\w-]+)(?: -- ([^`\n#]*))?/g)].map(
    ([, name = "", words = ""]) => ({ file, name, words: words.trim() }),
  ),
);

/** What the deploy command reads itself; `migrate` has words of its own. */
const deployments = [
  ...new Set(
    scriptCalls
      .filter(({ name, words }) => name === "infra" && !/^migrate|^help|[<…]/.test(words))
      .map(({ words }) => words),
  ),
];

const flagsOf = (words: string): string[] => words.match(/(?<=(^|\s)--)[a-z][a-z-]*/g) ?? [];

function isOption(script: string, flag: string): boolean {
  const declared = (optionsIn[script] ?? []).filter((file) => existsSync(join(root, file)));
  const words = declared.map(readProjectFile).join("\n");
  return new RegExp(`(^|[\\s"])${flag}"?: \\{`, "m").test(words);
}

/** A command's own name, or the beginning of how it is used, stands for what it does. */
const isName = (words: string): boolean =>
  commands.some(({ usage }) => new RegExp(`(^|[[| ])${words} `).test(usage));

/** `/stream …` in a sentence; a name, or one with a gap, a choice or a placeholder is not to be typed as it stands. */
const streamCommands = [
  ...new Set(
    documents.flatMap((file) =>
      [...readProjectFile(file).matchAll(/`\/stream ([^`]+)`/g)]
        .map(([, words = ""]) => words)
        .filter((words) => !/[…|<>[\]]/.test(words) && !isName(words)),
    ),
  ),
];

describe("what the documents tell people to type", () => {
  it.each(streamCommands)("is understood by the bot: /stream %s", async (words) => {
    const { run } = aCommandLine({ now: new Date("2026-11-20T12:00:00Z") });
    const admin = { id: "U0ADA", name: "Ada", role: "admin" } as const;
    const failure = await run(words, { asker: admin }).then(
      () => null,
      (error: unknown) => error,
    );
    // Something may not be there in this world; what matters is that the words make sense.
    expect(failure === null || (isOpsError(failure) && failure.code !== "invalid-input")).toBe(
      true,
    );
  });

  it.each(deployments)("is understood by the deploy command: %s", (words) => {
    expect(parseOptions(words.split(/\s+/)).site.environment).toBe("prod");
  });

  it("calls scripts that exist", () => {
    expect(scriptCalls.length).toBeGreaterThan(10);
    expect(scriptCalls.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it("gives each script options that it has", () => {
    const wrong = scriptCalls.flatMap(({ file, name, words }) =>
      flagsOf(words).flatMap((flag) =>
        isOption(name, flag) ? [] : [`${file}: ${name} --${flag}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("says what a block needs in a word that is known", () => {
    const needs = blocks.flatMap((block) => block.needs ?? []);
    expect(needs.filter((need) => !known.includes(need))).toEqual([]);
  });

  it("is run by something here, or says what it needs", () => {
    const free = lines.filter(({ needs }) => needs === null);
    const covers = ([begins, by]: [string, string], line: string) =>
      line.startsWith(begins) && existsSync(join(root, by));
    const nobody = free.filter(
      ({ line }) => !Object.entries(runBy).some((each) => covers(each, line)),
    );
    expect(nobody.map(({ file, line }: Block & { line: string }) => `${file}: ${line}`)).toEqual(
      [],
    );
  });

  it("names files of this folder that exist", () => {
    const files = lines.flatMap(
      ({ line }) => line.match(/(?<=\s)(infra|src|docs)\/[\w./-]+/g) ?? [],
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
