import { describe, expect, it } from "vitest";
import { afterHints } from "../src/after-hints.ts";
import { memoryClock } from "./support/memory/clock.ts";
import { aWorld } from "./support/world.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function listening({ tick = () => Promise.resolve() }: { tick?: () => Promise<void> } = {}) {
  const clock = memoryClock();
  const { log } = aWorld().ports;
  const done: string[] = [];
  const hinted = afterHints({
    clock,
    log,
    wake: async () => void done.push("look"),
    tick: () => {
      done.push("tick");
      return tick();
    },
  });
  return { ...hinted, clock, done, ticks: () => done.filter((each) => each === "tick").length };
}

describe("a hint of AWS", () => {
  it("is followed by a look at once, and by a tick when the loop has looked", async () => {
    const { hint, done } = listening();
    hint();
    expect(done).toEqual(["look"]);
    await settle();
    expect(done).toEqual(["look", "look", "tick"]);
  });

  it("ticks once for a burst, and once more after a pause for what came meanwhile", async () => {
    const { hint, clock, ticks } = listening();
    for (let count = 0; count < 9; count++) hint();
    await settle();
    expect(ticks()).toBe(1);
    hint();
    await clock.advance(4_999);
    expect(ticks()).toBe(1);
    await clock.advance(1);
    expect(ticks()).toBe(2);
    await clock.advance(60_000);
    expect(ticks()).toBe(2);
  });

  it("T4 single effect: never has two ticks under way", async () => {
    let underWay = 0;
    let most = 0;
    const { hint, clock } = listening({
      async tick() {
        underWay += 1;
        most = Math.max(most, underWay);
        await clock.sleep(20_000);
        underWay -= 1;
      },
    });
    hint();
    await clock.advance(6_000);
    hint();
    await clock.advance(60_000);
    expect([most, underWay]).toEqual([1, 0]);
  });

  it("goes on after a tick that failed", async () => {
    const { hint, clock, ticks } = listening({ tick: () => Promise.reject(new Error("odd")) });
    hint();
    await clock.advance(5_000);
    hint();
    await clock.advance(5_000);
    expect(ticks()).toBe(2);
  });

  it("ticks no more when it is closed, without waiting for the pause", async () => {
    const { hint, close, clock, ticks } = listening();
    hint();
    await settle();
    await close();
    hint();
    await clock.advance(60_000);
    expect(ticks()).toBe(1);
  });
});
