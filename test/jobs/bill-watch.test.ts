import { addHours } from "date-fns/addHours";
import { describe, expect, it } from "vitest";
import { billedDays, billMemory } from "../../src/domain/cost/bill-memory.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { billWatch } from "../../src/jobs/bill-watch.ts";
import { createTick } from "../../src/jobs/tick.ts";
import type { Bill } from "../../src/manager/ports.ts";
import { aChannelReading } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const midnight = new Date("2026-11-22T00:00:00Z");
const aBill: Bill = { day: () => Promise.resolve([]) };
const compared = [
  { date: "2026-11-22", operation: "CHANNEL_OUTPUT", meteredUsd: 1, billedUsd: 1 } as const,
];

/** `look` is one tick of the job at an hour of the day; `taught` is what the day's bill would be taken for. */
function aWatch(bill: Bill | null = aBill) {
  const world = aWorld({ now: midnight });
  const patchbay = aPatchbay(world, { ports: { bill } });
  const look = async (hour: number) => {
    world.clock.set(addHours(midnight, hour));
    const ports = { ...world.ports, bill };
    const context = { manager: patchbay.manager, ports, policy: defaultPolicy };
    await billWatch.run(world.clock.now(), createTick(context));
  };
  const lookAllDay = async () => {
    for (let hour = 0; hour < 24; hour++) await look(hour);
  };
  const words = () => world.notes.read("bill#2026-11-22");
  const taught = async () => {
    const memory = billMemory.from((await words()) ?? "") ?? billMemory.empty;
    return billedDays({ ...memory, days: compared });
  };
  return { world, look, lookAllDay, words, taught };
}

const neighbour = aChannelReading({ channelId: "7654321", name: "neighbour", state: "idle" });

describe("the account's channels", () => {
  it("were the site's alone when each hour of the day says so", async () => {
    const { lookAllDay, taught } = aWatch();
    await lookAllDay();
    expect(await taught()).toMatchObject([{ watched: true, others: [] }]);
  });

  it("are not known for a day of which an hour was not seen", async () => {
    const { world, look, taught } = aWatch();
    for (let hour = 0; hour < 23; hour++) await look(hour);
    world.failNext("channels.list", new OpsError("aws-unavailable", "No answer."));
    await look(23);
    expect(await taught()).toMatchObject([{ watched: false }]);
  });

  it("are others' too for the whole day when one was there for a moment", async () => {
    const { world, lookAllDay, look, taught } = aWatch();
    await lookAllDay();
    world.channels.put(neighbour);
    await look(23.5);
    world.channels.remove("7654321");
    await look(23.75);
    expect(await taught()).toMatchObject([{ others: ["neighbour (7654321)"] }]);
  });

  it("are written down once an hour, and not at all where the bill is not read", async () => {
    const { world, look, words } = aWatch();
    await look(9);
    world.failNext("notes.write", new OpsError("aws-unavailable", "No answer."));
    await look(9.5);
    expect(await words()).toContain('"hours":[9]');
    const without = aWatch(null);
    await without.look(9);
    expect(await without.words()).toBeNull();
  });
});
