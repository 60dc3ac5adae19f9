import { expect, it } from "vitest";
import { createSpacing, dueAt, noteSent, type Sent } from "../../src/bot/pace.ts";
import { siteNow } from "../support/builders.ts";
import { aView, later, onAir, starting } from "../support/views.ts";

const waitMs = (sent: Sent, view = aView({ destinations: [onAir()] })) =>
  dueAt(sent, view).getTime() - sent.at.getTime();

/** Sends a change whenever one is due, for a minute. */
function changingForAMinute(): number {
  const views = [aView({ destinations: [onAir()] }), aView({ destinations: [starting()] })];
  let sent: Sent | null = null;
  let count = 0;
  for (let at = siteNow; at < later(60); count += 1) {
    const view = views[count % 2] ?? aView();
    sent = noteSent(sent, view, at);
    at = dueAt(sent, views[(count + 1) % 2] ?? aView());
  }
  return count;
}

it("sends the first view at once", () => {
  expect(dueAt(null, aView())).toEqual(siteNow);
});

it("sends a change within half a second, and figures alone after ten", () => {
  const sent = noteSent(null, aView({ destinations: [starting()] }), siteNow);
  expect(waitMs(sent)).toBe(400);
  const figures = { connected: true, bitrateBps: 1, rttMs: 900, lossPercent: 9 };
  expect(waitMs(sent, aView({ destinations: [starting()], source: figures }))).toBe(10_000);
});

it("stays within what Slack takes in a minute, however much changes", () => {
  expect(changingForAMinute()).toBeLessThanOrEqual(50);
});

it("is quick again after a rest", () => {
  let sent = noteSent(null, aView(), siteNow);
  for (let count = 0; count < 20; count += 1) sent = noteSent(sent, aView(), siteNow);
  expect(waitMs(sent)).toBe(1_500);
  sent = noteSent(sent, aView(), later(60));
  expect(waitMs(sent)).toBe(400);
});

it("leaves a second between posts", () => {
  let now = siteNow;
  const spacing = createSpacing(() => now);
  expect([spacing.nextMs(), spacing.nextMs()]).toEqual([0, 1_000]);
  now = later(3);
  expect(spacing.nextMs()).toBe(0);
  now = later(5);
  spacing.posted();
  expect(spacing.nextMs()).toBe(1_000);
});

it("goes on when the clock goes back", () => {
  let now = later(3_600);
  const spacing = createSpacing(() => now);
  spacing.posted();
  now = siteNow;
  expect(spacing.nextMs()).toBeLessThanOrEqual(10_000);
});
