import { describe, expect, it } from "vitest";
import { onFirstUse } from "../../src/domain/on-first-use.ts";

describe("what is made on first use", () => {
  it("is not made before, and once only", () => {
    const made: object[] = [];
    const format = onFirstUse(() => {
      const one = {};
      made.push(one);
      return one;
    });
    expect(made).toEqual([]);
    expect(format()).toBe(format());
    expect(made).toHaveLength(1);
  });
});
