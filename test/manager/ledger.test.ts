import { addMinutes } from "date-fns/addMinutes";
import { subMinutes } from "date-fns/subMinutes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Interval } from "../../src/domain/cost/interval.ts";
import { meterPeriod } from "../../src/domain/cost/meter.ts";
import { sumUsd } from "../../src/domain/money.ts";
import { aSession } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const monthEnd = new Date("2026-12-01T00:00:00.000Z");
const whole = { from: subMinutes(monthEnd, 600), to: addMinutes(monthEnd, 600) };

/** Sessions of one channel, in seconds from the month's end and minutes on air; what each part of the time has cost. */
async function costOf(drawn: readonly [from: number, minutes: number][], parts: Interval[]) {
  const world = aWorld();
  const { costs } = aPatchbay(world).manager;
  for (const [index, [from, minutes]] of drawn.entries()) {
    const startedAt = new Date(monthEnd.getTime() + from * 1000);
    const endedAt = addMinutes(startedAt, minutes);
    const id = `session_${index}`;
    await world.ports.sessions.open(aSession({ id, startedAt, billedFrom: startedAt, endedAt }));
  }
  const pricing = { ...(await costs.pricing()), now: whole.to };
  const usd = parts.map(async (part) => {
    const ledger = await costs.ledger(part.from, part.to);
    return meterPeriod({ ...ledger, channelCount: 0 }, pricing, part).usd;
  });
  return sumUsd(await Promise.all(usd));
}

const months = [
  { ...whole, to: monthEnd },
  { ...whole, from: monthEnd },
];

describe("the ledger of a month", () => {
  it("M7 meter: knows the beginning of a shared run that the month before has seen", async () => {
    const run: [number, number][] = [
      [-20 * 60, 17],
      [-4 * 60, 5],
    ];
    expect(await costOf(run, months)).toBe(await costOf(run, [whole]));
  });

  it("M7 meter: adds up with the next one's to both, whatever begins and ends where they meet", async () => {
    const seconds = fc.oneof(fc.constant(0), fc.integer({ min: -1500, max: 120 }));
    const sessions = fc.array(fc.tuple(seconds, fc.nat(20)), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sessions, async (drawn) => {
        expect(await costOf(drawn, months)).toBe(await costOf(drawn, [whole]));
      }),
      { examples: [[[[0, 0]]], [[[-240, 4]]], [[[-120, 1]]]] },
    );
  });
});
