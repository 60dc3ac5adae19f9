import { describe, expect, it } from "vitest";
import { toCard } from "../../../src/bot/render/card.ts";
import { messageRoom, sizeOf } from "../../../src/bot/render/fit.ts";
import { toMessage } from "../../../src/bot/render/reply.ts";
import type { DestinationCost, DestinationView, SiteView } from "../../../src/domain/view.ts";
import { aDestinationView, ana, siteNow } from "../../support/builders.ts";
import {
  aSiteCost,
  aView,
  buttonsIn,
  later,
  onAir,
  starting,
  wordsIn,
} from "../../support/views.ts";

const rule = { defaultLeaseMinutes: 240 };
const moment = { now: siteNow, zone: "UTC" };
const drawing = { ...rule, moment, room: messageRoom, role: "operator" } as const;
const price: DestinationCost = { perHourUsd: 0.85, soFarUsd: null, billedAnywayMinutes: 0 };
const spending = { ...price, soFarUsd: 0.6 };

const cardOf = (destination: DestinationView) =>
  toCard(aView({ destinations: [destination] }), rule);
const rowOf = (destination: DestinationView) => wordsIn(cardOf(destination).blocks)[2];
const labelsOf = (destination: DestinationView) =>
  buttonsIn(cardOf(destination).blocks).map(({ text }) => text.text);
const questionsOf = (destination: DestinationView) =>
  buttonsIn(cardOf(destination).blocks).map(({ confirm }) => confirm?.text.text);
const footerOf = (view: Partial<SiteView>) => wordsIn(toCard(aView(view), rule).blocks).at(-1);
const panelOf = (destinations: DestinationView[]) =>
  toMessage({ kind: "site", view: aView({ destinations }), only: null, controls: true }, drawing);

describe("a row", () => {
  it("says what the session has cost", () => {
    expect(rowOf(onAir({ cost: spending }))).toMatch(
      /^\*Twitch\*\u2002on air for 42 min · \$0\.60\nuntil/,
    );
    expect(rowOf(onAir({ cost: { ...price, soFarUsd: 0 } }))).not.toContain("$");
    expect(rowOf(aDestinationView({ cost: price }))).toBe("*Twitch*\u2002off");
  });

  it("compares a start with how long the last ones took", () => {
    expect(rowOf(starting({ usualStartSeconds: 74 }))).toContain(
      "starting, 0:20 of about 1 min 20 s",
    );
    expect(rowOf(starting({ usualStartSeconds: 2 }))).toContain("0:20 (usually about 10 s)");
  });
});

describe("a button", () => {
  it("has the price of a start, and its question what the whole lease costs", () => {
    const off = aDestinationView({ cost: price });
    expect(labelsOf(off)).toEqual(["Start · $0.85/h"]);
    expect(questionsOf(off)).toEqual([
      "Its channel starts now: $0.85/h, about $3.40 until it stops by itself after 4 h.",
    ]);
  });

  it("has the price of half an hour more, with an absolute end that twice pressed is the same", () => {
    const on = onAir({ cost: spending, until: later(2 * 3600 + 25) });
    expect(labelsOf(on)).toEqual(["Stop", "+30 min · $0.43"]);
    expect(buttonsIn(cardOf(on).blocks)[1]).toMatchObject({
      accessibility_label: "+30 min for Twitch, $0.43",
      value: JSON.stringify({
        c: "extend dest_twitch until 2026-11-22 21:30 UTC",
        seen: "intent_1",
      }),
    });
  });

  it("is there without a price while nobody knows it", () => {
    expect(labelsOf(aDestinationView())).toEqual(["Start"]);
    expect(labelsOf(onAir())).toEqual(["Stop", "+30 min"]);
    expect(labelsOf(onAir({ cost: { ...spending, perHourUsd: 0 } }))).toEqual(["Stop", "+30 min"]);
  });

  it("gives no more time to what is stopping, has no end, or is held beyond it", () => {
    expect(labelsOf(onAir({ stage: "stopping", can: null }))).toEqual([]);
    expect(labelsOf(onAir({ until: null }))).toEqual(["Stop"]);
    const hold = { until: later(7200), by: ana, reason: null };
    expect(labelsOf(onAir({ hold, until: later(7200) }))).toEqual(["Release", "Stop"]);
    expect(labelsOf(onAir({ hold, until: later(9000) }))).toEqual(["Release", "Stop", "+30 min"]);
  });

  it("asks before a stop what was spent, what is saved, and what is billed anyway", () => {
    const cost = { ...spending, billedAnywayMinutes: 4 };
    expect(questionsOf(onAir({ cost }))[0]).toBe(
      "On air for 42 min, spent $0.60. Stopping saves $0.85/h. " +
        "Stopping now still bills 4 more minutes, counted already. The others stay as they are.",
    );
    expect(questionsOf(onAir({ cost: { ...cost, billedAnywayMinutes: 1 } }))[0]).toContain(
      "1 more minute, counted already.",
    );
  });

  it("for everything has the price of everything", () => {
    const off = (id: string) => aDestinationView({ id, name: id, cost: price });
    const on = (id: string) =>
      onAir({ id, name: id, cost: { ...spending, billedAnywayMinutes: 3 } });
    const buttons = buttonsIn(panelOf([off("a"), off("b"), on("c"), on("d")]).blocks).slice(-2);
    expect(buttons.map(({ text }) => text.text)).toEqual([
      "Start all · $1.70/h",
      "Stop all · saves $1.70/h",
    ]);
    expect(buttons.map(({ confirm }) => confirm?.text.text)).toEqual([
      "Together $1.70/h, about $6.80 until each stops by itself after 4 h: a, b",
      "Up to 3 more min are billed anyway. Everything that is on goes off: c, d",
    ]);
    const unknown = buttonsIn(panelOf([off("a"), { ...off("b"), cost: null }]).blocks).at(-1);
    expect(unknown?.text.text).toBe("Start all");
  });
});

