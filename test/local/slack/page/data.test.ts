import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage } from "../../../support/console-page.ts";
import { aConsoleState, aMessage, section } from "../../../support/console-states.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const raw = (text: string) => ({ type: "raw_text", text });
const rich = (text: string) => ({
  type: "rich_text",
  elements: [
    { type: "rich_text_section", elements: [{ type: "text", text, style: { bold: true } }] },
  ],
});

const days = ["Mon", "Tue", "Wed"];
const series = (name: string, values: number[]) => ({
  name,
  data: values.map((value, index) => ({ label: days[index], value })),
});
const plotted = (type: string, ...all: object[]) => ({
  type: "data_visualization",
  title: "Hours on air",
  chart: {
    type,
    series: all,
    axis_config: { categories: days, x_label: "Day", y_label: "Hours" },
  },
});
const pie = {
  type: "data_visualization",
  title: "Cost",
  chart: {
    type: "pie",
    segments: [
      { label: "YouTube", value: 30 },
      { label: "Twitch", value: 10 },
    ],
  },
};
const youtube = series("YouTube", [1, 2.5, 4]);
const twitch = series("Twitch", [0, 2, 1]);

/** What a browser's own script says of each element. */
function readEach<T>(page: Page, selector: string, script: string): Promise<T[]> {
  return page.evaluate(`[...document.querySelectorAll('${selector}')].map((each) => ${script})`);
}

describeInBrowser("tables and charts", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  const open = (message: object, options = {}) =>
    aConsolePage(
      browser,
      aConsoleState({ messages: [aMessage({ ts: "1", ...message })] }),
      options,
    );

  it("draws a table with its heading and the columns as told", async () => {
    const rows = [
      [raw("Destination"), raw("Spent")],
      [rich("YouTube"), raw("$0.60")],
    ];
    const { page } = await open({
      blocks: [{ type: "table", rows, column_settings: [null, { align: "right" }] }],
    });
    expect(await page.getByRole("columnheader").allInnerTexts()).toEqual(["Destination", "Spent"]);
    expect(await page.getByRole("cell").allInnerTexts()).toEqual(["YouTube", "$0.60"]);
    const aligned = await readEach(page, ".table td", "getComputedStyle(each).textAlign");
    expect(aligned).toEqual(["left", "right"]);
  });

  it("scrolls a wide table in a box of its own on a phone", async () => {
    const rows = [Array.from({ length: 12 }, (_, index) => raw(`Column ${index}`))];
    const { page } = await open({ blocks: [{ type: "table", rows }] }, phone);
    const box = page.getByRole("group", { name: "Table" });
    const scrolls = await readEach(page, ".table", "each.scrollWidth > each.clientWidth");
    expect(scrolls).toEqual([true]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await box.getAttribute("tabindex")).toBe("0");
  });

  it("lets words make room for the first figures on a small phone", async () => {
    const figures = ["$1,234.50", "100.5", "12", "$0.00"].map(raw);
    const heads = ["Destination", "Cost", "Hours", "Sessions", "No source"].map(raw);
    const settings = [{ is_wrapped: true }, ...figures.map(() => ({ align: "right" }))];
    const rows = [heads, [raw("The Sunday service of the whole parish"), ...figures]];
    const block = { type: "table", rows, column_settings: settings };
    const { page } = await open(
      { blocks: [block] },
      { ...phone, viewport: { width: 360, height: 740 } },
    );
    const [edge = 0] = await readEach<number>(page, ".table", "each.getBoundingClientRect().right");
    const rights = await readEach<number>(page, ".table th", "each.getBoundingClientRect().right");
    expect(rights.filter((right) => right <= edge).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["bar", "rect.bar", 6],
    ["line", "polyline", 2],
    ["area", "polygon", 2],
  ])("draws a %s chart with its axes and names", async (type, shape, count) => {
    const { page, complaints } = await open({ blocks: [plotted(type, youtube, twitch)] });
    const kind = `${type[0]?.toUpperCase()}${type.slice(1)}`;
    const said = `${kind} chart: Hours on air. YouTube: from 1 (Mon) to 4 (Wed). Twitch: from 0 (Mon) to 2 (Tue).`;
    const picture = page.getByRole("img", { name: said, exact: true });
    expect(await picture.locator(shape).count()).toBe(count);
    const words = await picture.innerText();
    for (const word of ["Hours", "Day", ...days, "YouTube", "Twitch", "4"]) {
      expect(words).toContain(word);
    }
    expect(complaints).toEqual([]);
  });

  it("gives the figures of a chart to those who hear it", async () => {
    const { page } = await open({ blocks: [plotted("line", youtube, twitch)] });
    const table = page.getByRole("table", { name: "Hours on air" });
    expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
      "Day",
      "YouTube",
      "Twitch",
    ]);
    expect(await table.getByRole("row", { name: "Tue" }).getByRole("cell").allInnerTexts()).toEqual(
      ["2.5", "2"],
    );
    const seen = await readEach<number>(page, ".chart .unseen", "each.offsetWidth");
    expect(seen).toEqual([1]);
  });

  it("tells series apart by more than colour", async () => {
    const { page } = await open({
      blocks: [plotted("bar", youtube, twitch), plotted("line", youtube, twitch)],
    });
    const fills = await readEach(page, ".chart-bar .legend rect", 'each.getAttribute("fill")');
    expect(fills).toEqual(["url(#weave-a)", "url(#weave-b)"]);
    const dashes = await readEach(page, "polyline", "getComputedStyle(each).strokeDasharray");
    expect(dashes).toEqual(["none", "7px, 5px"]);
    const signs = await readEach(page, ".chart-line .legend .mark", 'each.getAttribute("d")');
    expect(new Set(signs).size).toBe(2);
  });

  it("draws a pie with the value and share of each part", async () => {
    const { page } = await open({ blocks: [pie] });
    const picture = page.getByRole("img", { name: "Pie chart: Cost. YouTube 30, 75%; Twitch 10" });
    expect(await picture.locator(".slice").count()).toBe(2);
    expect((await picture.innerText()).split(/\s+/)).toEqual([
      ...["YouTube", "30", "75%"],
      ...["Twitch", "10", "25%"],
    ]);
  });

  it("keeps charts within a phone, and their letters at their size", async () => {
    const { page } = await open({ blocks: [plotted("bar", youtube), pie] }, phone);
    expect(await page.evaluate("document.querySelector('#scroller').scrollWidth")).toBe(390);
    const rights = await readEach<number>(
      page,
      ".chart-picture, .chart-picture *",
      "each.getBoundingClientRect().right",
    );
    expect(Math.max(...rights)).toBeLessThanOrEqual(390);
    const sizes = await readEach(page, ".categories li", "getComputedStyle(each).fontSize");
    expect(new Set(sizes)).toEqual(new Set(["12px"]));
  });

  it("says in its place that a chart is broken", async () => {
    const missing = { name: "YouTube", data: [{ label: "Mon", value: 1 }] };
    const { page } = await open({
      blocks: [section("Before"), plotted("bar", missing), { type: "data_visualization" }],
    });
    const broken = page.getByText("unsupported block: data_visualization, which is broken");
    expect(await broken.count()).toBe(2);
    expect(await page.getByText("Before").isVisible()).toBe(true);
  });
});
