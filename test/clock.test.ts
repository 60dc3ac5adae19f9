import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { checkedClock, shiftedClock, systemClock } from "../src/clock.ts";
import { memoryClock } from "./support/memory/clock.ts";

const anHour = 3_600_000;

describe("the clock", () => {
  it("tells the time", () => {
    const before = Date.now();
    const now = systemClock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it("wakes a sleeper when its time is over", async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
  });

  it("wakes a sleeper when its signal is aborted, and listens no more", async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(anHour, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it("does not sleep at all under a signal that is aborted already", async () => {
    await expect(systemClock.sleep(anHour, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it("leaves no timer and no listener behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((each) => each === "Timeout");
    const before = timers().length;
    const stop = new AbortController();
    const listeners = () => getEventListeners(stop.signal, "abort").length;
    const long = systemClock.sleep(anHour, stop.signal);
    await systemClock.sleep(1, stop.signal);
    expect(listeners()).toBe(1);
    stop.abort();
    await long;
    expect(listeners()).toBe(0);
    expect(timers().length).toBeLessThanOrEqual(before);
  });
});

describe("a clock that is ahead of the machine's", () => {
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  function sleepingFor(ms: number, signal?: AbortSignal) {
    const machine = memoryClock();
    const clock = shiftedClock(machine);
    const state = { machine, clock, isAwake: false };
    void clock.sleep(ms, signal).then(() => {
      state.isAwake = true;
    });
    return state;
  }

  it("runs with the machine's, as far ahead as it was shifted", async () => {
    const machine = memoryClock();
    const clock = shiftedClock(machine);
    const start = machine.now().getTime();
    expect(clock.now().getTime()).toBe(start);
    await clock.shiftTo(anHour);
    await machine.advance(1_000);
    expect(clock.now().getTime()).toBe(start + anHour + 1_000);
  });

  it("tells each shift, until nobody wants to hear of it", async () => {
    const clock = shiftedClock(memoryClock());
    let heard = 0;
    const unhear = clock.onShift(() => {
      heard += 1;
    });
    for (const ahead of [0, 60_000, 60_000, 120_000]) void clock.shiftTo(ahead);
    expect(heard).toBe(2);
    unhear();
    await clock.shiftTo(anHour);
    expect(heard).toBe(2);
  });

  it("wakes a sleeper whose time has been passed, and lets others sleep the rest", async () => {
    const state = sleepingFor(anHour);
    const { machine, clock } = state;
    await clock.shiftTo(anHour - 60_000);
    await settle();
    expect(state.isAwake).toBe(false);
    await machine.advance(59_999);
    expect(state.isAwake).toBe(false);
    await machine.advance(1);
    expect(state.isAwake).toBe(true);

    const other = sleepingFor(anHour);
    await other.clock.shiftTo(2 * anHour);
    await settle();
    expect(other.isAwake).toBe(true);
    expect(other.machine.sleepers()).toBe(0);
  });

  it("has shifted when those who hear of it are done", async () => {
    const clock = shiftedClock(memoryClock());
    let done = false;
    clock.onShift(async () => {
      await settle();
      done = true;
    });
    await clock.shiftTo(60_000);
    expect(done).toBe(true);
  });

  it("does not hurry the short waits for a network", async () => {
    const state = sleepingFor(2_000);
    await state.clock.shiftTo(anHour);
    await settle();
    expect(state.isAwake).toBe(false);
    await state.machine.advance(2_000);
    expect(state.isAwake).toBe(true);
  });

  it("wakes a sleeper whose signal is aborted, and leaves nothing behind", async () => {
    const stop = new AbortController();
    const state = sleepingFor(anHour, stop.signal);
    await state.clock.shiftTo(60_000);
    await settle();
    expect(getEventListeners(stop.signal, "abort")).toHaveLength(1);
    stop.abort();
    await settle();
    expect(state.isAwake).toBe(true);
    expect(state.machine.sleepers()).toBe(0);
    expect(getEventListeners(stop.signal, "abort")).toHaveLength(0);
  });
});

describe("the checked clock", () => {
  const start = new Date("2026-11-22T19:00:00Z");
  const plus = (ms: number) => new Date(start.getTime() + ms);
  const aMinute = 60_000;

  /** `answer` is told the true time after a question that took some time. */
  function aClock() {
    const machine = memoryClock(start);
    const corrections: number[] = [];
    const clock = checkedClock({ machine, onCorrected: (ahead) => corrections.push(ahead) });
    const answer = async (said: Date, tookMs = 0) => {
      const hear = clock.asking();
      await machine.advance(tookMs);
      hear(said);
    };
    return { machine, clock, corrections, answer };
  }

  it("keeps the machine's time while that is about right", async () => {
    const { clock, corrections, answer } = aClock();
    await answer(plus(aMinute));
    await answer(plus(-aMinute));
    expect(clock.now()).toEqual(start);
    expect(corrections).toEqual([]);
  });

  it.each([6, -6])(
    "is put right when the machine's clock jumps by %i h, and when it jumps back",
    async (hours) => {
      const { machine, clock, corrections, answer } = aClock();
      machine.set(plus(hours * anHour));
      await answer(plus(1_000));
      expect(clock.now()).toEqual(plus(1_000));
      await machine.advance(aMinute);
      await answer(plus(aMinute));
      expect(clock.now()).toEqual(plus(aMinute + 1_000));
      machine.set(plus(2 * aMinute));
      await answer(plus(2 * aMinute));
      expect(clock.now()).toEqual(plus(2 * aMinute));
      expect(corrections).toEqual([1_000 - hours * anHour, 0]);
    },
  );

  it("believes no answer that it has read long after it came, nor one without a time", async () => {
    const { clock, corrections, answer } = aClock();
    await answer(plus(500), 30 * aMinute);
    await answer(new Date("soon"));
    expect(clock.now()).toEqual(plus(30 * aMinute));
    expect(corrections).toEqual([]);
  });
});
