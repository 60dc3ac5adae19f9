import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../support/browser.ts";
import { aProductPage, rowOf } from "../support/product-page.ts";

const platforms = ["primary", "youtube", "twitch", "linkedin", "custom"];

describeInBrowser("the product in the console", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it("puts one destination on air as a first visitor does, and stops it by its button", async () => {
    await using product = await aProductPage(browser, { stepMs: 500 });
    const { page, cards, answer, dialog } = await product.sit("Ana");
    await page.getByRole("button", { name: "Try" }).waitFor();
    await page.locator("#message").pressSequentially("/stream start tw");
    await page.getByRole("option", { name: "twitch" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await answer.getByText("Starting Twitch until").waitFor();
    const row = rowOf(cards, "Twitch");
    await row.getByText("starting").waitFor();
    const ts = await cards.getAttribute("data-ts");
    await row.getByText("on air for").waitFor();
    expect(await row.innerText()).toMatch(/Twitch\s+on air .* · \$\d.*\nuntil .* · by Ana/);
    await cards.getByRole("button", { name: /^\+30 min for Twitch, \$0/ }).waitFor();
    expect(await rowOf(cards, "YouTube").innerText()).toMatch(/YouTube\s+off\s+Start · \$.*\/h/);
    expect(await page.locator("#world .tally").innerText()).toBe("1 of 5 running");

    const stop = cards.getByRole("button", { name: "Stop Twitch" });
    await stop.click();
    expect(await dialog.innerText()).toMatch(
      /Stop Twitch\?\s+On air .*, spent \$.* more minutes, counted already\./,
    );
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await product.console.channel("twitch")).toBe("RUNNING");
    await stop.click();
    await dialog.getByRole("button", { name: "Stop" }).click();
    await row.getByText("stopping").waitFor();
    await cards.getByRole("heading", { name: "Ended after" }).waitFor();
    expect(await cards.getAttribute("data-ts")).toBe(ts);
    expect(await cards.getByRole("button", { name: /^(Start|Stop)/ }).count()).toBe(0);

    await cards.getByRole("button", { name: "4 replies" }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    const told = (await thread.innerText()).replace(/\s+/g, " ");
    expect(told).toMatch(
      /Ana started Twitch, until .* Twitch is running.* Ana stopped Twitch\. .* Twitch is off/,
    );
    expect(product.complaints).toEqual([]);
  });

  it("starts and stops everything from the panel, each with a question", async () => {
    await using product = await aProductPage(browser);
    const { page, say, answer, dialog } = await product.sit("Ana");
    const press = async (name: RegExp, yes: string) => {
      await answer.getByRole("button", { name }).click();
      await dialog.getByRole("button", { name: yes, exact: true }).click();
    };
    const tally = page.locator("#world .tally");
    await say("/stream");
    await answer.getByRole("heading", { name: "All off" }).waitFor();
    await press(/^Start LinkedIn, \$.*\/h$/, "Start");
    await tally.getByText("1 of 5").waitFor();

    await say("/stream");
    await answer.getByRole("button", { name: "Stop LinkedIn" }).waitFor();
    await press(/^Start all · \$.*\/h$/, "Start all");
    await tally.getByText("5 of 5").waitFor();

    await say("/stream");
    await press(/^Stop all · saves \$.*\/h$/, "Stop all");
    await tally.getByText("0 of 5").waitFor();
    expect(await product.console.cards()).toHaveLength(1);
  });

  it("understands what a producer types", async () => {
    await using product = await aProductPage(browser);
    const { page, say, answer } = await product.sit("Ana");
    await say("/stream help");
    await answer.getByText("/stream stop <destination…|all|channel 1009|flow>").waitFor();
    await say("/stream start youtube linkedin for 2h");
    await answer.getByText(/Starting YouTube until .*Starting LinkedIn until/s).waitFor();
    await say("/stream status youtube");
    await answer.getByText(/YouTube\s+(starting|not on air|on air)/).waitFor();
    expect(await rowOf(answer, "LinkedIn").count()).toBe(0);

    const nextHour = new Date(Date.now() + 3_600_000).toISOString().slice(11, 16);
    await say(`/stream start all until ${nextHour} UTC`);
    await answer.getByText("Start 3 destinations until").waitFor();
    expect(await product.console.channel("primary")).toBe("IDLE");
    await answer.getByRole("button", { name: "Start all 3" }).click();
    await page.locator("#world").getByText("5 of 5 running").waitFor();

    await say("/stream stop all");
    await answer.getByText("Stop 5 destinations?").waitFor();
    expect(await product.console.channel("twitch")).toBe("RUNNING");
    await answer.getByRole("button", { name: "Stop all 5" }).click();
    await page.locator("#world").getByText("0 of 5 running").waitFor();
  });

  it("starts once when two people press at the same time", async () => {
    await using product = await aProductPage(browser, { stepMs: 250 });
    const seats = await Promise.all([product.sit("Ana"), product.sit("Ben")]);
    for (const { say, answer } of seats) {
      await say("/stream");
      await answer.getByRole("button", { name: "Start Twitch" }).click();
    }
    await Promise.all(
      seats.map(({ dialog }) => dialog.getByRole("button", { name: "Start" }).click()),
    );
    const answers = await Promise.all(
      seats.map(async ({ answer }) => {
        await answer.getByText(/Starting Twitch|already starting|starting, /).waitFor();
        return answer.innerText();
      }),
    );
    expect(answers.filter((words) => words.includes("Starting Twitch"))).toHaveLength(1);
    for (const { cards } of seats) await rowOf(cards, "Twitch").getByText("on air").waitFor();
    const { world } = await product.console.state();
    expect(world.events.filter(({ text }) => /twitch is STARTING/.test(text))).toHaveLength(1);
    expect(await product.console.cards()).toHaveLength(1);
  });

  it("tells a viewer who may, and somebody at an old panel what is true now", async () => {
    await using product = await aProductPage(browser);
    const ana = await product.sit("Ana");
    const press = async (name: string) => {
      await ana.page.getByRole("button", { name, exact: true }).first().click();
      await ana.dialog.getByRole("button", { name: "Stop", exact: true }).click();
    };
    await ana.say("/stream start twitch");
    await rowOf(ana.cards, "Twitch").getByText("on air").waitFor();

    const vic = await product.sit("Vic");
    await vic.cards.getByRole("button", { name: "Stop Twitch" }).click();
    await vic.dialog.getByRole("button", { name: "Stop" }).click();
    await vic.answer.getByText("Only an operator can use /stream stop").waitFor();
    await vic.say("/stream");
    await vic.answer.getByText("Ask an operator to start or stop.").waitFor();
    expect(await vic.answer.getByRole("button").count()).toBe(0);
    expect(await product.console.channel("twitch")).toBe("RUNNING");

    await ana.say("/stream stop twitch");
    await ana.cards.getByRole("heading", { name: "Ended" }).waitFor();
    await ana.say("/stream start twitch");
    await rowOf(ana.cards.last(), "Twitch").getByText("on air").waitFor();
    await press("Stop Twitch");
    await rowOf(ana.answer, "Twitch").getByText("on air").waitFor();
    expect(await product.console.channel("twitch")).toBe("RUNNING");
  });

  it("is whole on a phone", async () => {
    await using product = await aProductPage(browser);
    const viewport = { width: 390, height: 844 };
    const phone = { viewport, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    const { page, say, cards, dialog } = await product.sit("Ana", phone);
    const fits = async () =>
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width);
    await fits();
    await say("/stream start twitch youtube");
    const row = rowOf(cards, "Twitch");
    await row.getByText("on air").waitFor();
    const stop = cards.getByRole("button", { name: "Stop Twitch" });
    expect((await stop.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await fits();
    await cards.getByRole("button", { name: /replies/ }).tap();
    await page
      .getByRole("complementary", { name: "Thread" })
      .getByText("is running")
      .last()
      .waitFor();
    await fits();
    await page.getByRole("button", { name: "Close thread" }).tap();
    await stop.tap();
    await dialog.getByRole("button", { name: "Stop" }).tap();
    await row.getByText("off since").waitFor();
    await page.getByRole("button", { name: "World" }).tap();
    await page.getByText("1 of 5 running").waitFor();
    await fits();
    await page.getByRole("button", { name: "Home" }).tap();
    await page.locator("#home-body").getByText("On air · 1 of 5").waitFor();
    await fits();
  });

  it("needs no mouse", async () => {
    await using product = await aProductPage(browser);
    const { page, cards, dialog } = await product.sit("Ana");
    const { keyboard } = page;
    await page.locator("body").press("Tab");
    await keyboard.press("Enter");
    await keyboard.type("/stream start twitch");
    await keyboard.press("Enter");
    await rowOf(cards, "Twitch").getByText("on air").waitFor();
    const isThere = 'document.activeElement.getAttribute("aria-label") === "Stop Twitch"';
    for (let presses = 0; presses < 40 && !(await page.evaluate(isThere)); presses++)
      await keyboard.press("Shift+Tab");
    await keyboard.press("Enter");
    await dialog.waitFor();
    await keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
    expect(await page.evaluate(isThere)).toBe(true);
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await cards.getByRole("heading", { name: "Ended" }).waitFor();
    for (const platform of platforms) expect(await product.console.channel(platform)).toBe("IDLE");
  });
});
