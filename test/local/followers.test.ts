import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClock, type WorldClock } from "../../local/clock.ts";
import { createFollowers } from "../../local/followers.ts";
import type { World } from "../../local/world.ts";
import { aLocalWorld } from "../support/local-world.ts";

const minute = 60_000;
let world: World;
let clock: WorldClock;
let next: ReturnType<typeof createFollowers>;
beforeEach(() => {
  vi.useFakeTimers();
  world = aLocalWorld();
  clock = createClock(world, 250);
  next = createFollowers(world, clock);
});
afterEach(() => {
  clock.close();
  vi.useRealTimers();
});

const there = new AbortController().signal;
const ask = (minutes: number, { who = "a bot", gone = there } = {}) =>
  next({ who, heardMs: minutes * minute, gone });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const minutesAhead = () => world.data.clock.offsetMs / minute;

test("the clock waits for a follower from its answer to its next question", async () => {
  const answered = ask(0);
  clock.forward(5);
  await pass(250);
  await answered;
  await pass(5_000);
  expect(minutesAhead()).toBe(1);
  void ask(1);
  await pass(250);
  expect(minutesAhead()).toBe(2);
});

test("each of several followers is waited for", async () => {
  void ask(0);
  void ask(0, { who: "another bot" });
  clock.forward(5);
  await pass(250);
  void ask(1);
  await pass(1_000);
  expect(minutesAhead()).toBe(1);
  void ask(1, { who: "another bot" });
  await pass(250);
  expect(minutesAhead()).toBe(2);
});

test("a follower that comes late hears at once where the clock is, and is waited for", async () => {
  clock.forward(9);
  await pass(750);
  await ask(0);
  await pass(1_000);
  expect(minutesAhead()).toBe(3);
});

test("a follower that died holds the clock for 15 s, and one that left not at all", async () => {
  const leaving = new AbortController();
  const left = ask(0, { who: "one that left", gone: leaving.signal });
  leaving.abort();
  await left;
  void ask(0);
  clock.forward(5);
  await pass(15_000);
  expect(minutesAhead()).toBe(1);
  await pass(1_000);
  expect(minutesAhead()).toBe(4);
});

test("closing leaves no timer behind", async () => {
  void ask(0);
  clock.forward(5);
  await pass(250);
  clock.close();
  expect(vi.getTimerCount()).toBe(0);
});
