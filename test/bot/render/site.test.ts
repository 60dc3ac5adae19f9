import { describe, expect, it } from "vitest";
import { toCard } from "../../../src/bot/render/card.ts";
import { messageRoom } from "../../../src/bot/render/fit.ts";
import { headline } from "../../../src/bot/render/headline.ts";
import { toMessage } from "../../../src/bot/render/reply.ts";
import type { DestinationView, SiteView } from "../../../src/domain/view.ts";
import { aDestinationView, ana, siteNow } from "../../support/builders.ts";
import { aView, buttonsIn, earlier, later, onAir, starting, wordsIn } from "../../support/views.ts";

const rule = { defaultLeaseMinutes: 240 };
const moment = { now: siteNow, zone: "UTC" };
const drawing = { ...rule, moment, room: messageRoom, role: "operator" } as const;

const linesOf = (view: SiteView): string[] => wordsIn(toCard(view, rule).blocks);
const rowOf = (destination: DestinationView): string | undefined =>
  linesOf(aView({ destinations: [destination] }))[2];
const buttonsOf = (destination: DestinationView) =>
  buttonsIn(toCard(aView({ destinations: [destination] }), rule).blocks);
const stamp = (at: Date) => Math.floor(at.getTime() / 1000);

describe("the live card", () => {
  it("shows headline, source, destinations, and who started it", () => {
    const started = earlier(45 * 60);
    expect(linesOf(aView({ destinations: [onAir()] }))).toEqual([
      "On air · 1 of 1",
      "*Source*\u2002connected · *Flow*\u2002active\n7.9 Mb/s · RTT 32 ms · loss 0.0 %",
      `*Twitch*\u2002on air for 42 min\nuntil <!date^${stamp(later(7200))}^{time}|21:00 UTC> · by Ana`,
      "",
      `Ana started this at <!date^${stamp(started)}^{time}|18:15 UTC>`,
    ]);
  });

  it("says it all without blocks", () => {
    const { text } = toCard(aView({ destinations: [onAir({ name: "A & B" })] }), rule);
    expect(text).toBe(
      "On air · 1 of 1. Source: connected · 7.9 Mb/s · RTT 32 ms · loss 0.0 %. Flow: active. " +
        "A &amp; B: on air for 42 min · until 21:00 UTC · by Ana",
    );
  });

  it("tells troubles, and leaves out what is disabled", () => {
    const disabled = aDestinationView({ stage: "disabled", can: null });
    const view = aView({ destinations: [disabled], troubles: ["AWS cannot be read."] });
    expect(linesOf(view).slice(2)).toEqual([
      "AWS cannot be read.",
      expect.stringContaining("started this"),
    ]);
  });
});

describe("a destination's row", () => {
  const cases: [string, Partial<DestinationView>, string][] = [
    ["off", {}, "off"],
    [
      "off since",
      { since: earlier(60) },
      `off since <!date^${stamp(earlier(60))}^{time}|18:59 UTC>`,
    ],
    [
      "failed",
      { stage: "failed", since: earlier(60), lastError: "The key was refused." },
      `failed at <!date^${stamp(earlier(60))}^{time}|18:59 UTC>\nThe key was refused`,
    ],
    ["ended by itself", { lastError: "its time was over" }, "off\nits time was over"],
    ["disabled", { stage: "no-channel", can: null }, "no channel in AWS for it"],
    [
      "unknown",
      { stage: "unknown", missing: "AWS does not say how the channel is" },
      "state unknown\nAWS does not say how the channel is",
    ],
    ["just started", { stage: "starting", since: siteNow }, "starting, 0:00 of about 2 min"],
    ["starting", { stage: "starting", since: earlier(79) }, "starting, 1:10 of about 2 min"],
    ["late", { stage: "starting", since: earlier(189) }, "starting, 3:00 (usually about 2 min)"],
    [
      "waiting",
      { stage: "starting", since: earlier(20), missing: "waiting for the flow", by: ana },
      "starting, 0:20 of about 2 min\nwaiting for the flow · by Ana",
    ],
    ["stopping", { stage: "stopping", since: earlier(12) }, "stopping, 0:10"],
    ["new on air", { stage: "on-air", since: earlier(59) }, "on air for a moment"],
    ["long on air", { stage: "on-air", since: earlier(7080) }, "on air for 1 h 58 min"],
    [
      "without a source",
      { stage: "running", since: earlier(125), missing: "no signal" },
      "not on air: no signal\nrunning for 2 min",
    ],
  ];
  it.each(cases)("%s", (_, overrides, words) => {
    const shown = aDestinationView(overrides);
    const row = linesOf(aView({ destinations: [shown, onAir({ name: "Other" })] }))[2];
    expect(row).toBe(`*Twitch*\u2002${words}`);
  });

  it("shows the date of another day", () => {
    const yesterday = earlier(86_400);
    expect(rowOf(aDestinationView({ since: yesterday }))).toBe(
      `*Twitch*\u2002off since <!date^${stamp(yesterday)}^{date_short_pretty} {time}|2026-11-21 19:00 UTC>`,
    );
  });
});

