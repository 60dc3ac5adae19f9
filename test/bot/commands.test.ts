import { expect, it, vi } from "vitest";
import type { Reply } from "../../src/commands/reply.ts";
import { text } from "../../src/domain/text.ts";
import { OpsError } from "../../src/errors.ts";
import { aBot, aConnectedBot, aLine, held, said, untilTrue } from "../support/bot.ts";
import { slackPeople } from "../support/local-slack.ts";
import { aView, onAir } from "../support/views.ts";

const { ana, ben, vic, ada } = slackPeople;

it("hands over what was typed, by whom, and answers that person only", async () => {
  await using harness = await aConnectedBot();
  const { slack, lines } = harness;
  await slack.command(ana, "/stream start twitch");
  expect(lines).toEqual([
    {
      text: "start twitch",
      asker: { id: ana, name: "Ana", role: "operator" },
      confirmed: false,
      seen: null,
    },
  ]);
  expect(await said(slack, ana)).toMatchObject([{ text: "done", ephemeral: true }]);
  expect(await said(slack, ben)).toEqual([]);
});

it("knows the role of each person", async () => {
  await using harness = await aConnectedBot();
  for (const person of [ana, vic, ada]) await harness.slack.command(person, "/stream");
  const roles = harness.lines.map(({ asker }) => asker.role);
  expect(roles).toEqual(["operator", "viewer", "admin"]);
});

it("says in time that it is still working, and brings the answer afterwards", async () => {
  const { promise, release } = held<Reply>();
  await using harness = await aConnectedBot({ run: () => promise });
  const { slack, world } = harness;
  const typed = slack.command(ana, "/stream start twitch");
  const words = async () => (await said(slack, ana)).map((message) => message.text);
  await untilTrue(world, async () => expect(await words()).toEqual(["Still working on it…"]));
  expect(await typed).toEqual({ ok: true });
  release(aLine("Starting Twitch"));
  await untilTrue(world, async () => expect((await words()).at(-1)).toBe("Starting Twitch"));
});

it("acknowledges a button before its work is over", async () => {
  const { promise, release } = held<Reply>();
  const site: Reply = {
    kind: "site",
    view: aView({ destinations: [onAir()] }),
    only: null,
    controls: true,
  };
  await using harness = await aConnectedBot({
    run: ({ text: typed }) => (typed === "" ? Promise.resolve(site) : promise),
  });
  const { slack, world, lines } = harness;
  await slack.command(ana, "/stream");
  expect(await slack.press(ana, "run:0:0")).toEqual({ ok: true });
  await untilTrue(world, () => expect(lines).toHaveLength(2));
  expect(lines[1]).toMatchObject({
    text: "stop dest_twitch",
    confirmed: true,
    seen: "intent_1",
  });
  release(aLine("Stopping Twitch"));
  await untilTrue(world, async () =>
    expect((await said(slack, ana)).at(-1)).toMatchObject({
      text: "Stopping Twitch",
      ephemeral: true,
    }),
  );
});

it("whispers an answer whose response_url is used up", async () => {
  await using harness = await aConnectedBot({
    run: ({ text: typed }) =>
      Promise.resolve(
        typed === ""
          ? { kind: "lines", lines: [["Which?"]], buttons: [{ label: "X", command: "start x" }] }
          : aLine("done"),
      ),
  });
  const { slack, world } = harness;
  await slack.command(ana, "/stream");
  const real = fetch;
  vi.stubGlobal("fetch", (input: string, init: RequestInit) =>
    input.includes("/response/")
      ? Promise.resolve(new Response("", { status: 404 }))
      : real(input, init),
  );
  try {
    await slack.press(ana, "run:0");
    await untilTrue(world, async () =>
      expect((await said(slack, ana)).at(-1)).toMatchObject({ text: "done", ephemeral: true }),
    );
  } finally {
    vi.unstubAllGlobals();
  }
});

it("tells what went wrong, what it means and what to type", async () => {
  await using harness = await aConnectedBot({
    run: () =>
      Promise.reject(
        new OpsError("invalid-input", "I do not know that <!channel>.", {
          hint: "Try `/stream help`.",
        }),
      ),
  });
  await harness.slack.command(ana, "/stream stat");
  const [answer] = await said(harness.slack, ana);
  expect(answer?.text).toBe(
    "I do not know that &lt;!channel&gt;. Nothing was changed. Try /stream help.",
  );
  expect(answer?.blocks).toMatchObject([
    {
      text: {
        text: "I do not know that &lt;!channel&gt;. Nothing was changed. Try `/stream help`.",
      },
    },
  ]);
  const logged = harness.world.log.lines.find(({ event }) => event === "refused");
  expect(logged?.fields).toEqual({ code: "invalid-input" });
});

it("never shows an unforeseen error, and logs it under the reference that it shows", async () => {
  await using harness = await aConnectedBot({
    run: () => Promise.reject(new TypeError("secret of the house")),
  });
  await harness.slack.command(ana, "/stream");
  const [answer] = await said(harness.slack, ana);
  const line = harness.world.log.lines.find(({ event }) => event === "unforeseen");
  expect(answer?.text).not.toContain("secret of the house");
  expect(answer?.text).toContain(`Reference: ${line?.fields.reference}.`);
  expect(JSON.stringify(harness.world.log.lines)).not.toMatch(/xoxb|xapp|ticket/);
});

it("shows the panel on the Home tab, and again after a press there", async () => {
  const view = aView({ destinations: [onAir()] });
  await using harness = await aConnectedBot({
    run: ({ text: typed }) =>
      Promise.resolve(
        typed === "" ? { kind: "site", view, only: null, controls: true } : aLine("Stopping"),
      ),
  });
  const { slack, world } = harness;
  await slack.post("/console/home", { person: ana });
  const home = await untilTrue(world, async () => {
    const shown = (await slack.state(ana)).home;
    expect(JSON.stringify(shown?.blocks)).toContain("On air · 1 of 1");
    return shown;
  });
  const row = home?.blocks[3] as { block_id: string };
  await slack.post("/console/action", {
    person: ana,
    viewId: home?.viewId,
    blockId: row.block_id,
    actionId: "run:0:0",
  });
  await untilTrue(world, async () => {
    expect(harness.lines.map((line) => line.text)).toEqual(["", "stop dest_twitch", ""]);
    expect((await said(slack, ana)).map((message) => message.text)).toEqual(["Stopping"]);
  });
});

it("asks people to try again while it stops, and lets work under way end", async () => {
  const { promise, release } = held<Reply>();
  const harness = await aBot({ run: () => promise });
  const { slack, bot } = harness;
  await bot.start();
  const first = slack.command(ana, "/stream status");
  await expect.poll(() => harness.lines.length).toBe(1);
  const stopped = bot.stop();
  await slack.command(ben, "/stream status");
  expect((await said(slack, ben))[0]?.text).toContain("patchbay is restarting.");
  release({ kind: "lines", lines: [text`All off`], buttons: [] });
  await Promise.all([first, stopped]);
  expect((await said(slack, ana))[0]?.text).toBe("All off");
  expect(harness.lines).toHaveLength(1);
  expect(bot.isConnected()).toBe(false);
  await slack[Symbol.asyncDispose]();
});