describe("a hold", () => {
  const hold = { until: later(3 * 3600), by: ana, reason: "pitch invasion" };
  const held = onAir({ hold, until: hold.until, cost: spending });

  it("has a banner with who, why, until when and at what price, and the way out of it", () => {
    const lines = wordsIn(cardOf(held).blocks);
    expect(lines[2]).toMatch(
      /^\*Twitch\* held by Ana until <.*\|22:00 UTC>: pitch invasion · costs \$0\.85\/h$/,
    );
    expect(lines[3]).toMatch(/on air for 42 min · \$0\.60\nheld until <.*> · by Ana$/);
    expect(buttonsIn(cardOf(held).blocks)[0]).toMatchObject({
      text: { text: "Release" },
      accessibility_label: "Release Twitch",
      value: JSON.stringify({ c: "release dest_twitch", seen: "intent_1", ok: true }),
    });
  });

  it("is one line for all that one person holds until one end", () => {
    const youtube = { ...held, id: "dest_youtube", name: "YouTube", intentId: "intent_2" };
    const other = { ...held, name: "X", hold: { ...hold, until: later(3600) } };
    const { blocks } = toCard(aView({ destinations: [held, youtube, other] }), rule);
    const banners = wordsIn(blocks).filter((each) => / held by Ana until /.test(each));
    expect(banners).toEqual([
      expect.stringMatching(/^\*Twitch, YouTube\* held by Ana .* · costs \$1\.70\/h$/),
      expect.stringMatching(/^\*X\* held by Ana /),
    ]);
    expect(buttonsIn(blocks)[0]).toMatchObject({
      text: { text: "Release these 2" },
      value: JSON.stringify({
        c: "release dest_twitch dest_youtube",
        seen: "intent_1 intent_2",
        ok: true,
      }),
    });
  });

  it("is told with the lease where that lasts longer, and without what is not known", () => {
    const other = onAir({
      hold: { until: later(3600), by: null, reason: null },
      until: later(7200),
    });
    const lines = wordsIn(cardOf(other).blocks);
    expect(lines[2]).toMatch(/^\*Twitch\* held until <[^>]*>$/);
    expect(lines[3]).toMatch(/\nuntil <.*> · held until <.*> · by Ana$/);
  });

  it("has no button for somebody who only looks", () => {
    const view = aView({ destinations: [held] });
    const status = toMessage({ kind: "site", view, only: null, controls: false }, drawing);
    expect(wordsIn(status.blocks)[2]).toContain("held by Ana");
    expect(wordsIn(status.blocks)[2]).not.toContain("the source is back");
    expect(buttonsIn(status.blocks)).toEqual([]);
  });

  it.each(["break", "waiting for the source"])(
    "that was for a lost source says when that is back, and offers its release to all (%s)",
    (reason) => {
      const waiting = onAir({ hold: { ...hold, reason }, until: hold.until });
      const banner = (connected: boolean) => {
        const { source } = aView();
        const view = aView({ destinations: [waiting], source: { ...source, connected } });
        const status = toMessage({ kind: "site", view, only: null, controls: false }, drawing);
        const labels = buttonsIn(status.blocks).map(({ text }) => text.text);
        return [wordsIn(status.blocks)[2]?.includes(" · the source is back"), labels];
      };
      expect(banner(true)).toEqual([true, ["Release"]]);
      expect(banner(false)).toEqual([false, []]);
    },
  );
});

describe("the foot of the card", () => {
  it("says what was spent, and how the month goes, with where the prices are from", () => {
    expect(footerOf({ cost: aSiteCost() })).toMatch(
      /^Spent \$1\.94 · now \$2\.71\/h · month \$212 of \$400 · forecast \$388\nAna started this at <.*> · prices us-west-2 2026‑09, estimate$/,
    );
  });

  it("says that the flow is part of what an hour costs", () => {
    const cost = aSiteCost({ flow: { broadcastUsd: 0.3, perHourUsd: 0.16 } });
    expect(footerOf({ cost })).toContain("now $2.71/h with the flow · month");
  });

  it("leaves out what does not exist, and keeps the cents of few dollars", () => {
    const cost = aSiteCost({ perHourUsd: 0, limitUsd: null, monthUsd: 0.124, forecastUsd: 12 });
    expect(footerOf({ cost, broadcast: null })).toBe(
      "Month $0.12 · forecast $12\nPrices us-west-2 2026‑09, estimate",
    );
  });

  it("invents nothing", () => {
    expect(toCard(aView({ destinations: [onAir()] }), rule).text).not.toContain("$");
  });
});

describe("a card of many destinations", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      onAir({ id: `dest_${index}0123456789`, name: `Destination ${index}`, cost: spending }),
    );

  it("has two buttons for each of five, with room to spare", () => {
    const { blocks } = toCard(aView({ destinations: many(5), cost: aSiteCost() }), rule);
    expect(buttonsIn(blocks)).toHaveLength(10);
    expect(sizeOf(blocks)).toBeLessThan(8_500);
  });

  it("has one for each where two do not fit", () => {
    const { blocks } = toCard(aView({ destinations: many(11), cost: aSiteCost() }), rule);
    expect(buttonsIn(blocks).map(({ text }) => text.text)).toEqual(Array(11).fill("Stop"));
    expect(JSON.stringify(blocks)).not.toContain("more");
  });
});
