import { describe, expect, it } from "vitest";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

describe("the month that is kept", () => {
  it("ends with its month, by the site's clock", async () => {
    const world = aWorld();
    const { manager } = aPatchbay(world, { policy: { zone: "Europe/Berlin" } });
    const midnight = new Date("2026-11-30T23:00:00Z");
    await world.clock.advance(midnight.getTime() - world.clock.now().getTime() - 10_000);
    expect((await manager.costs.month()).period.name).toBe("2026-11");
    await world.clock.advance(20_000);
    expect((await manager.costs.month()).period.name).toBe("2026-12");
  });
});
