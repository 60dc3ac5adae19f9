import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { healthRoutes } from "../../src/api/health.ts";
import { variableNames } from "../../src/config.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const scripts: Record<string, string> = JSON.parse(read("package.json")).scripts;

/** The instructions of the Dockerfile, each with its words; a line that ends in a backslash goes on. */
const instructions = read("Dockerfile")
  .replaceAll("\\\n", "")
  .split("\n")
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => {
    const [name = "", ...words] = line.split(/\s+/);
    return { name, words, line };
  });
const named = (wanted: string) => instructions.filter(({ name }) => name === wanted);
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
const only = (wanted: string) => lastStage.find(({ name }) => name === wanted)?.line ?? "";

describe("the Dockerfile", () => {
  it("takes both stages from the official image's short name", () => {
    expect(named("FROM").map(({ words }) => words[0])).toEqual(["node:24-slim", "node:24-slim"]);
  });

  it("copies what exists, and what is not left out of what the build gets to see", () => {
    const copied = named("COPY")
      .filter(({ words }) => !words.some((word) => word.startsWith("--from")))
      .flatMap(({ words }) => words.slice(0, -1));
    const letIn =
      read(".dockerignore")
        .match(/^!.+$/gm)
        ?.map((line) => line.slice(1)) ?? [];
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(copied.toSorted()).toEqual(letIn.toSorted());
  });

  it("leaves everything else out, so that no secret of the folder gets in", () => {
    const rules = read(".dockerignore").match(/^[^#\s].*$/gm) ?? [];
    expect(rules[0]).toBe("*");
    expect(rules.filter((rule) => /env|patchbay|git|local|test/.test(rule))).toEqual([]);
  });

  it("installs without scripts, and builds with the project's own script", () => {
    const runs = named("RUN").map(({ line }) => line);
    expect(runs).toEqual(["RUN npm ci --ignore-scripts", "RUN npm run build"]);
    expect(Object.keys(scripts)).toContain("build");
  });

  it("runs as nobody who has rights, and can be asked whether it is well", async () => {
    expect(only("USER")).toBe("USER 1000:1000");
    const probe = only("HEALTHCHECK");
    const [, path = ""] =
      /127\.0\.0\.1:\$\{process\.env\.PORT \|\| 4300\}(\/\w+)/.exec(probe) ?? [];
    const routes = healthRoutes(() => ({
      ready: true,
      slack: true,
      slackMode: "socket",
      lastPassAt: null,
    }));
    expect((await routes.request(path)).status).toBe(200);
    expect(probe).not.toMatch(/curl|wget/);
  });

  it("sets the port alone, and carries no secret", () => {
    expect(named("ENV").map(({ words }) => words)).toEqual([["PORT=4300"]]);
    expect(variableNames).toContain("PORT");
    expect(named("ARG")).toEqual([]);
    expect(read("Dockerfile")).not.toMatch(/xox|xapp-|AKIA|SECRET/);
  });

  it("starts the file that the build writes, with Node as the first process", () => {
    const command: string[] = JSON.parse(only("CMD").replace(/^CMD /, ""));
    expect(command[0]).toBe("node");
    const from = lastStage.find(({ line }) => line.includes("--from=build"));
    expect(from?.words).toContain(`/app/${command.at(-1)}`);
  });
});

describe("the systemd unit", () => {
  const unit = read("infra/patchbay.service");
  const value = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1];

  it("starts what the container starts", () => {
    const command: string[] = JSON.parse(only("CMD").replace(/^CMD /, ""));
    expect(value("ExecStart")).toBe(`/usr/bin/env ${command.join(" ")}`);
  });

  it("always comes back, and never gives that up", () => {
    expect(value("Restart")).toBe("always");
    expect(value("StartLimitIntervalSec")).toBe("0");
  });

  it("reads its secrets from a file, runs as nobody and may write nowhere", () => {
    expect(value("EnvironmentFile")).toBe("/etc/patchbay/environment");
    const hardened = { DynamicUser: "yes", ProtectSystem: "strict", NoNewPrivileges: "yes" };
    for (const [key, wanted] of Object.entries(hardened))
      expect([key, value(key)]).toEqual([key, wanted]);
    expect(unit).not.toMatch(/xox|xapp-|AKIA|SECRET/);
  });

  it("keeps memory that can be both written and run, which V8 needs", () => {
    expect(value("MemoryDenyWriteExecute")).toBeUndefined();
  });
});
