import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { people } from "../../local/slack/people.ts";
import { aProduct, type ProductOptions } from "./product.ts";

/** One person in front of the console, with the hands and eyes that a test needs. */
export type Seat = {
  page: Page;
  /** Types a line into the message box and sends it. */
  say(line: string): Promise<void>;
  /** The live cards in the conversation, oldest first. */
  cards: Locator;
  /** The newest answer that only this person sees. */
  answer: Locator;
  /** The question that stands over the page. */
  dialog: Locator;
};

/** The whole product with its console page in a browser; everything ends together. */
export async function aProductPage(browser: Browser, options: ProductOptions = {}) {
  const product = await aProduct(options);
  const contexts: Awaited<ReturnType<Browser["newContext"]>>[] = [];
  const complaints: string[] = [];
  return {
    ...product,
    /** What any of the pages complained about. */
    complaints,
    sit: async (name: string, look: BrowserContextOptions = {}): Promise<Seat> => {
      const context = await browser.newContext({ reducedMotion: "reduce", ...look });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
      const id = people.find((person) => person.name === name)?.id ?? name;
      await page.goto(`${product.world.url}?person=${id}`);
      await page.locator(".person[aria-current]").waitFor({ state: "attached" });
      return seatAt(page);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(contexts.map((context) => context.close()));
      await product[Symbol.asyncDispose]();
    },
  };
}

function seatAt(page: Page): Seat {
  const messages = page.locator("#messages > .message");
  return {
    page,
    say: async (line) => {
      await page.fill("#message", line);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Enter");
    },
    cards: messages
      .filter({ has: page.locator("h3.header") })
      .and(page.locator(":not(.is-ephemeral)")),
    answer: messages.and(page.locator(".is-bot.is-ephemeral")).last(),
    dialog: page.getByRole("dialog"),
  };
}

/** The row of a destination on a card or panel. */
export const rowOf = (card: Locator, name: string): Locator =>
  card.locator(".section").filter({ has: card.page().locator("strong", { hasText: name }) });
