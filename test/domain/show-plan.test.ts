import { describe, expect, it } from "vitest";
import { autoShutdown, type Destination } from "../../src/domain/destination.ts";
import { type Handled, occurrenceMemory } from "../../src/domain/occurrence-memory.ts";
import { occurrenceOn } from "../../src/domain/schedule.ts";
import { planShow } from "../../src/domain/show-plan.ts";
import { aDestination, anIntent } from "../support/builders.ts";
import { aShow } from "../support/shows.ts";

describe("the plan for one date of a show", () => {
  const show = aShow({ destinationIds: ["dest_twitch"] });
  const occurrence = occurrenceOn(show, "2026-11-22");
  const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
  const planAt = (time: string, row: Partial<Destination>, handled: Record<string, Handled> = {}) =>
    planShow({
      ...{ show, occurrence, until: () => occurrence.endsAt, now: at(time) },
      memory: { ...occurrenceMemory.empty, handled },
      rows: [aDestination(row)],
    });
  const nothing = { start: [], extend: [], handled: {}, started: [], missed: [] };

  it("starts nothing again that this date has started, whatever ended it", () => {
    const intent = anIntent({ by: autoShutdown, at: at("10:05") });
    expect(planAt("10:10", { intent }).start).toHaveLength(1);
    expect(planAt("10:10", { intent }, { dest_twitch: "started" })).toEqual(nothing);
  });

  it("moves an end once: what is shortened afterwards stays short", () => {
    const intent = anIntent({ at: at("09:00") });
    const row = { desired: "on", phase: "running", intent, leaseUntil: at("10:30") } as const;
    expect(planAt("10:01", row).extend).toHaveLength(1);
    expect(planAt("10:01", row, { dest_twitch: "extended" })).toEqual(nothing);
  });
});
