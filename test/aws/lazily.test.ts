import { describe, expect, it } from "vitest";
import { lazily, once } from "../../src/aws/lazily.ts";

/** A port that counts how often it is made. */
function aCounted() {
  let made = 0;
  let failing = false;
  const open = once(async () => {
    made += 1;
    if (failing) throw new Error("no network");
    return { read: async (key: string) => `value of ${key}` };
  });
  return {
    port: lazily(open),
    made: () => made,
    fail: (next: boolean) => {
      failing = next;
    },
  };
}

describe("a lazy port", () => {
  it("is made at its first call, and once", async () => {
    const { port, made } = aCounted();
    expect(made()).toBe(0);
    expect(await Promise.all([port.read("a"), port.read("b")])).toEqual([
      "value of a",
      "value of b",
    ]);
    expect(made()).toBe(1);
  });

  it("is made again after a failure", async () => {
    const { port, made, fail } = aCounted();
    fail(true);
    await expect(port.read("a")).rejects.toThrow("no network");
    fail(false);
    expect(await port.read("a")).toBe("value of a");
    expect(made()).toBe(2);
  });

  it("is no promise, so that it can be handed on by one", async () => {
    const { port, made } = aCounted();
    const handed = await Promise.resolve(port);
    expect(made()).toBe(0);
    expect(await handed.read("a")).toBe("value of a");
  });
});
