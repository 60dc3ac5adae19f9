import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage, eventually } from "../../../support/console-page.ts";
import {
  aConsoleState,
  aMessage,
  ana,
  button,
  mrkdwn,
  plain,
  section,
} from "../../../support/console-states.ts";

const confirm = {
  title: plain("Stop Twitch?"),
  text: mrkdwn("*Twitch* is on air."),
  confirm: plain("Stop it"),
  deny: plain("Keep it"),
  style: "danger",
};
const row = (text: string, more: object = {}) => ({
  ...section(text, button("Stop", { action_id: "stop", value: "twitch", ...more })),
  block_id: "row",
});
const card = (...blocks: object[]) =>
  aConsoleState({ messages: [aMessage({ ts: "7.1", blocks })] });
const pressed = {
  path: "/console/action",
  body: { person: ana.id, messageTs: "7.1", blockId: "row", actionId: "stop", value: "twitch" },
};

describeInBrowser("controls in messages", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  const stop = (page: Page) => page.getByRole("button", { name: "Stop", exact: true });
  const isFocused = (page: Page) =>
    page.evaluate("document.activeElement.textContent").then((text) => text === "Stop");

  it("asks before a press that wants to be confirmed", async () => {
    const { page, calls } = await aConsolePage(browser, card(row("Twitch", { confirm })));
    await stop(page).click();
    const dialog = page.getByRole("dialog", { name: "Stop Twitch?" });
    expect(await dialog.innerText()).toContain("Twitch is on air.");
    await dialog.getByRole("button", { name: "Keep it" }).click();
    await stop(page).click();
    await page.keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
    expect(calls).toEqual([]);
    await stop(page).click();
    await dialog.getByRole("button", { name: "Stop it" }).click();
    await eventually(() => expect(calls).toEqual([pressed]));
  });

  it("takes no second press until the conversation has changed", async () => {
    const state = card(row("on air"));
    const { page, calls, show } = await aConsolePage(browser, state);
    await stop(page).click();
    await eventually(() => expect(calls).toEqual([pressed]));
    expect(await stop(page).isDisabled()).toBe(true);
    await stop(page).click({ force: true });
    await page.keyboard.press("Enter");
    show({ ...state, world: { ...state.world, events: [{ at: 0, text: "Something else" }] } });
    await page.getByText("Something else").waitFor();
    expect(await stop(page).isDisabled()).toBe(true);
    show(card(row("stopping")));
    await page.getByText("stopping").waitFor();
    expect(await stop(page).isDisabled()).toBe(false);
    expect(calls).toEqual([pressed]);
  });

  it("gives the button back at once when the press was refused", async () => {
    const { page, answer } = await aConsolePage(browser, card(row("on air")));
    answer("/console/action", { ok: false, error: "This control is no longer there." });
    await stop(page).click();
    await page.getByText("This control is no longer there.").waitFor();
    expect(await stop(page).isDisabled()).toBe(false);
  });

  it("keeps focus and node while a message is updated in place", async () => {
    const { page, show } = await aConsolePage(browser, card(row("on air 0:41")));
    await stop(page).focus();
    await page.evaluate("document.activeElement.isTheSame = true");
    const changed = { ...row("on air 0:42"), block_id: "another" };
    show(card({ type: "header", text: plain("On air · 1 of 5") }, changed));
    await page.getByText("on air 0:42").waitFor();
    expect(await isFocused(page)).toBe(true);
    show(
      card(
        { type: "header", text: plain("On air · 1 of 5") },
        { ...changed, text: mrkdwn("0:43") },
      ),
    );
    await page.getByText("0:43").waitFor();
    expect(await isFocused(page)).toBe(true);
    show(card({ ...changed, text: mrkdwn("0:44") }));
    await page.getByText("0:44").waitFor();
    expect(await isFocused(page)).toBe(true);
  });

  it("never moves the focus to another button", async () => {
    const { page, show } = await aConsolePage(
      browser,
      card(row("Twitch"), section("x", button("Other"))),
    );
    await stop(page).focus();
    show(card(section("Twitch", button("Start"))));
    await page.getByRole("button", { name: "Start" }).waitFor();
    expect(await page.evaluate("document.activeElement.dataset.ts")).toBe("7.1");
  });

  it("keeps an open question and an open menu while the message changes", async () => {
    const overflow = {
      type: "overflow",
      action_id: "more",
      options: [{ text: plain("Extend by 30 min"), value: "30" }],
    };
    const blocks = (text: string) => [
      row(text, { confirm }),
      { type: "actions", block_id: "acts", elements: [overflow] },
    ];
    const { page, show, calls } = await aConsolePage(browser, card(...blocks("on air 0:41")));
    await stop(page).click();
    show(card(...blocks("on air 0:42")));
    await page.getByText("on air 0:42").waitFor();
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    show(card(...blocks("on air 0:43")));
    await page.getByText("on air 0:43").waitFor();
    await page.getByRole("menuitem", { name: "Extend by 30 min" }).click();
    const selectedOption = { text: "Extend by 30 min", value: "30" };
    const body = {
      person: ana.id,
      messageTs: "7.1",
      blockId: "acts",
      actionId: "more",
      selectedOption,
    };
    await eventually(() => expect(calls).toEqual([{ path: "/console/action", body }]));
  });

  it("walks a menu with the arrow keys", async () => {
    const options = ["One", "Two", "Three"].map((text) => ({ text: plain(text), value: text }));
    const select = {
      type: "static_select",
      action_id: "pick",
      placeholder: plain("Pick"),
      options,
    };
    const { page, calls } = await aConsolePage(
      browser,
      card({ type: "actions", block_id: "b", elements: [select] }),
    );
    await page.getByRole("button", { name: "Pick" }).press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await eventually(() =>
      expect(calls[0]?.body.selectedOption).toEqual({ text: "Three", value: "Three" }),
    );
    await page.getByRole("button", { name: "Pick" }).waitFor();
    expect(await page.getByRole("menu").count()).toBe(0);
  });

  it("names a button by its accessibility label and opens links in a new tab", async () => {
    const labelled = button("Stop", { accessibility_label: "Stop the Twitch stream" });
    const linked = button("Dashboard", { url: "https://dashboard.example/" });
    const wicked = button("Wicked", { url: "javascript:alert(1)" });
    const { page } = await aConsolePage(
      browser,
      card({ type: "actions", elements: [labelled, linked, wicked] }),
    );
    await page.getByRole("button", { name: "Stop the Twitch stream" }).waitFor();
    const link = page.getByRole("link", { name: "Dashboard" });
    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await page.getByRole("button", { name: "Wicked" }).getAttribute("href")).toBeNull();
  });
});
