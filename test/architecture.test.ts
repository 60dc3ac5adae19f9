import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { directions, type Row } from "./support/directions.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

function filesIn(folder: string, ending = ".ts"): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.endsWith(".d.ts"),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const files = [...filesIn("src"), ...filesIn("local"), ...filesIn("infra")];

/** Every module a file names: `from "…"`, `export … from`, bare `import "…"` and `import("…")`. */
function importsOf(source: string): string[] {
  const forms = [
    /^(?:import|export|\}).*\bfrom\s+"([^"]+)"/gm,
    /\bimport\s+"([^"]+)"/g,
    /\bimport\(\s*"([^"]+)"\s*\)/g,
  ];
  return forms.flatMap((form) => [...source.matchAll(form)].map((match) => match[1] ?? ""));
}

/** The row of the table that stands for a path: the longest that it begins with. */
function rowOf(path: string): Row | undefined {
  return directions
    .filter(({ of }) => path === of || path.startsWith(`${of}/`))
    .toSorted((left, right) => right.of.length - left.of.length)[0];
}

const fits = (specifier: string, allowed: readonly string[]): boolean =>
  allowed.some((each) =>
    each.endsWith("*")
      ? specifier.startsWith(each.slice(0, -1))
      : specifier === each || specifier.startsWith(`${each}/`),
  );

/** What a file imports against its row, in words; empty when nothing. */
function faults(file: string, source: string): string[] {
  const row = rowOf(file);
  if (row === undefined) return [`${file} stands in no row of the table of directions`];
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith("."))
      return fits(specifier, row.npm)
        ? []
        : [`${file} must not import ${specifier} (row ${row.of})`];
    const target = normalize(join(dirname(file), specifier));
    const inside = rowOf(target)?.of === row.of;
    return inside || fits(target, row.project)
      ? []
      : [`${file} must not import ${target} (row ${row.of})`];
  });
}

describe("directions", () => {
  it("has arrows that point down only", () => {
    expect(files.flatMap((file) => faults(file, read(file)))).toEqual([]);
  });

  it.each([
    ["src/domain/plan.ts", 'import { x } from "../manager/ports.ts";'],
    ["src/domain/plan.ts", 'import fs from "node:fs";'],
    ["src/commands/start.ts", 'export { x } from "../bot/bot.ts";'],
    ["src/jobs/end-leases.ts", 'import "../aws/aws.ts";'],
    ["src/manager/loop.ts", 'const x = await import("@aws-sdk/client-ssm");'],
    ["src/bot/bot.ts", 'import { x } from "../../local/main.ts";'],
    ["local/main.ts", 'import { x } from "../src/errors.ts";'],
    ["src/somewhere/new.ts", ""],
  ])("refuses a planted fault in %s", (file, source) => {
    expect(faults(file, source)).toHaveLength(1);
  });
});

describe("what a start loads", () => {
  it("names single functions of date-fns, because all of them take 0.4 s", () => {
    const whole = /from "date-fns"/;
    expect(files.filter((file) => whole.test(read(file)))).toEqual([]);
  });
});

describe("hidden inputs", () => {
  const hidden = /new Date\(\)|Date\.now\(|performance\.now\(|Math\.random\(|globalThis\./;
  const clocks = new Set(["src/clock.ts", "local/main.ts", "local/function-runtime.ts"]);

  it("reads the time and chance in one place only", () => {
    const found = files.filter((file) => !clocks.has(file) && hidden.test(read(file)));
    expect(found).toEqual([]);
  });

  it("makes new names in one place of the product only", () => {
    const makers = /randomUUID|randomBytes|randomInt/;
    expect(filesIn("src").filter((file) => makers.test(read(file)))).toEqual(["src/ids.ts"]);
  });

  it("reads the environment in one place only", () => {
    const readers = files.filter((file) => /process\.env\b/.test(read(file)));
    expect(readers).toEqual(["src/environment.ts"]);
  });

  it.each(["const now = new Date();", "Date.now()", "Math.random()", "globalThis.setTimeout"])(
    "sees a planted %s",
    (source) => {
      expect(hidden.test(source)).toBe(true);
    },
  );
});

describe("lists", () => {
  it.each([
    { folder: "src/commands", named: /: Command = \{/ },
    { folder: "src/jobs", named: /: Job = \{/ },
    { folder: "src/domain/platforms", named: /: Platform = \{/ },
  ])("names every file of $folder that holds one", ({ folder, named }) => {
    const list = importsOf(read(`${folder}/index.ts`)).map((specifier) =>
      normalize(join(folder, specifier)),
    );
    const holding = filesIn(folder).filter((file) => named.test(read(file)));
    expect(holding.filter((file) => !list.includes(file))).toEqual([]);
    expect(holding.length).toBeGreaterThan(0);
  });

  it.each(["src/commands", "src/jobs"])("has a test for every entry of %s", (folder) => {
    const tests = filesIn(folder.replace("src", "test"), ".test.ts").map((file) =>
      file.replace("test/", ""),
    );
    const entries = importsOf(read(`${folder}/index.ts`)).filter(
      (each) => !each.includes("command.ts") && !each.includes("job.ts"),
    );
    const missing = entries.filter(
      (entry) =>
        !tests.includes(
          normalize(join(folder.replace("src/", ""), entry.replace(".ts", ".test.ts"))),
        ),
    );
    expect(missing).toEqual([]);
  });
});

describe("the repository", () => {
  const texts = [...files, ...filesIn("test"), "README.md", ".ci/run", "package.json"];

  it("uses no module mocks and no exclusive or skipped tests", () => {
    const words = ["vi", "mock("].join(".");
    const tests = filesIn("test", ".test.ts").filter(
      (file) => file !== "test/architecture.test.ts",
    );
    expect(
      tests.filter(
        (file) => read(file).includes(words) || /\b(?:it|describe|test)\.only\(/.test(read(file)),
      ),
    ).toEqual([]);
  });

  it("pins every dependency to one version", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it("gives each dependency a line in docs/decisions", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const reasons = read("docs/decisions/0001-dependencies.md");
    const missing = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !reasons.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  it("explains each invariant that a test names", () => {
    const explained = read("docs/invariants.md");
    const named = filesIn("test", ".test.ts").flatMap((file) =>
      [...read(file).matchAll(/["`/ ]([MTASP]\d)(?=:|,| [a-z-]+:)/g)].map(([, id]) => id ?? ""),
    );
    expect(named.length).toBeGreaterThan(0);
    expect([...new Set(named)].filter((id) => !explained.includes(`| ${id} |`))).toEqual([]);
  });

  it("names no machine's own paths", () => {
    const own = new RegExp(["/", "work", "/|/home/|/Users/"].join(""));
    expect(
      texts.filter((file) => file !== "test/architecture.test.ts" && own.test(read(file))),
    ).toEqual([]);
  });
});
