import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../src/commands/index.ts";
import { variableNames } from "../src/config.ts";
import { jobs } from "../src/jobs/index.ts";
import { documents } from "./support/documents.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** A pipe would begin a new cell, also in code. */
const code = (words: string): string => `\`${words.replaceAll("|", "\\|")}\``;

const commandTable = (): string =>
  table(
    ["command", "what it does", "for"],
    commands.map(({ usage, summary, role }) => [
      code(`/stream ${usage}`.trim()),
      summary,
      `${role}s`,
    ]),
  );

const jobFiles = readdirSync(join(root, "src/jobs")).filter((file) => file.endsWith(".ts"));

/** The first clause of what stands above a job in its file. */
function clauseOf(name: string): string {
  const source = jobFiles.map((file) => read(`src/jobs/${file}`));
  const own = source.find((each) => each.includes(`: Job = {\n  name: "${name}",`)) ?? "";
  const [above = ""] = own.split(/\nexport const \w+: Job = \{/);
  const words = above.slice(above.lastIndexOf("/**")).replaceAll(/[\s*/]+/g, " ");
  return /^[^.:;]*/.exec(words.trim())?.[0] ?? "";
}

const jobTable = (): string =>
  table(
    ["job", "what it does"],
    jobs.map(({ name }) => [name, clauseOf(name)]),
  );

describe("the README", () => {
  const readme = read("README.md");

  it.each([
    ["commands", commandTable],
    ["jobs", jobTable],
  ] as const)("lists the %s as the code does", (name, make) => {
    const [, found] = readme.split(new RegExp(`<!-- /?${name} -->`));
    expect(found?.trim()).toBe(make());
  });

  it("says something of every job", () => {
    expect(jobs.map(({ name }) => clauseOf(name)).filter((words) => words.length < 20)).toEqual([]);
  });

  it("has two commands that set it up", () => {
    expect(readme.match(/^npm ci\b.*$/gm)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
  });
});

/** What GitHub calls a heading in an address. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

describe("the documents", () => {
  it("name no variable that nobody reads", () => {
    const named = documents.flatMap((file) => read(file).match(/\bPATCHBAY_[A-Z_]+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !variableNames.includes(name))).toEqual([]);
  });

  it("explain what the simulator checks by the names that it gives", () => {
    const explained = read("docs/invariants.md");
    const checks = readdirSync(join(root, "test/sim"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [...read(`test/sim/${file}`).matchAll(/"([MTASP]\d) ([a-z][a-z -]+)"/g)]);
    const missing = checks.filter(([, id, name]) => !explained.includes(`| ${id} | ${name} |`));
    expect(checks.length).toBeGreaterThan(0);
    expect(missing.map(([words]) => words)).toEqual([]);
  });

  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(
      ([, target = "", anchor]) => ({
        to: target === "" ? file : join(file, "..", target),
        anchor,
      }),
    ),
  );

  it("link to files that exist", () => {
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
  });

  it("link to headings that exist", () => {
    const within = links.filter(({ to, anchor }) => anchor !== undefined && to.endsWith(".md"));
    expect(within.length).toBeGreaterThan(0);
    expect(within.filter(({ to, anchor = "" }) => !anchorsOf(to).includes(anchor))).toEqual([]);
  });

  it("name commands that exist", () => {
    const verbs = commands.map(({ verb }) => verb);
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/`\/stream ([a-z]+)/g)].map(([, verb = ""]) => verb),
    );
    expect(named.filter((verb) => !verbs.includes(verb))).toEqual([]);
  });
});
