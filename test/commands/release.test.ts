import { describe, expect, it } from "vitest";
import { aCommandLine, buttonsOf, linesOf } from "../support/command-line.ts";

/** A site on which Twitch was started until 21:00; it is 19:00. */
async function started() {
  const line = aCommandLine();
  await line.run("start twitch for 2h");
  return { ...line, row: () => line.world.destinations.get("dest_twitch") };
}

describe("release", () => {
  it("ends the hold, and says when it goes off", async () => {
    const { run, row, world } = await started();
    await run("hold twitch until 23:00");
    expect(linesOf(await run("release twitch"))).toEqual([
      "*Twitch* is not held any more: it goes off at 21:00.",
    ]);
    expect(row()).toMatchObject({ holdUntil: world.clock.now(), heldBy: null });
    expect(linesOf(await run("release twitch"))).toEqual(["*Twitch* is not held."]);
  });

  it("asks first when only the hold keeps it on", async () => {
    const { run, row, world } = await started();
    await run("hold twitch until 23:00");
    await world.clock.advance(2.5 * 3_600_000);
    const asked = await run("release all");
    expect(linesOf(asked)).toEqual([
      "*Twitch* is on only because it is held: its time is over since 21:00, so it goes off now.",
    ]);
    expect(buttonsOf(asked)).toEqual(["Release Twitch → release dest_twitch"]);
    expect(row().heldBy).not.toBeNull();
    const done = await run("release dest_twitch", {
      confirmed: true,
      seen: row().intent?.id ?? "",
    });
    expect(linesOf(done)[0]).toMatch(/so it goes off now\.$/);
    expect(row()).toMatchObject({ holdUntil: world.clock.now(), heldBy: null });
  });
});
