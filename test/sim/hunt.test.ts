import { describe, expect, it } from "vitest";
import type { campaign } from "./campaign.ts";
import { optionsOf } from "./forms.ts";
import { hunt } from "./hunt.ts";
import { mutants } from "./mutants.ts";
import type { Report } from "./report.ts";
import { simulate } from "./simulate.ts";

const catching = async (name: string): Promise<string | undefined> => {
  const mutant = mutants.find((each) => each.name === name);
  const { violations } = await simulate(
    optionsOf({
      seed: 1,
      days: 2,
      ...mutant?.ground,
      form: "rough",
      ...(mutant?.change && { change: mutant.change }),
    }),
    mutant,
  );
  return mutant && violations[0]?.invariant;
};

describe("the seeded bugs", { timeout: 60_000 }, () => {
  it("are more than twenty, each with a name of its own and something to break", () => {
    const breaking = mutants.filter(({ ports, slack, policy }) => ports ?? slack ?? policy);
    expect(new Set(breaking.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThan(20);
  });

  it("M1: are caught where the switch in AWS is missing", async () => {
    expect(await catching("the stop switch in AWS is never set")).toBe("M1 no-overrun");
  });

  it("M6: are caught where the flow is stopped under a show", async () => {
    const invariant = await catching("the flow is stopped as soon as it carries video");
    expect(invariant).toBe("M6 flow-follows");
  });

  it("A2: are caught where everything is said twice", async () => {
    expect(await catching("what is said is said twice")).toBe("A2 not twice");
  });

  it("A1, A3: are caught where a line is lost, or the next one is told without it", async () => {
    const invariant = await catching("a line counts as told before it is said");
    expect(invariant).toMatch(/^A[13] /);
  });

  it("T3: are caught where a row ends later than was told", async () => {
    const invariant = await catching("a lease ends an hour late, by a clock of another zone");
    expect(invariant).toBe("T3 monotone");
  });
});

/** Lives in which each mutant is caught, on grounds of which the first is dirty by itself. */
const firstIsDirty: typeof campaign = async ({ tasks, onReport }) => {
  for (const task of tasks) {
    const isBroken = task.seed === 1 || task.mutant !== null;
    const violations = isBroken ? [{ invariant: "M6 flow-follows", at: "", message: "" }] : [];
    onReport({ violations, cpuSeconds: 1 } as unknown as Report, task);
  }
};

describe("a hunt", () => {
  it("counts no catch on ground that is dirty without the mutant, and goes on to the next", async () => {
    const caught: string[] = [];
    const hunted = mutants.filter(({ ground, change }) => !ground && !change).slice(0, 2);
    const onCaught = (words: string) => void caught.push(words);
    const report = await hunt({ hunted, days: 3, seconds: 9, onCaught, live: firstIsDirty });
    expect(report).toMatchObject({ caught: 2, total: 2, missed: [] });
    expect(report.dirtyGrounds).toEqual({ "--seed 1 --days 3 --rough": "M6 flow-follows" });
    expect(caught).toEqual(
      hunted.map(({ name }) => `caught ${name} (--seed 2 --days 3 --rough): M6 flow-follows`),
    );
  });
});
