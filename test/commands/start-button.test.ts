import { describe, expect, it } from "vitest";
import { ana } from "../support/builders.ts";
import { aCommandLine } from "../support/command-line.ts";

const wanted = ({ world }: ReturnType<typeof aCommandLine>) =>
  world.destinations
    .all()
    .filter(({ desired }) => desired === "on")
    .map(({ id }) => id);

describe("a start button", () => {
  it("does nothing when it was drawn for something older, and shows what is true", async () => {
    const { world, run } = aCommandLine();
    await run("start twitch");
    await run("stop twitch");
    const before = world.destinations.all();
    const press = { seen: "intent_1", confirmed: true };
    expect(await run("start dest_twitch", press)).toMatchObject({
      kind: "site",
      only: ["dest_twitch"],
      controls: true,
      view: {
        destinations: expect.arrayContaining([expect.objectContaining({ by: ana })]),
      },
    });
    expect(world.destinations.all()).toEqual(before);
  });

  it("works when nothing has happened since it was drawn", async () => {
    const line = aCommandLine();
    await line.run("start dest_twitch", { seen: "", confirmed: true });
    expect(wanted(line)).toEqual(["dest_twitch"]);
  });
});
