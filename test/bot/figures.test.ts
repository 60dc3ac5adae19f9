import { expect, it, vi } from "vitest";
import { blockProblems } from "../../local/slack/block-kit.ts";
import { homeRoom, messageRoom } from "../../src/bot/render/fit.ts";
import { toMessage } from "../../src/bot/render/reply.ts";
import type { Reply } from "../../src/commands/reply.ts";
import { aConnectedBot, said, untilTrue } from "../support/bot.ts";
import { siteNow } from "../support/builders.ts";
import { slackPeople } from "../support/local-slack.ts";

const { ana } = slackPeople;

const figures: Reply = {
  kind: "lines",
  lines: [["$8.46 spent."]],
  buttons: [{ label: "Budget", command: "budget" }],
  table: {
    columns: [
      { title: "Destination", figures: false },
      { title: "Cost", figures: true },
    ],
    rows: [["Twitch", "$8.46"]],
  },
  chart: {
    title: "Cost by destination",
    kind: "bar",
    unit: "USD",
    labels: ["Twitch"],
    series: [{ name: "Cost", values: [8.46] }],
  },
};

const drawing = {
  defaultLeaseMinutes: 240,
  role: "operator" as const,
  moment: { now: siteNow, zone: "UTC" },
};

const kindsOf = (blocks: readonly { type: string }[]) => blocks.map(({ type }) => type);

it("draws figures as a table and a chart in a message, and in words elsewhere", () => {
  const message = toMessage(figures, { ...drawing, room: messageRoom });
  expect(kindsOf(message.blocks)).toEqual(["section", "data_visualization", "table", "actions"]);
  expect(blockProblems(message.blocks, "message")).toEqual([]);
  expect(message.blocks[2]).toMatchObject({
    column_settings: [{ align: "left", is_wrapped: true }, { align: "right" }],
  });
  const home = toMessage(figures, { ...drawing, room: homeRoom });
  expect(kindsOf(home.blocks)).toEqual(["section", "section", "actions"]);
  expect(blockProblems(home.blocks, "home")).toEqual([]);
  expect(JSON.stringify(home.blocks)).toMatch(/Twitch +\$8\.46/);
});

it("answers a command with its figures", async () => {
  await using harness = await aConnectedBot({ run: () => Promise.resolve(figures) });
  await harness.slack.command(ana, "/stream cost");
  await untilTrue(harness.world, async () => {
    const [message] = await said(harness.slack, ana);
    expect(JSON.stringify(message)).toContain("data_visualization");
    expect(message).toMatchObject({ ephemeral: true });
  });
});

it("answers in words where Slack refuses figures", async () => {
  await using harness = await aConnectedBot({ run: () => Promise.resolve(figures) });
  const real = fetch;
  vi.stubGlobal("fetch", (input: string, init: RequestInit) =>
    String(init?.body).includes("data_visualization")
      ? Promise.resolve(new Response("invalid_blocks", { status: 400 }))
      : real(input, init),
  );
  try {
    await harness.slack.command(ana, "/stream cost");
    await untilTrue(harness.world, async () => {
      const messages = await said(harness.slack, ana);
      expect(messages).toHaveLength(1);
      expect(JSON.stringify(messages)).toMatch(/Twitch +\$8\.46/);
      expect(JSON.stringify(messages)).not.toContain("data_visualization");
    });
  } finally {
    vi.unstubAllGlobals();
  }
});
