import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage, eventually } from "../../../support/console-page.ts";
import {
  aChannel,
  aConsoleState,
  aConsoleWorld,
  ada,
  aMessage,
  ana,
  button,
  section,
  showtime,
  vic,
} from "../../../support/console-states.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeInBrowser("people and the world", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it("shows two tabs as two people, each with their own messages", async () => {
    const { page, open, show, calls } = await aConsolePage(browser, aConsoleState());
    const other = await open(vic.id);
    show(
      aConsoleState({ messages: [aMessage({ ts: "1", text: "Only for Ana", ephemeral: true })] }),
      ana.id,
    );
    show(aConsoleState({ messages: [aMessage({ ts: "2", text: "For Vic" })] }), vic.id);
    await page.locator("#messages").getByText("Only for Ana").waitFor();
    await other.locator("#messages").getByText("For Vic").waitFor();
    expect(await other.getByText("Only for Ana").count()).toBe(0);
    await other.fill("#message", "hello");
    await other.keyboard.press("Enter");
    await eventually(() => expect(calls[0]?.body).toEqual({ person: vic.id, text: "hello" }));
  });

  it("becomes another person in place and remembers it in the address", async () => {
    const { page, calls } = await aConsolePage(browser, aConsoleState());
    await page.getByRole("link", { name: "Ada Moreau" }).click();
    await eventually(() => expect(new URL(page.url()).searchParams.get("person")).toBe(ada.id));
    await page.fill("#message", "hi");
    await page.keyboard.press("Enter");
    await eventually(() => expect(calls[0]?.body.person).toBe(ada.id));
    await page.goBack();
    await page.locator(".person[aria-current]", { hasText: ana.name }).waitFor();
    expect(new URL(page.url()).searchParams.get("person")).toBe(ana.id);
  });

  it("says when the server is gone and comes back by itself", async () => {
    const { page, disconnect, accept, show } = await aConsolePage(browser, aConsoleState());
    disconnect({ refuse: true });
    await page.getByText("Reconnecting to the local world").waitFor();
    accept();
    await page.getByText("Reconnecting to the local world").waitFor({ state: "hidden" });
    show(aConsoleState({ bot: { name: "patchbay", connected: false } }));
    await page.getByText("patchbay is away").waitFor();
    expect(await page.locator("#lost").isHidden()).toBe(true);
  });

  it("turns the source off and on when it is a switch", async () => {
    const { page, calls, show } = await aConsolePage(browser, aConsoleState());
    const world = page.getByRole("complementary", { name: "The world" });
    expect(await world.getByText("unknown").count()).toBe(3);
    const toggle = world.getByRole("switch", { name: "Encoder sends" });
    await toggle.click();
    const { source } = aConsoleWorld();
    show(aConsoleState({ world: aConsoleWorld({ source: { ...source, connected: false } }) }));
    await world.getByText("no signal").waitFor();
    await world.getByRole("switch", { name: "Encoder is off" }).click();
    await eventually(() =>
      expect(calls.map(({ body }) => body)).toEqual([
        { connected: false },
        { connected: true, bitrateBps: 8_000_000 },
      ]),
    );
  });

  it("shows measured figures without a switch when real media runs", async () => {
    const source = {
      by: "media" as const,
      connected: true,
      bitrateBps: 7_912_000,
      rttMs: 32.4,
      lossPercent: 0,
      changedAt: showtime,
    };
    const media = { installed: true, note: "", srt: "srt://127.0.0.1:9998" };
    const { page } = await aConsolePage(
      browser,
      aConsoleState({ world: aConsoleWorld({ source, media }) }),
    );
    expect(await page.locator(".meters dd").allInnerTexts()).toEqual([
      "7.9 Mb/s",
      "32 ms",
      "0.0 %",
    ]);
    expect(await page.getByRole("switch").count()).toBe(0);
    await page.getByText("srt://127.0.0.1:9998").waitFor();
  });

  it("counts how long a channel has been running", async () => {
    const channels = [
      aChannel({ platform: "twitch", state: "RUNNING", changedAt: showtime - 42_000 }),
    ];
    const { page } = await aConsolePage(
      browser,
      aConsoleState({ world: aConsoleWorld({ channels }) }),
    );
    const state = page.locator(".channel .hop-state");
    expect(await state.textContent()).toMatch(/running 0:4[2-4]/);
    const before = await state.innerText();
    await eventually(async () => expect(await state.innerText()).not.toBe(before));
    expect(await page.getByText("1 of 1 running").isVisible()).toBe(true);
  });

  it("opens what a browser can play and gives the address of what it cannot", async () => {
    const channels = [
      aChannel({ platform: "primary", watch: "/hls/1/index.m3u8" }),
      aChannel({ platform: "twitch", watch: "rtmp://127.0.0.1:1935/twitch/1" }),
    ];
    const state = aConsoleState({ world: aConsoleWorld({ channels }) });
    const { page } = await aConsolePage(browser, state);
    expect(await page.getByRole("link", { name: "Watch" }).count()).toBe(1);
    await page.getByRole("button", { name: "Act on live-twitch" }).click();
    const copy = page.getByRole("menuitem", { name: "Copy the address for a player" });
    expect(await copy.innerText()).toContain("rtmp://127.0.0.1:1935/twitch/1");
  });

  it("starts and stops a channel behind the bot's back", async () => {
    const { page, calls, answer } = await aConsolePage(browser, aConsoleState());
    answer("/world/channels/twitch/stop", { ok: false, error: "Channel is idle." });
    const menu = page.getByRole("button", { name: "Act on live-twitch" });
    await menu.click();
    await page.getByRole("menuitem", { name: "Start the channel" }).click();
    await menu.click();
    await page.getByRole("menuitem", { name: "Stop the channel" }).click();
    await page.getByText("Channel is idle.").waitFor();
    expect(calls.map(({ path }) => path)).toEqual([
      "/world/channels/twitch/start",
      "/world/channels/twitch/stop",
    ]);
  });

  it("fits a phone: no sideways scroll, big targets, the world behind a tab", async () => {
    const blocks = [
      section(
        "*Twitch*  on air 00:42 · until 21:30 · a rather long line",
        button("Stop", { style: "danger" }),
      ),
    ];
    const state = aConsoleState({ messages: [aMessage({ ts: "1", blocks, replyCount: 1 })] });
    const { page } = await aConsolePage(browser, state, phone);
    const excess = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate(excess)).toBeLessThanOrEqual(0);
    for (const target of await page.getByRole("button").all()) {
      if (!(await target.isVisible())) continue;
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(43.9);
    }
    const box = await page.getByRole("combobox", { name: "Message" }).boundingBox();
    expect(box?.y).toBeGreaterThan(760);
    const world = page.getByRole("complementary", { name: "The world" });
    expect(await world.isVisible()).toBe(false);
    await page.getByRole("button", { name: "World" }).click();
    expect(await world.isVisible()).toBe(true);
    expect(await page.evaluate(excess)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Acting as Ana Ruiz" }).click();
    await page.getByRole("link", { name: "Vic Stone" }).click();
    await page.getByRole("button", { name: "Acting as Vic Stone" }).waitFor();
  });
});
