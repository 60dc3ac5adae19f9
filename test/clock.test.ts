import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { systemClock } from "../src/clock.ts";

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
