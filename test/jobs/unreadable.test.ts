import { describe, expect, it } from "vitest";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

describe("unreadable", () => {
  it("tells once which row is skipped, what that means and what to do", async () => {
    const world = aWorld();
    world.unreadable.add({ table: "sessions", key: "session_intent_1" });
    world.unreadable.add({ table: "ops", key: "site#main#audit#2026-11 x" });
    world.unreadable.add({ table: "ops", key: "site#main#flags new" });
    await aPatchbay(world).live(3);
    expect(world.announcements.all().map(({ key }) => key)).toEqual([
      "unreadable.sessions.session_intent_1",
      "unreadable.ops.site#main#audit#2026-11 x",
      "unreadable.ops.site#main#flags new",
    ]);
    const words = world.announcements.all().map(({ content }) => content.lines.map(inWords));
    expect(words[0]).toEqual([
      "A row of the table `sessions` cannot be read, because it is damaged or from a newer patchbay: `session_intent_1`.",
      "It is skipped, and nothing of it is changed: that time on air is missing from costs and reports.",
      "Run the newer patchbay, or have somebody put the row right; one that nobody needs may be deleted.",
    ]);
    expect(words.map((lines) => lines[1]?.split(": ")[1])).toEqual([
      "that time on air is missing from costs and reports.",
      "that line is missing from the history.",
      "what it says is taken for not there.",
    ]);
  });

  it.each(["{}", "not JSON", '{"version":2,"id":"show_x"}'])(
    "tells once of a show that starts nothing, because its note says %s",
    async (words) => {
      const world = aWorld();
      world.notes.put("show#show_x", words);
      await aPatchbay(world).live(3);
      const told = world.announcements.all();
      expect(told.map(({ key }) => key)).toEqual(["unreadable.show#show_x"]);
      expect(told[0]?.content.lines.map(inWords)[0]).toBe(
        "A planned show cannot be read, because the note `show#show_x` is damaged or from a newer patchbay: it starts nothing, and the other shows go on.",
      );
      expect(await world.notes.read("show#show_x")).toBe(words);
    },
  );
});
