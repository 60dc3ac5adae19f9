import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { actionsOf, granted } from "./checks/granted.ts";
import { addMet, coverageOf, createCoverage } from "./coverage.ts";
import { faultKinds } from "./options.ts";
import { possiblePairs } from "./possible.ts";
import { createSometimes, missedInCi, situations, sometimesOf } from "./sometimes.ts";

describe("the coverage of a campaign", () => {
  it("counts each fault by the operation that met it, over all seeds", () => {
    const [one, other] = [createCoverage(), createCoverage()];
    one.meet("hang", "channels.start");
    other.meet("hang", "channels.start");
    other.meet("lost", "channels.start");
    expect(addMet([one.met(), other.met()])).toEqual({ "channels.start": { hang: 2, lost: 1 } });
  });

  it("names what was possible and never met", () => {
    const possible = new Map([["flows.stop", ["hang", "lost"] as const]]);
    expect(coverageOf({ "flows.stop": { lost: 3 } }, possible)).toEqual({
      met: 1,
      possible: 2,
      neverMet: { "flows.stop": ["hang"] },
    });
  });

  it("has a place for every kind of fault", () => {
    const kinds = new Set([...possiblePairs().values()].flat());
    expect(faultKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

describe("what must have happened sometimes", () => {
  it("says how much of it was reached, and what never was", () => {
    const sometimes = createSometimes();
    sometimes.reached("a start falls back");
    const { reached, total, never } = sometimesOf([sometimes.counts(), {}]);
    expect({ reached, total }).toEqual({ reached: 1, total: situations.length });
    expect(never).not.toContain("a start falls back");
  });

  it("lets the CI fail only for what is on its list", () => {
    const never = ["a start falls back", "a show crosses a clock change"] as const;
    expect(missedInCi(never)).toEqual(["a start falls back"]);
  });

  it("names each situation once", () => {
    expect(new Set(situations.map(({ name }) => name)).size).toBe(situations.length);
  });
});

/** The actions of the SDK's commands that the adapters make, by the client that each file imports. */
function actionsInSource(): string[] {
  const folder = join(import.meta.dirname, "../../src/aws");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return sources.flatMap((source) => {
    const service = /@aws-sdk\/(?:client-)?(lib-dynamodb|[a-z]+(?:-[a-z]+)?)"/.exec(source)?.[1];
    const commands = [...source.matchAll(/new (\w+)Command\(|paginate(Scan)\(/g)];
    return commands.map(([, command, scan]) => actionOf(service ?? "", command ?? scan ?? ""));
  });
}

const prefixes: Record<string, string> = { "cost-explorer": "ce" };

function actionOf(service: string, command: string): string {
  if (service !== "lib-dynamodb")
    return `${prefixes[service] ?? service}:${command.replace("MessageBatch", "Message")}`;
  const whole = ["Scan", "Query"].includes(command) ? command : `${command}Item`;
  return `dynamodb:${whole}`;
}

describe("the actions that are granted", () => {
  const used = [...new Set(actionsInSource())].sort();

  it("S5: are those that the adapters use, and no more", () => {
    expect(used).toEqual([...granted].sort());
  });

  it("S5: are all that the calls of the ports stand for", () => {
    const meant = new Set<string>(Object.values(actionsOf).flat());
    expect([...meant].filter((action) => !granted.includes(action))).toEqual([]);
  });
});
