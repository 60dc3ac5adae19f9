import { expect, it } from "vitest";
import { aCommandLine, viewer } from "../support/command-line.ts";

it("shows every destination with its controls, to viewers too", async () => {
  const { world, run } = aCommandLine();
  const reply = await run("", { asker: viewer });
  expect(reply).toMatchObject({ kind: "site", only: null, controls: true });
  const names = reply.kind === "site" ? reply.view.destinations.map(({ name }) => name) : [];
  expect(names).toEqual(["HLS player", "YouTube", "Twitch", "LinkedIn", "Custom RTMP"]);
  expect(world.calls).toEqual([]);
});

it.each(["   ", "\t\n", "\u200b\ufeff"])(
  "comes for words that are not there: %j",
  async (typed) => {
    const { run } = aCommandLine();
    expect(await run(typed)).toMatchObject({ kind: "site", only: null, controls: true });
  },
);
