import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConsoleFile } from "../../../../local/slack/console-api.ts";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage } from "../../../support/console-page.ts";
import { aConsoleState, aMessage, patchbay } from "../../../support/console-states.ts";

const csv: ConsoleFile = {
  id: "F1",
  name: "usage.csv",
  title: "Usage in November",
  kind: "CSV",
  size: 2412,
  path: "/files/F1/usage.csv",
  preview: {
    head: ["destination", "hours"],
    rows: [["youtube", "12.5"]],
    hasMore: true,
  },
};

describeInBrowser("files", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it("shows a file with its size, its first rows and its download", async () => {
    const { page } = await aConsolePage(
      browser,
      aConsoleState({ messages: [aMessage({ ts: "1", text: "All figures", files: [csv] })] }),
    );
    const file = page.locator(".file");
    expect(await file.innerText()).toMatch(/Usage in November\s+usage\.csv · CSV · 2\.4 KB/);
    const link = file.getByRole("link", { name: "Download usage.csv" });
    expect(await link.getAttribute("href")).toBe("/files/F1/usage.csv");
    expect(await link.getAttribute("download")).toBe("usage.csv");
    const preview = file.getByRole("group", { name: "First rows of usage.csv" });
    expect(await preview.getByRole("cell").allInnerTexts()).toEqual(["youtube", "12.5"]);
    expect(await preview.locator("td").last().getAttribute("class")).toBe("align-right");
    expect(await file.getByText("More rows are in the file.").isVisible()).toBe(true);
    expect(await page.getByText("All figures").isVisible()).toBe(true);
  });

  it("shows a file that comes without a word, and reads its title out", async () => {
    const before = aMessage({ ts: "1", text: "Before" });
    const { page, show } = await aConsolePage(browser, aConsoleState({ messages: [before] }));
    const notes = {
      ...csv,
      id: "F2",
      title: "notes.txt",
      name: "notes.txt",
      size: 1,
      preview: null,
    };
    show(
      aConsoleState({
        messages: [before, aMessage({ ts: "2", files: [notes] })],
      }),
    );
    const message = page.locator('[data-ts="2"]');
    await message.waitFor();
    expect(await message.locator(".message-body").count()).toBe(0);
    expect(await message.innerText()).toMatch(/notes\.txt\s+CSV · 1 byte/);
    const said = await page.locator("#announcer").textContent();
    expect(said).toBe(`${patchbay.name}: notes.txt`);
  });
});
