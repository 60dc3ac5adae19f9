import { describe, expect, it } from "vitest";
import { oneAtATime } from "../src/one-at-a-time.ts";

/** A task whose runs end when they are told to. */
function aTask() {
  const open: (() => void)[] = [];
  let begun = 0;
  return {
    begun: () => begun,
    underWay: () => open.length,
    finish: () => open.shift()?.(),
    run: () => {
      begun += 1;
      return new Promise<void>((resolve) => open.push(resolve));
    },
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a task that runs one at a time", () => {
  it("runs once more after a run in which it was asked for, however often", async () => {
    const task = aTask();
    const runs = oneAtATime(task.run);
    const first = runs.run();
    await settle();
    const later = [runs.run(), runs.run(), runs.run()];
    await settle();
    expect([task.begun(), task.underWay()]).toEqual([1, 1]);
    task.finish();
    await first;
    await settle();
    expect([task.begun(), task.underWay()]).toEqual([2, 1]);
    task.finish();
    await Promise.all(later);
    expect(task.begun()).toBe(2);
  });

  it("tells who asked of a failure, and runs again", async () => {
    const outcomes = [Promise.reject(new Error("no luck")), Promise.resolve()];
    const runs = oneAtATime(() => outcomes.shift() ?? Promise.resolve());
    await expect(runs.run()).rejects.toThrow("no luck");
    await expect(runs.run()).resolves.toBeUndefined();
    expect(outcomes).toEqual([]);
  });

  it("lets the present run finish at its end, and begins no more", async () => {
    const task = aTask();
    const runs = oneAtATime(task.run);
    const first = runs.run();
    await settle();
    const second = runs.run();
    let ended = false;
    const end = runs.end().then(() => {
      ended = true;
    });
    await settle();
    expect(ended).toBe(false);
    task.finish();
    await Promise.all([first, second, end, runs.run()]);
    expect(task.begun()).toBe(1);
  });
});
