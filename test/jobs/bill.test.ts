import { addDays, addHours } from "date-fns";
import { describe, expect, it } from "vitest";
import { billNote } from "../../src/domain/cost/bill-memory.ts";
import { metered } from "../../src/domain/cost/price-table.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { billCheck } from "../../src/jobs/bill.ts";
import { createTick } from "../../src/jobs/tick.ts";
import type { Bill } from "../../src/manager/ports.ts";
import { aSession } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const first = new Date("2026-11-01T00:00:00Z");

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Twitch runs ten hours each day of November; AWS bills its outputs times a factor. `others` have channels beside it. */
async function aBilledSite(factor: number, others: string[] = []) {
  const world = aWorld({ now: first });
  for (let day = 0; day < 30; day++) {
    const words = { version: 1, askedAt: null, days: null, hours, others };
    world.notes.put(billNote(addDays(first, day)), JSON.stringify(words));
  }
  world.notes.put("known-since", "2026-10-31T00:00:00.000Z");
  for (let day = 0; day < 30; day++) {
    const from = addHours(addDays(first, day), 8);
    const times = { startedAt: from, billedFrom: from, endedAt: addHours(from, 10) };
    await world.sessions.open(aSession({ id: `session_${day}`, ...times, status: "stopped" }));
  }
  const { encodeUsdPerHour, outputUsdPerHour } = await ratesOfTwitch();
  /** Five channels, of which one runs ten hours. */
  const idle = (id: string) => world.prices.usd(id) * (5 * 24 - 10);
  const asked: string[] = [];
  const troubles: (Error | "nothing")[] = [];
  const bill: Bill = {
    day: async (date) => {
      asked.push(date);
      const trouble = troubles.shift();
      if (trouble === "nothing") return [];
      if (trouble !== undefined) throw trouble;
      const line = { service: "AWS Elemental MediaLive", usage: 10, estimated: true };
      return [
        { ...line, operation: "CHANNEL_OUTPUT", usd: outputUsdPerHour * 10 * factor },
        { ...line, operation: "CHANNEL_INPUT", usd: (encodeUsdPerHour - outputUsdPerHour) * 10 },
        { ...line, operation: "INACTIVE_CHANNEL", usd: idle(metered.idleChannel) },
        { ...line, operation: "INACTIVE_INPUT", usd: idle(metered.idleInput) },
      ];
    },
  };
  async function ratesOfTwitch() {
    const rates = (await aPatchbay(world).manager.costs.rates()).get("dest_twitch");
    if (rates === undefined) throw new Error("no rates");
    return rates;
  }
  const ports = { ...world.ports, bill };
  const patchbay = () => aPatchbay(world, { ports });
  const at = async (when: Date) => {
    world.clock.set(when);
    const { manager } = patchbay();
    await billCheck.run(when, createTick({ manager, ports, policy: defaultPolicy }));
  };
  /** One run at 09:00 UTC of each of so many days from the 3rd on, of which the 1st is asked. */
  const days = async (count: number) => {
    for (let day = 0; day < count; day++) await at(addHours(addDays(first, day + 2), 9));
  };
  const said = () => world.announcements.all().map(({ key }) => key);
  return { world, at, days, asked, troubles, said, patchbay };
}

