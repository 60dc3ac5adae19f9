import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import {
  aCommandLine,
  buttonsOf,
  linesOf,
  otherOperator,
  viewer,
} from "../support/command-line.ts";

/** A site on which these were started until 21:00; it is 19:00. */
async function started(...names: string[]) {
  const line = aCommandLine();
  await line.run(`start ${names.join(" ")} for 2h`);
  const endOf = (id: string) => line.world.destinations.get(id).leaseUntil?.toISOString();
  return { ...line, endOf };
}

describe("extend", () => {
  it.each([
    ["extend twitch 30m", "21:30"],
    ["extend twitch +30m", "21:30"],
    ["EXTEND Twitch by 30 min", "21:30"],
    ["extend twitch for another 30 minutes", "21:30"],
    ["extend twitch 1 h 30 min", "22:30"],
    ["extend twitch until 21:30", "21:30"],
    ["extend twitch until 2026-11-22 21:30 UTC", "21:30"],
    ["extend twitch till 9:30 pm the guest is late", "21:30"],
  ])("reads %s", async (typed, end) => {
    const { run, endOf } = await started("twitch");
    await run(typed);
    expect(endOf("dest_twitch")).toBe(`2026-11-22T${end}:00.000Z`);
  });

  it("says the old and the new end and what the time costs, and how to undo it", async () => {
    const { run, endOf } = await started("twitch");
    const reply = await run("extend twitch 30m");
    expect(linesOf(reply)).toEqual([
      "*Twitch* goes off at 21:30 instead of 21:00: 30 min more, about $0.42.",
    ]);
    expect(buttonsOf(reply)).toEqual(["Undo → extend dest_twitch back until 2026-11-22 21:00 UTC"]);
    const [undo] = reply.kind === "lines" ? reply.buttons : [];
    const undone = await run(undo?.command ?? "", { seen: undo?.seen ?? null });
    expect(linesOf(undone)[0]).toMatch(/goes off at 21:00 instead of 21:30: 30 min less/);
    expect(endOf("dest_twitch")).toBe("2026-11-22T21:00:00.000Z");
  });

  it("counts between the times as they are shown, although a lease began between two minutes", async () => {
    const line = aCommandLine();
    await line.world.clock.advance(29_000);
    await line.run("start twitch for 2h");
    expect(linesOf(await line.run("extend twitch until 21:30"))).toEqual([
      "*Twitch* goes off at 21:30 instead of 21:00: 30 min more, about $0.42.",
    ]);
  });

  it("is one move when a button with its end is pressed twice", async () => {
    const { run, endOf } = await started("twitch");
    await run("extend dest_twitch until 2026-11-22 21:30 UTC");
    const again = await run("extend dest_twitch until 2026-11-22 21:30 UTC");
    expect(linesOf(again)).toEqual(["*Twitch* ends at 21:30 already."]);
    expect(endOf("dest_twitch")).toBe("2026-11-22T21:30:00.000Z");
  });

  it("says what capped it", async () => {
    const { run } = await started("linkedin");
    expect(linesOf(await run("extend linkedin 5h"))[0]).toMatch(
      /^\*LinkedIn\* goes off at 23:00 instead of 21:00: 2 h more, about \$1\.69\. No longer: that is LinkedIn's own limit\.$/,
    );
    await expect(run("extend linkedin 30m")).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("moves all that is on, and nothing else", async () => {
    const line = await started("twitch", "youtube");
    const reply = await line.run("extend all 30m");
    expect(linesOf(reply)).toHaveLength(2);
    expect(buttonsOf(reply)).toEqual([
      "Undo → extend dest_youtube dest_twitch back until 2026-11-22 21:00 UTC",
    ]);
    expect(line.endOf("dest_linkedin")).toBeUndefined();
  });

  it("says so when nothing is on", async () => {
    expect(linesOf(await aCommandLine().run("extend all 30m"))).toEqual([
      "Nothing is on at present.",
    ]);
  });

  it("obeys what a nearly spent budget allows", async () => {
    const line = await started("twitch");
    await line.world.clock.advance(90 * 60_000);
    await spendPart(line, 0.97);
    await line.run("extend twitch 2h");
    expect(line.endOf("dest_twitch")).toBe("2026-11-22T21:30:00.000Z");
  });

  it("is refused for what is off, and to a viewer", async () => {
    const { run } = await started("twitch");
    await expect(run("extend youtube 30m")).rejects.toMatchObject({
      message: "YouTube is off, so it has no end to move.",
    });
    await expect(run("extend twitch 30m", { asker: viewer })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("leaves a later end alone when the button of a card that is not redrawn yet is pressed", async () => {
    const { run, endOf, world } = await started("twitch");
    const seen = world.destinations.get("dest_twitch").intent?.id ?? "";
    await run("extend twitch 2h");
    const pressed = await run("extend dest_twitch until 2026-11-22 21:30 UTC", { seen });
    expect(linesOf(pressed)).toEqual(["*Twitch* ends at 23:00 already."]);
    expect(endOf("dest_twitch")).toBe("2026-11-22T23:00:00.000Z");
  });

  it("M5 no-surprise-stop: an Undo shortens no newer run", async () => {
    const { run, endOf, world, pass } = await started("twitch");
    const reply = await run("extend twitch 30m");
    const [undo] = reply.kind === "lines" ? reply.buttons : [];
    expect(undo?.seen).toBe(world.destinations.get("dest_twitch").intent?.id);
    await run("stop twitch");
    await pass(30);
    await run("start twitch for 4h");
    const pressed = await run(undo?.command ?? "", { seen: undo?.seen ?? null });
    expect(pressed.kind).toBe("site");
    expect(endOf("dest_twitch")).toBe("2026-11-22T23:00:30.000Z");
  });

  it("does nothing for a button that was drawn for an older start", async () => {
    const { run, endOf } = await started("twitch");
    const reply = await run("extend twitch until 21:30", {
      seen: "intent_old",
      asker: otherOperator,
    });
    expect(reply.kind).toBe("site");
    expect(endOf("dest_twitch")).toBe("2026-11-22T21:00:00.000Z");
  });
});

describe("the words of a moved end", () => {
  it.each([
    ["extend twitch", "How long?"],
    ["extend twitch until", "How long?"],
    ["extend twitch 0m", "A length of time must be more than nothing."],
    ["extend twitch 30m until 22:00", "One end is enough."],
    ["extend twitch until 22:00 30m", "One end is enough."],
    ["extend twitch 30m 40m", "One end is enough."],
    ["extend twitch until 25:00", "There is no such time of day."],
    [
      "extend twitch until 22:00 Mars/Base",
      "I do not know that time zone; one is `Europe/London`, for example.",
    ],
    ["hold twitch 30m live_987654_SeCrEtKeyOfTwItCh", "That looks like a stream key."],
  ])("are refused with an example: %s", async (typed, message) => {
    const line = await started("twitch");
    const before = line.world.destinations.all();
    const refused = line.run(typed);
    await expect(refused).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining(message),
    });
    expect(line.world.destinations.all()).toEqual(before);
  });
});
