import { describe, expect, it } from "vitest";
import { aCommandLine, buttonsOf, linesOf, otherOperator } from "../support/command-line.ts";

/** A site on which Twitch was started until 21:00; it is 19:00. */
async function started() {
  const line = aCommandLine();
  await line.run("start twitch for 2h");
  return { ...line, row: () => line.world.destinations.get("dest_twitch") };
}

describe("hold", () => {
  it("says who, why, until when and what it costs", async () => {
    const { run, row } = await started();
    const reply = await run("hold twitch until 23:00 the speaker is late");
    expect(linesOf(reply)).toEqual([
      "Ana holds *Twitch* until 23:00 (the speaker is late). It goes off at 23:00; until then about $3.38 at $0.85/h.",
      "While held, no rule stops it; people still can.",
    ]);
    expect(buttonsOf(reply)).toEqual(["Release Twitch → release dest_twitch"]);
    expect(row()).toMatchObject({
      holdUntil: new Date("2026-11-22T23:00:00Z"),
      holdReason: "the speaker is late",
      heldBy: { name: "Ana" },
    });
  });

  it("leaves a longer lease as it is", async () => {
    const { run } = await started();
    expect(linesOf(await run("hold twitch 30m"))[0]).toMatch(/until 19:30\. It goes off at 21:00;/);
  });

  it("says whose hold it replaces, and what caps it", async () => {
    const { run } = await started();
    await run("hold twitch 90m", { asker: otherOperator });
    const [first] = linesOf(await run("hold twitch 99999m because: we never stop"));
    expect(first).toMatch(/until 19:00, which is this site's limit \(.*we never stop\)/);
    expect(first).toContain("That replaces Ben's hold until 20:30.");
  });

  it("is one hold when it is pressed twice", async () => {
    const { run } = await started();
    await run("hold twitch until 23:00");
    expect(linesOf(await run("hold twitch until 23:00"))).toEqual([
      "*Twitch* is held until 23:00 already.",
    ]);
  });
});
