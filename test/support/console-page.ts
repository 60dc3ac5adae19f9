import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished, vi } from "vitest";
import type { ConsoleState } from "../../local/slack/console-api.ts";
import { ana } from "./console-states.ts";
import { aFakeConsole, type FakeConsole } from "./fake-console.ts";

/** The console page in front of a fake server; both end with the test. */
export type ConsolePage = FakeConsole & {
  page: Page;
  /** What the browser complained about: script errors and refusals of the content security policy. */
  complaints: string[];
  /** One more tab, as somebody. */
  open(person: string): Promise<Page>;
};

const waitMs = 8000;

/** Waits until `check` passes, for what the browser tells the server. */
export function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: waitMs });
}

/** Opens the page as Ana and waits until it is drawn. */
export async function aConsolePage(
  browser: Browser,
  state: ConsoleState,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const server = await aFakeConsole(state);
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  onTestFinished(async () => {
    await context.close();
    await server.close();
  });
  const complaints: string[] = [];
  const open = async (person: string) => {
    const page = await context.newPage();
    page.setDefaultTimeout(waitMs);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
    await page.goto(`${server.url}?person=${person}`);
    await page.locator(".person[aria-current]").waitFor({ state: "attached" });
    return page;
  };
  return { ...server, page: await open(ana.id), complaints, open };
}
