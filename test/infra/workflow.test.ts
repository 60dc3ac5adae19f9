import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

type Step = { uses?: string; run?: string };
type Job = { steps: Step[]; strategy?: { matrix: { node: number[] } } };

const root = join(import.meta.dirname, "../..");
const source = readFileSync(join(root, ".github/workflows/ci.yml"), "utf8");
const workflow: {
  permissions: Record<string, string>;
  concurrency: Record<string, unknown>;
  jobs: Record<string, Job>;
} = parse(source);
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const commands = steps.flatMap(({ run }) => run ?? []);

describe("the workflow on GitHub", () => {
  it("runs scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = commands.flatMap((run) => /^npm run ([\w-]+)/.exec(run)?.[1] ?? []);
    expect(named).toEqual(["check", "build"]);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("tries each Node that is supported", () => {
    expect(workflow.jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  });

  it("installs by the lock, without scripts", () => {
    const installs = commands.filter((run) => /^npm (ci|i|install)\b/.test(run));
    expect(new Set(installs)).toEqual(new Set(["npm ci --ignore-scripts"]));
  });

  it("runs each tool from outside in one version", () => {
    const tools = commands.filter((run) => run.startsWith("npx --yes"));
    expect(tools.length).toBeGreaterThan(0);
    expect(tools.filter((run) => !/^npx --yes [a-z]+@\d+\.\d+\.\d+/.test(run))).toEqual([]);
  });

  it("may read and nothing else, and ends what is overtaken", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.concurrency["cancel-in-progress"]).toBe(true);
    expect(source).not.toContain("secrets.");
  });

  it("takes each action at one commit, and says which version that is", () => {
    const uses = source.match(/uses: .+/g) ?? [];
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("lints templates that exist", () => {
    const files = commands.join(" ").match(/infra\/[\w-]+\.yaml/g) ?? [];
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
