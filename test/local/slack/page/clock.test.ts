import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage, eventually } from "../../../support/console-page.ts";
import {
  aChannel,
  aConsoleState,
  aConsoleWorld,
  aMessage,
  mrkdwn,
  showtime,
} from "../../../support/console-states.ts";

const minute = 60_000;
const hour = 60 * minute;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
type Jump = { fromMs: number; toMs: number };

/** A world whose clock is so far ahead, with a channel that started at showtime and a line that says how long ago. */
function aheadBy(offsetMs: number, jump: Jump | null = null) {
  const channels = [aChannel({ platform: "twitch", state: "RUNNING", changedAt: showtime })];
  const ago = `<!date^${showtime / 1000}^started {ago}|then>`;
  const blocks = [{ type: "section", block_id: "s", text: mrkdwn(ago) }];
  return aConsoleState({
    now: showtime + offsetMs,
    messages: [aMessage({ ts: "1", blocks })],
    world: aConsoleWorld({ channels, clock: { offsetMs, jump } }),
  });
}

describeInBrowser("the world's clock", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it("tells the world's time in the person's zone and moves it forward", async () => {
    const { page, calls, complaints } = await aConsolePage(browser, aheadBy(0));
    const clock = page.getByRole("region", { name: "The world's clock" });
    await clock.getByText("20:48").waitFor();
    expect(await clock.innerText()).toMatch(/Tue, Nov 3\s+real time/);
    const group = clock.getByRole("group", { name: "Move the clock forward" });
    for (const name of ["+5 min", "+15 min", "+1 h", "+4 h"])
      await group.getByRole("button", { name, exact: true }).click();
    const asked = [5, 15, 60, 240].map((forwardMinutes) => ({ forwardMinutes }));
    await eventually(() => expect(calls.map(({ body }) => body)).toEqual(asked));
    expect(new Set(calls.map(({ path }) => path))).toEqual(new Set(["/world/clock"]));
    expect(complaints).toEqual([]);
  });

  it("shows how far a jump has come, where it goes, and stops it", async () => {
    const { page, calls, show } = await aConsolePage(browser, aheadBy(0));
    const clock = page.getByRole("region", { name: "The world's clock" });
    const heard = clock.getByRole("status");
    show(aheadBy(hour, { fromMs: 0, toMs: 4 * hour }));
    await clock.getByText("21:48").waitFor();
    await clock.getByText("to 00:48", { exact: true }).waitFor();
    const bar = clock.getByRole("progressbar", { name: "Way to the new time" });
    expect(await bar.getAttribute("value")).toBe(String(hour));
    expect(await bar.getAttribute("max")).toBe(String(4 * hour));
    expect(await heard.innerText()).toBe("The clock goes forward to 00:48.");
    await clock.getByRole("button", { name: "Stop the clock's jump" }).click();
    await eventually(() =>
      expect(calls).toEqual([{ path: "/world/clock", body: {}, method: "DELETE" }]),
    );
    show(aheadBy(hour + 20 * minute));
    await clock.getByText("+1 h 20 min ahead").waitFor();
    expect(await heard.innerText()).toBe("The clock is 1 h 20 min ahead.");
    expect(await bar.count()).toBe(0);
  });

  it("counts everything else on the page in the world's time", async () => {
    const { page, show } = await aConsolePage(browser, aheadBy(0));
    await page.getByText("started just now").waitFor();
    show(aheadBy(3 * hour));
    await page.locator("#messages").getByText("3 hours ago").waitFor();
    expect(await page.locator(".channel .hop-state").textContent()).toMatch(/running 3:00:0/);
  });

  it("keeps the focus on a button that is pressed again", async () => {
    const { page, show } = await aConsolePage(browser, aheadBy(0));
    const button = page.getByRole("button", { name: "+1 h", exact: true });
    await button.focus();
    show(aheadBy(minute, { fromMs: 0, toMs: hour }));
    await page.getByText("to 21:48", { exact: true }).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("+1 h");
  });

  it("fits a phone while it jumps", async () => {
    const state = aheadBy(26 * hour, { fromMs: 0, toMs: 30 * hour });
    const { page } = await aConsolePage(browser, state, phone);
    await page.getByRole("button", { name: "World", exact: true }).tap();
    const clock = page.getByRole("region", { name: "The world's clock" });
    for (const button of await clock.getByRole("button").all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(43.9);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
  });
});
