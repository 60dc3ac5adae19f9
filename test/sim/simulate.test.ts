import { describe, expect, it } from "vitest";
import { mutants } from "./mutants.ts";
import { faultKinds, optionsFor, type SimOptions } from "./options.ts";
import { simulate } from "./simulate.ts";
import { summaryOf } from "./summary.ts";

const every = (weight: number) =>
  Object.fromEntries(faultKinds.map((kind) => [kind, weight])) as SimOptions["faults"];

/** One day with much going on. */
const busy = (seed: number, change: Partial<SimOptions> = {}): SimOptions => ({
  ...optionsFor(seed, 1),
  platforms: ["primary", "twitch"],
  instances: 1,
  quietTickMinutes: 5,
  pace: { soon: 2_000, watch: 60_000, idle: 300_000 },
  broadcastsPerDay: 4,
  messages: false,
  shows: false,
  budgets: false,
  faults: every(0),
  maxSkewMs: 0,
  ...change,
});

/** A day is several thousand events of the whole product: more than other tests do, and seldom a second. */
describe("a simulation", { timeout: 30_000 }, () => {
  it("P1: takes the same course again", async () => {
    const options = busy(1, { faults: { ...every(0.3), "clock-skew": 0 }, instances: 2 });
    const { traceHash: first } = await simulate(options);
    const { traceHash: again } = await simulate(options);
    expect(again).toBe(first);
  });

  it("takes another course with another seed", async () => {
    const { traceHash: first } = await simulate(busy(2));
    const { traceHash: other } = await simulate(busy(3));
    expect(other).not.toBe(first);
  });

  it("starts what people ask for, and loses no word of it", async () => {
    const report = await simulate(busy(4, { messages: true }));
    expect(report).toMatchObject({ violations: [], alertsLost: 0, alertsDuplicated: 0 });
    expect(report.starts).toBeGreaterThan(0);
    expect(report.alertsExpected).toBeGreaterThan(report.starts);
  });

  it("M1: catches a product that stops nothing, and shows how it came to that", async () => {
    const mutant = mutants.find(({ name }) => name === "stops are sent to nobody");
    const report = await simulate(busy(5), mutant);
    expect(report.violations[0]?.invariant).toMatch(/^M[1246] |^T1 /);
    expect(report.failure?.lastEvents).toHaveLength(200);
  });

  it("M3: catches a start that is not recorded first", async () => {
    const mutant = mutants.find(({ name }) => name === "a start is sent before it is recorded");
    const { violations } = await simulate(busy(6), mutant);
    expect(violations[0]?.invariant).toBe("M3 one-start-per-intent");
  });

  it("adds its reports up in the fields that are promised", async () => {
    const report = await simulate(busy(7));
    expect(summaryOf([report], 1)).toMatchObject({
      seed: 7,
      days: 1,
      events: report.events,
      faults: {},
      violations: 0,
      violationList: [],
      traceHash: report.traceHash,
      maxOverrunMinutes: expect.any(Number),
      wallSeconds: 1,
    });
  });
});
