import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { advisor } from "../../src/jobs/advisor.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { aSession } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const policy = { ...defaultPolicy, zone: "Europe/Berlin" };

/** A November in which these destinations ran on the 22nd for two hours. */
async function aNovember(...platforms: string[]) {
  const world = aWorld();
  world.notes.put("known-since", "2026-11-01T00:00:00.000Z");
  const from = new Date("2026-11-22T10:00:00Z");
  for (const [index, platform] of platforms.entries())
    await world.sessions.open(
      aSession({
        id: `session_${platform}`,
        platform,
        destinationId: `dest_${platform}`,
        channelId: platform,
        startedAt: from,
        billedFrom: from,
        endedAt: addMinutes(from, 60 * (index + 1)),
        status: "stopped",
      }),
    );
  const at = async (when: string) => {
    world.clock.set(new Date(when));
    const { manager } = aPatchbay(world, { policy });
    await advisor.run(world.clock.now(), createTick({ manager, ports: world.ports, policy }));
  };
  return { world, at };
}

describe("the advisor", () => {
  it("speaks on the first of a month at 09:00 on the site's clock, once", async () => {
    const { world, at } = await aNovember("primary", "twitch");
    await at("2026-12-01T07:45:00Z");
    expect(world.announcements.all()).toEqual([]);
    await at("2026-12-01T08:00:00Z");
    await at("2026-12-01T08:15:00Z");
    await at("2026-12-20T08:15:00Z");
    const [advice, ...more] = world.announcements.all();
    expect(more).toEqual([]);
    expect(advice?.key).toBe("advisor_2026-11");
    const words = advice?.content.lines.map(inWords).join(" ");
    expect(words).toMatch(/November 2026.*Separate channels (saved|cost) \$/);
  });

  it("speaks late rather than not at all", async () => {
    const { world, at } = await aNovember("primary", "twitch");
    await at("2026-12-09T15:00:00Z");
    expect(world.announcements.all()).toHaveLength(1);
  });

  it("says nothing when fewer than two destinations ran", async () => {
    const { world, at } = await aNovember("twitch");
    await at("2026-12-01T08:00:00Z");
    await at("2026-12-01T08:15:00Z");
    expect(world.announcements.all()).toEqual([]);
    expect(await world.notes.read("advisor")).toContain("2026-11");
  });
});