describe("a destination's button", () => {
  it("stops with a question that names destination and state", () => {
    expect(buttonsOf(onAir())[0]).toMatchObject({
      text: { text: "Stop" },
      style: "danger",
      accessibility_label: "Stop Twitch",
      value: JSON.stringify({ c: "stop dest_twitch", seen: "intent_1", ok: true }),
      confirm: {
        title: { text: "Stop Twitch?" },
        text: { text: "On air for 42 min. The others stay as they are." },
        confirm: { text: "Stop" },
      },
    });
  });

  it("starts with a question that names the end", () => {
    expect(buttonsOf(aDestinationView())).toMatchObject([
      {
        text: { text: "Start" },
        accessibility_label: "Start Twitch",
        value: JSON.stringify({ c: "start dest_twitch", seen: "", ok: true }),
        confirm: { text: { text: expect.stringContaining("stops by itself after 4 h") } },
      },
    ]);
  });

  it("is not there when nothing can be done", () => {
    expect(buttonsOf(aDestinationView({ stage: "stopping", can: null }))).toEqual([]);
  });
});

describe("the headline", () => {
  const cases: [string, DestinationView[]][] = [
    ["On air · 1 of 2", [onAir(), aDestinationView()]],
    ["On air · 1 of 1", [onAir(), aDestinationView({ stage: "disabled" })]],
    ["Running, not on air · 1 of 1", [onAir({ stage: "running" })]],
    ["Starting · Twitch, YouTube", [starting(), starting({ name: "YouTube" })]],
    ["Stopping · Twitch", [onAir({ stage: "stopping" })]],
    ["State unknown · 1 of 1", [onAir({ stage: "unknown" })]],
    ["All off", [aDestinationView(), aDestinationView({ stage: "failed" })]],
    ["No destinations yet", []],
  ];
  it.each(cases)("%s", (words, destinations) => {
    expect(headline(aView({ destinations }))).toBe(words);
  });
});

describe("the source line", () => {
  const unknown = { connected: null, bitrateBps: null, rttMs: null, lossPercent: null };
  const cases: [Partial<SiteView>, string][] = [
    [
      { source: unknown, flow: "standby" },
      "*Source*\u2002unknown until the flow is active · *Flow*\u2002on standby",
    ],
    [{ source: { ...unknown, connected: false } }, "*Source*\u2002no signal · *Flow*\u2002active"],
    [{ source: { ...unknown, connected: true } }, "*Source*\u2002connected · *Flow*\u2002active"],
    [
      { source: unknown, flow: "not-configured" },
      "*Source*\u2002unknown · *Flow*\u2002not configured",
    ],
  ];
  it.each(cases)("%o", (overrides, words) => {
    expect(linesOf(aView(overrides))[1]).toBe(words);
  });
});

describe("the panel", () => {
  const view = aView({
    broadcast: null,
    destinations: [
      onAir(),
      onAir({ id: "dest_youtube", name: "YouTube" }),
      aDestinationView({ id: "dest_x", name: "X" }),
      aDestinationView({ id: "dest_li", name: "LinkedIn" }),
    ],
  });

  it("has buttons for everything at once, each with a question", () => {
    const { blocks } = toMessage({ kind: "site", view, only: null, controls: true }, drawing);
    expect(blocks.at(-1)).toMatchObject({
      type: "actions",
      elements: [
        {
          text: { text: "Start all" },
          value: JSON.stringify({ c: "start all", seen: " ", ok: true }),
          confirm: { text: { text: expect.stringMatching(/after 4 h. X, LinkedIn$/) } },
        },
        {
          text: { text: "Stop all" },
          style: "danger",
          value: JSON.stringify({ c: "stop all", seen: "intent_1 intent_1", ok: true }),
          confirm: { text: { text: expect.stringMatching(/Twitch, YouTube$/) } },
        },
      ],
    });
  });

  it("becomes a status of some destinations without any button", () => {
    const reply = { kind: "site", view, only: ["dest_x"], controls: false } as const;
    const { blocks } = toMessage(reply, drawing);
    expect(wordsIn(blocks)).toEqual([
      "On air · 2 of 4",
      expect.stringContaining("*Source*"),
      "*X*\u2002off",
    ]);
    expect(JSON.stringify(blocks)).not.toContain("button");
  });

  it("shows a viewer no button that would be refused, and says whom to ask", () => {
    const reply = { kind: "site", view, only: null, controls: true } as const;
    const { blocks } = toMessage(reply, { ...drawing, role: "viewer" });
    expect(JSON.stringify(blocks)).not.toContain("button");
    expect(wordsIn(blocks).at(-1)).toBe("Ask an operator to start or stop.");
    const status = toMessage({ ...reply, controls: false }, { ...drawing, role: "viewer" });
    expect(wordsIn(status.blocks).join()).not.toContain("operator");
  });
});
