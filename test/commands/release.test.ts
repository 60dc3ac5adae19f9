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

  it("offers the hold as it was, at the price of what it outlasts the lease", async () => {
    const { run, row } = await started();
    await run("hold twitch until 23:00 a guest is late");
    const reply = await run("release twitch");
    expect(buttonsOf(reply)).toEqual([
      "Hold again until 23:00 · $1.69 → hold dest_twitch until 2026-11-22 23:00 UTC a guest is late",
    ]);
    await run("hold dest_twitch until 2026-11-22 23:00 UTC a guest is late", {
      seen: row().intent?.id ?? "",
    });
    expect(row()).toMatchObject({ holdReason: "a guest is late" });
  });

  it("says that the last call counts again while there is no source", async () => {
    const { run, pass, manager, world } = await started();
    await pass(10);
    world.flows.setSource({ connected: false });
    await manager.reconcile();
    await run("hold twitch 30m");
    expect(linesOf(await run("release twitch"))[1]).toMatch(
      /^There has been no source since 19:00, so the last call counts again/,
    );
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
