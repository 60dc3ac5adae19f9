import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClock, type WorldClock } from "../../local/clock.ts";
import type { World } from "../../local/world.ts";
import { aLocalWorld } from "../support/local-world.ts";

const start = Date.UTC(2026, 10, 22, 20);
const minute = 60_000;
let world: World;
let clock: WorldClock;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  world = aLocalWorld();
  clock = createClock(world, 250);
});
afterEach(() => {
  clock.close();
  vi.useRealTimers();
});

const ahead = () => world.now() - Date.now();

test("goes forward minute by minute and stays ahead", () => {
  const seen: number[] = [];
  world.onJump(() => seen.push(ahead() / minute));
  clock.forward(3);
  expect(ahead()).toBe(0);
  expect(world.data.clock.jump).toEqual({ fromMs: 0, toMs: 3 * minute });
  vi.advanceTimersByTime(749);
  expect(clock.leftMs()).toBe(minute);
  vi.advanceTimersByTime(10 * minute);
  expect(seen).toEqual([1, 2, 3]);
  expect(world.data.clock).toEqual({ offsetMs: 3 * minute, jump: null });
  expect(world.now()).toBe(start + 749 + 13 * minute);
});

test("watches four hours in a minute", () => {
  clock.forward(240);
  vi.advanceTimersByTime(minute);
  expect([ahead(), clock.leftMs()]).toEqual([240 * minute, 0]);
});

test("every step is a change of the world", () => {
  let changes = 0;
  clock.forward(5);
  world.onChange(() => changes++);
  vi.advanceTimersByTime(1_000);
  expect(changes).toBe(4);
});

test("a jump that is under way is lengthened, at its own pace", () => {
  clock.forward(4);
  vi.advanceTimersByTime(500);
  clock.forward(6);
  expect(world.data.clock.jump).toEqual({ fromMs: 0, toMs: 10 * minute });
  vi.advanceTimersByTime(500);
  expect(ahead()).toBe(4 * minute);
  vi.advanceTimersByTime(1_500);
  expect(world.data.clock).toEqual({ offsetMs: 10 * minute, jump: null });
});

test("stops where it is, goes on from there, and never goes back", () => {
  clock.stop();
  expect(world.data.events).toEqual([]);
  clock.forward(60);
  vi.advanceTimersByTime(500);
  clock.stop();
  vi.advanceTimersByTime(minute);
  expect(world.data.clock).toEqual({ offsetMs: 2 * minute, jump: null });
  clock.forward(1);
  vi.advanceTimersByTime(minute);
  expect(ahead()).toBe(3 * minute);
  expect(world.data.events.map(({ text }) => text)).toEqual([
    "The clock goes forward by 60 min",
    "The clock's jump was stopped",
    "The clock goes forward by 1 min",
  ]);
});

test("stands still when it is closed", () => {
  clock.forward(60);
  clock.close();
  vi.advanceTimersByTime(minute);
  expect([ahead(), vi.getTimerCount()]).toEqual([0, 0]);
});

test("the next minute waits until those who follow have done with this one", async () => {
  const told: number[] = [];
  let done = () => {};
  clock.follow((aheadMs) => {
    told.push(aheadMs / minute);
    return new Promise((resolve) => {
      done = resolve;
    });
  });
  const answer = async () => {
    done();
    await vi.advanceTimersByTimeAsync(0);
  };
  await answer();
  clock.forward(3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([0, 1]);
  await answer();
  await vi.advanceTimersByTimeAsync(250);
  expect(told).toEqual([0, 1, 2]);
  clock.stop();
  expect(world.data.clock).toEqual({ offsetMs: 2 * minute, jump: null });
});

test("a follower that fails does not hold the clock", async () => {
  clock.follow(() => Promise.reject(new Error("no luck")));
  clock.forward(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(world.data.clock).toEqual({ offsetMs: 3 * minute, jump: null });
});
