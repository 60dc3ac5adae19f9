import { describe, expect, it } from "vitest";
import { mutants } from "./mutants.ts";
import { roughOptionsFor } from "./options.ts";
import { simulate } from "./simulate.ts";

const catching = async (name: string): Promise<string | undefined> => {
  const mutant = mutants.find((each) => each.name === name);
  const { violations } = await simulate(roughOptionsFor(1, 2, mutant?.messages === true), mutant);
  return mutant && violations[0]?.invariant;
};

describe("the seeded bugs", { timeout: 60_000 }, () => {
  it("are twenty, each with a name of its own and something to break", () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(20);
    expect(mutants.filter(({ ports, slack, policy }) => ports ?? slack ?? policy)).toHaveLength(20);
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
});
