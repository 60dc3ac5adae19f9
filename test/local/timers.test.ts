import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atMost, createTimers, type Timers } from "../../local/timers.ts";
import type { World } from "../../local/world.ts";
import { aLocalWorld } from "../support/local-world.ts";

let world: World;
let timers: Timers;
let happened: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  world = aLocalWorld();
  timers = createTimers(world);
  happened = [];
});
afterEach(() => {
  timers.close();
  vi.useRealTimers();
});

const set = (name: string, ms: number) => timers.set(name, ms, () => happened.push(name));
const jump = (ms: number) =>
  world.change(({ clock }) => {
    clock.offsetMs += ms;
  });

test("waits in real time while the clock does not jump", () => {
  set("tea", 100);
  world.change(() => {});
  vi.advanceTimersByTime(99);
  expect(happened).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(happened).toEqual(["tea"]);
});

test("what a jump has passed happens at once, in order and only once", () => {
  set("later", 90_000);
  set("third", 50_000);
  set("first", 100);
  set("second", 3_000);
  jump(60_000);
  expect(happened).toEqual(["first", "second", "third"]);
  vi.advanceTimersByTime(29_999);
  expect(happened).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(happened.at(-1)).toBe("later");
  expect(vi.getTimerCount()).toBe(0);
});

test("one that starts again by itself waits anew", () => {
  timers.set("beat", 10_000, () => set("beat", 10_000));
  jump(60_000);
  expect(happened).toEqual([]);
  jump(60_000);
  expect(happened).toEqual(["beat"]);
});

test("setting a name again replaces it, also while a jump is carried out", () => {
  timers.set("first", 1_000, () => set("second", 5_000));
  set("second", 2_000);
  jump(3_000);
  expect(happened).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect(happened).toEqual(["second"]);
});

test("closing forgets everything", () => {
  set("tea", 100);
  timers.close();
  jump(60_000);
  vi.advanceTimersByTime(60_000);
  expect(happened).toEqual([]);
});

test("a limit ends after its time, or with what it is for, and leaves no timer", () => {
  const gone = new AbortController();
  const [late, early, idle] = [1_000, 60_000, 60_000].map((ms) => atMost(ms, gone.signal));
  vi.advanceTimersByTime(1_000);
  expect([late?.signal.aborted, early?.signal.aborted]).toEqual([true, false]);
  idle?.end();
  gone.abort();
  expect(early?.signal.aborted).toBe(true);
  expect(atMost(1_000, gone.signal).signal.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
