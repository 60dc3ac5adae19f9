import { addHours } from "date-fns/addHours";
import { describe, expect, it } from "vitest";
import { advise } from "../../../src/domain/cost/advisor.ts";
import { toUsd } from "../../../src/domain/money.ts";
import { aRun, five, pricing } from "./support.ts";
import * as worked from "./worked-month.ts";

describe("the worked month", () => {
  it("comes to 421.00 with the flow only while streaming, and 521.80 with it on all month", () => {
    expect(worked.metered({}).usd).toBeCloseTo(421, 2);
    expect(worked.metered({ flowHours: 730 }).usd).toBeCloseTo(521.8, 2);
  });

  it("has the lines of the price list", () => {
    const { input, encode, ...parts } = worked.metered({ idle: true }).parts;
    expect(toUsd(input + encode)).toBe(280.8);
    expect(parts).toEqual({
      flow: 16,
      transfer: 18,
      ingest: 6.9228,
      egress: 99.2736,
      unusedTransfer: 0,
      idleChannels: 31.5,
      idleInputs: 31.5,
    });
  });

  it("contains the plan's four figures", () => {
    const rounded = Object.values(worked.planned).map(toUsd);
    expect(rounded).toEqual([168.48, 145.2, 280.8, 355.8]);
  });

  it("does not fit into $200, but 47 hours do", () => {
    const { withoutIdle, withIdle, two, twoIdle } = worked.inBudget();
    expect(withoutIdle).toBeCloseTo(47.5, 1);
    expect(withIdle).toBeCloseTo(30.9, 1);
    expect([two, twoIdle].map((usd) => usd.toFixed(2))).toEqual(["167.26", "25.20"]);
  });
});

describe("the break-even advisor", () => {
  const at = { ...pricing, now: worked.month.to };
  /** The worked month with each social destination off for so many of the 100 hours. */
  const offFor = (hours: number, idle = false) => {
    const sessions = five.map((platform) =>
      aRun(worked.from, (platform === "primary" ? 100 : 100 - hours) * 60, {
        platform,
        spec: worked.specOf(platform),
      }),
    );
    return advise(worked.monthOf(sessions, { idle }), at, worked.month);
  };

  it("finds that channels of their own cost 70.56 more when all is always on", () => {
    const advice = worked.advice();
    expect(advice).toMatchObject({ offHours: 0, possibleHours: 400 });
    expect(toUsd((advice?.asBuiltUsd ?? 0) - (advice?.oneChannelUsd ?? 0))).toBe(70.56);
    expect(advice?.breakEvenHours).toBeCloseTo(87.1, 1);
    expect(advice?.verdict).toContain("cost $70.56 more");
    expect(advice?.verdict).toContain("off for 0 of 400 hours");
    expect(advice?.verdict).toContain("from 87 on");
  });

  it("counts idle fees where patchbay knows of them", () => {
    expect(worked.advice({ idle: true })?.breakEvenHours).toBeCloseTo(153.2, 1);
  });

  it("agrees with itself at the break-even, whatever is off", () => {
    for (const idle of [false, true]) {
      const breakEven = offFor(0, idle)?.breakEvenHours ?? 0;
      const there = offFor(breakEven / 4, idle);
      expect(there?.asBuiltUsd).toBeCloseTo(there?.oneChannelUsd ?? 0, 2);
      expect(there?.breakEvenHours).toBeCloseTo(breakEven, 2);
    }
  });

  it("says what separate channels saved once enough was off", () => {
    expect(offFor(50)?.verdict).toMatch(/^Separate channels saved \$91\.40/);
  });

  it("has nothing to say of one destination", () => {
    const one = worked.monthOf([aRun(worked.from, 60)]);
    expect(advise(one, at, worked.month)).toBeNull();
    const before = { from: addHours(worked.from, -20), to: addHours(worked.from, -10) };
    expect(advise(worked.aMonth({}), at, before)).toBeNull();
  });

  it("compares packaged destinations alone when there is no other", () => {
    const packaged = ["one", "two"].map((platform) =>
      aRun(worked.from, 600, { platform, spec: worked.specOf("primary") }),
    );
    expect(advise(worked.monthOf(packaged), at, worked.month)?.possibleHours).toBe(20);
  });
});