describe("the bill", () => {
  it("is asked once a day, from 09:00 UTC, for the day before yesterday", async () => {
    const { at, asked } = await aBilledSite(1);
    await at(new Date("2026-11-22T08:45:00Z"));
    expect(asked).toEqual([]);
    await at(new Date("2026-11-22T09:00:00Z"));
    await at(new Date("2026-11-22T09:15:00Z"));
    await at(new Date("2026-11-22T20:00:00Z"));
    await at(new Date("2026-11-23T09:00:00Z"));
    expect(asked).toEqual(["2026-11-20", "2026-11-21"]);
  });

  it("T4 single effect: is asked by one of two, and not at once again after a failure", async () => {
    const { at, asked, troubles } = await aBilledSite(1);
    troubles.push(new OpsError("aws-unavailable", "No answer."));
    const nine = new Date("2026-11-22T09:00:00Z");
    await Promise.allSettled([at(nine), at(nine)]);
    expect(asked).toHaveLength(1);
    await at(new Date("2026-11-22T09:30:00Z"));
    expect(asked).toHaveLength(1);
    await at(new Date("2026-11-22T13:00:00Z"));
    await at(new Date("2026-11-22T17:00:00Z"));
    expect(asked).toHaveLength(2);
  });

  it("is asked again when there is none yet, which teaches nothing", async () => {
    const { world, at, asked, troubles } = await aBilledSite(1);
    troubles.push("nothing");
    await at(new Date("2026-11-22T09:00:00Z"));
    expect(await world.notes.read("bill#2026-11-20")).toContain('"days":null');
    await at(new Date("2026-11-22T13:00:00Z"));
    expect(asked).toHaveLength(2);
    expect(await world.notes.read("bill#2026-11-20")).toContain("CHANNEL_OUTPUT");
  });

  it("changes nothing while it agrees with the meter", async () => {
    const { days, said, patchbay } = await aBilledSite(1);
    await days(10);
    expect(said()).toEqual([]);
    const { table } = await patchbay().manager.costs.pricing();
    expect(table.corrected).toBe(false);
  });

  it("M7: teaches what an operation really costs, once, and not of what it has taught", async () => {
    const { days, patchbay } = await aBilledSite(1.3);
    const rate = async () =>
      (await patchbay().manager.costs.rates()).get("dest_twitch")?.outputUsdPerHour ?? 0;
    const listed = await rate();
    await days(6);
    expect(await rate()).toBeCloseTo(listed, 6);
    await days(7);
    expect((await rate()) / listed).toBeCloseTo(1.3, 3);
    await days(20);
    expect((await rate()) / listed).toBeCloseTo(1.3, 3);
    const view = await patchbay().manager.look();
    expect(view.cost?.corrected).toBe(true);
  });

  it("is explained once a month when it is far from the meter", async () => {
    const { days, said, world } = await aBilledSite(1.5);
    await days(10);
    expect(said()).toEqual(["bill_2026-11"]);
    const [news] = world.announcements.all();
    const words = (news?.content.lines ?? []).map(inWords).join("\n");
    expect(words).toMatch(/CHANNEL_OUTPUT: AWS billed \$[\d.]+, patchbay counted \$[\d.]+/);
    expect(words).not.toContain("CHANNEL_INPUT");
    expect(words).not.toContain("not this site's");
  });

  it("teaches nothing while others' channels are in it, and says whose", async () => {
    const { days, said, world, patchbay } = await aBilledSite(1.6, ["neighbour (7654321)"]);
    await days(20);
    const { table } = await patchbay().manager.costs.pricing();
    expect(table.corrected).toBe(false);
    expect(said()).toEqual(["bill_2026-11"]);
    const [news] = world.announcements.all();
    expect((news?.content.lines ?? []).map(inWords).join("\n")).toContain(
      "Channels that are not this site's are in that bill: neighbour (7654321).",
    );
  });

  it("teaches nothing of days that patchbay did not see", async () => {
    const { world, at, asked } = await aBilledSite(2);
    world.notes.put("known-since", "2026-11-20T06:00:00.000Z");
    await at(new Date("2026-11-22T09:00:00Z"));
    await at(new Date("2026-11-22T12:00:00Z"));
    expect(asked).toEqual([]);
    expect(await world.notes.read("bill#2026-11-20")).toContain('"days":[]');
  });

  it("is not asked where the site does not read it", async () => {
    const { world } = await aBilledSite(1);
    const before = await world.notes.list("bill#");
    world.clock.set(new Date("2026-11-22T09:00:00Z"));
    const { manager } = aPatchbay(world);
    const context = { manager, ports: world.ports, policy: defaultPolicy };
    await billCheck.run(world.clock.now(), createTick(context));
    expect(await world.notes.list("bill#")).toEqual(before);
  });
});
