import { expect, it } from "vitest";
import { aDestination } from "../support/builders.ts";
import { aCommandLine, buttonsOf, linesOf, viewer } from "../support/command-line.ts";

it("shows everything without controls, to viewers too", async () => {
  const { run } = aCommandLine();
  const everything = { kind: "site", only: null, controls: false };
  expect(await run("status", { asker: viewer })).toMatchObject(everything);
});

it("shows the destinations that are named", async () => {
  const { run } = aCommandLine();
  expect(await run("status twitch and yt")).toMatchObject({
    kind: "site",
    only: ["dest_twitch", "dest_youtube"],
    controls: false,
  });
});

it("tells what is true at this moment, not what was asked for", async () => {
  const { world, run, pass } = aCommandLine({ flow: "active" });
  world.flows.setSource({ connected: true });
  await run("start twitch");
  const stageOf = async () => {
    const reply = await run("status twitch");
    const shown = reply.kind === "site" ? reply.view.destinations : [];
    return shown.find(({ id }) => id === "dest_twitch")?.stage;
  };
  expect(await stageOf()).toBe("starting");
  await pass(6);
  expect(await stageOf()).toBe("on-air");
});

it("asks which one is meant when a word fits several", async () => {
  const main = aDestination({ id: "dest_main", name: "Twitch main" });
  const second = aDestination({ id: "dest_second", name: "Twitch second" });
  const { run } = aCommandLine({ destinations: [main, second] });
  const reply = await run("status twitch");
  expect(linesOf(reply)).toEqual(["“twitch” could be any of these. Which one?"]);
  expect(buttonsOf(reply)).toEqual([
    "Twitch main → status dest_main",
    "Twitch second → status dest_second",
  ]);
});

it("names what there is when a destination is not known", async () => {
  const { run } = aCommandLine();
  await expect(run("status periscope")).rejects.toMatchObject({
    code: "not-found",
    message: "I do not know a destination called “periscope”.",
    hint: "There are: HLS player, YouTube, Twitch, LinkedIn, Custom RTMP.",
  });
});
