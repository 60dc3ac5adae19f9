import { expect, it } from "vitest";
import { lineToAdd } from "../../src/commands/show-lines.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { aDestination } from "../support/builders.ts";
import { aCommandLine, buttonsOf, linesOf } from "../support/command-line.ts";
import { aShow } from "../support/shows.ts";

const show = aShow({ zone: "UTC" });
const twitch = aDestination();

it("plans a show again without the destinations that are gone", () => {
  const line = 'schedule add "Sunday service" sun 10:00 UTC for 90m Twitch late 15m';
  expect(lineToAdd(show, [twitch])).toBe(line);
});

it("plans it for all when none is left, which no button does", async () => {
  const { world, run } = aCommandLine({ destinations: [aDestination({ platform: "primary" })] });
  world.notes.put("show#show_1", toStoredShow(show));
  const reply = await run("schedule remove show_1");
  expect(linesOf(reply)[1]).toBe(
    'To plan it again: `/stream schedule add "Sunday service" sun 10:00 UTC for 90m all late 15m`',
  );
  expect(buttonsOf(reply)).toEqual([]);
});
