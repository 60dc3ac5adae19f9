import { expect, it } from "vitest";
import { toCard } from "../../../src/bot/render/card.ts";
import type { SessionView, SiteView } from "../../../src/domain/view.ts";
import { aBroadcast, aDestinationView, siteNow } from "../../support/builders.ts";
import { aSiteCost, aView, earlier, wordsIn } from "../../support/views.ts";

const rule = { defaultLeaseMinutes: 240 };
const broadcast = aBroadcast({ startedAt: earlier(5400), endedAt: siteNow });
const destinations = [
  aDestinationView({ since: siteNow, lastError: "its time was over" }),
  aDestinationView({
    id: "dest_x",
    name: "X",
    stage: "failed",
    since: earlier(60),
    lastError: "no key",
  }),
  aDestinationView({ id: "dest_youtube", name: "YouTube", since: earlier(9000) }),
];
const ended = (overrides: Partial<SiteView> = {}) =>
  toCard(aView({ broadcast, destinations, ...overrides }), rule);
const ran = (overrides: Partial<SessionView> = {}): SessionView => ({
  destinationId: "dest_twitch",
  name: "Twitch",
  minutes: 58,
  usd: 0.84,
  failed: false,
  savedUsd: 0,
  ...overrides,
});
const cost = aSiteCost({ broadcastUsd: 1.94 });

it("tells how long, who and what, with nothing to press", () => {
  const card = ended();
  expect(wordsIn(card.blocks)).toEqual([
    "Ended after 1 h 30 min",
    expect.stringMatching(/^From <.*> to <.*> · started by Ana$/),
    expect.stringContaining("*Twitch*\u2002off since"),
    expect.stringMatching(/^\*X\*\u2002failed at .*\nno key$/),
  ]);
  expect(card.text).toMatch(
    / Twitch: off since .* UTC · its time was over\. X: failed at .* · no key$/,
  );
  expect(JSON.stringify(card)).not.toContain("button");
});

it("tells what of the sum is the flow's", () => {
  const withFlow = { ...cost, flow: { broadcastUsd: 0.24, perHourUsd: 0 } };
  const { blocks } = ended({ sessions: [ran()], cost: withFlow });
  expect(wordsIn(blocks)[1]).toMatch(/\nwith \$0\.24 for the flow$/);
});

it("tells how long each destination ran and what it cost, what failed, and what was saved", () => {
  const x = { destinationId: "dest_x", name: "X" };
  const sessions = [
    ran({ destinationId: "channel_1001", name: "stray", minutes: 0, usd: 0.05 }),
    ran(),
    ran({ minutes: 27, usd: 0.38, savedUsd: 1.2 }),
    ran({ ...x, minutes: 0, usd: 0.1, failed: true }),
  ];
  const { text, blocks } = ended({ sessions, cost });
  expect(wordsIn(blocks)).toEqual([
    "Ended after 1 h 30 min · $1.94",
    expect.stringMatching(/ · started by Ana\n1 incident · auto-stop saved \$1\.20$/),
    expect.stringMatching(
      /^\*Twitch\*\u20021 h 25 min in 2 runs · \$1\.22\noff since .* · its time was over$/,
    ),
    expect.stringMatching(/^\*X\*\u2002did not run · \$0\.10\nfailed at .* · no key$/),
    "*stray*\u2002less than a minute · $0.05",
    "Prices us-west-2 2026‑09, estimate",
  ]);
  expect(text).toMatch(
    /^Ended after 1 h 30 min · \$1\.94\. From .* saved \$1\.20\. Twitch: off since .* · 1 h 25 min/,
  );
});
