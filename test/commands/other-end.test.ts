import { describe, expect, it } from "vitest";
import { aCommandLine, buttonsOf, linesOf } from "../support/command-line.ts";

describe("a start of what is on already", () => {
  it("offers the end that was asked for, with what the time costs", async () => {
    const line = aCommandLine();
    await line.run("start twitch for 2h");
    const reply = await line.run("start twitch for 3h");
    expect(buttonsOf(reply)).toEqual([
      "Until 22:00 · $0.85 → extend dest_twitch until 2026-11-22 22:00 UTC",
    ]);
    const [move] = reply.kind === "lines" ? reply.buttons : [];
    await line.run(move?.command ?? "", { seen: move?.seen ?? null });
    expect(line.world.destinations.get("dest_twitch").leaseUntil).toEqual(
      new Date("2026-11-22T22:00:00Z"),
    );
    expect(buttonsOf(await line.run("start twitch until 22:00"))).toEqual([]);
    expect(buttonsOf(await line.run("start twitch"))).toEqual([]);
  });

  it("offers an earlier end, too, and names what it moves beside what it starts", async () => {
    const line = aCommandLine();
    await line.run("start twitch for 2h");
    const reply = await line.run("start twitch youtube for 30m");
    expect(buttonsOf(reply)).toEqual([
      "Stop YouTube → stop dest_youtube",
      "Twitch until 19:30 → extend dest_twitch back until 2026-11-22 19:30 UTC",
    ]);
    const move = reply.kind === "lines" ? reply.buttons[1] : undefined;
    const [moved] = linesOf(await line.run(move?.command ?? "", { seen: move?.seen ?? null }));
    expect(moved).toMatch(/goes off at 19:30 instead of 21:00/);
  });
});
