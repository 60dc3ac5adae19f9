import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage, eventually } from "../../../support/console-page.ts";
import { aConsoleState, ana, plain, section } from "../../../support/console-states.ts";

const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const input = (blockId: string, element: object, more: object = {}) => ({
  type: "input",
  block_id: blockId,
  label: plain(blockId),
  element: { action_id: "it", ...element },
  ...more,
});
const view = {
  viewId: "V1",
  type: "modal" as const,
  title: "Add a destination",
  submit: "Save",
  close: "Cancel",
  blocks: [
    input("Name", { type: "plain_text_input" }),
    input("Platform", { type: "static_select", options: [option("YouTube"), option("Twitch")] }),
    input("Lost", { type: "radio_buttons", options: [option("Stop"), option("Slate")] }),
    input("Days", {
      type: "checkboxes",
      options: [option("Mon"), option("Tue")],
      initial_options: [option("Tue")],
    }),
    input("Note", { type: "plain_text_input", multiline: true }, { optional: true }),
  ],
};

describeInBrowser("modals and Home", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it("sends what a person filled in, in Slack's shape", async () => {
    const { page, calls, show, complaints } = await aConsolePage(
      browser,
      aConsoleState({ modals: [view] }),
    );
    const dialog = page.getByRole("dialog", { name: "Add a destination" });
    await dialog.getByLabel("Name").fill("Second channel");
    await dialog.getByLabel("Platform").selectOption("Twitch");
    await dialog.getByLabel("Slate").check();
    await dialog.getByLabel("Mon").check();
    await dialog.getByRole("button", { name: "Save" }).click();
    const chosen = (text: string) => ({
      text: { type: "plain_text", text },
      value: text.toLowerCase(),
    });
    const values = {
      Name: { it: { type: "plain_text_input", value: "Second channel" } },
      Platform: { it: { type: "static_select", selected_option: chosen("Twitch") } },
      Lost: { it: { type: "radio_buttons", selected_option: chosen("Slate") } },
      Days: { it: { type: "checkboxes", selected_options: [chosen("Mon"), chosen("Tue")] } },
      Note: { it: { type: "plain_text_input", value: null } },
    };
    await eventually(() =>
      expect(calls).toEqual([
        { path: "/console/view/submit", body: { person: ana.id, viewId: "V1", values } },
      ]),
    );
    show(aConsoleState());
    await dialog.waitFor({ state: "hidden" });
    expect(calls).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it("puts the bot's errors under their fields and keeps what was typed", async () => {
    const { page, answer } = await aConsolePage(browser, aConsoleState({ modals: [view] }));
    answer("/console/view/submit", {
      ok: false,
      error: "No.",
      errors: { Name: "This name is taken." },
    });
    const name = page.getByLabel("Name");
    await name.fill("YouTube");
    await page.keyboard.press("Enter");
    await page.getByText("This name is taken.").waitFor();
    expect(await name.inputValue()).toBe("YouTube");
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(false);
  });

  it("keeps typed text while the bot updates the view", async () => {
    const { page, show } = await aConsolePage(browser, aConsoleState({ modals: [view] }));
    await page.getByLabel("Name").fill("Half a na");
    show(
      aConsoleState({
        modals: [{ ...view, blocks: [...view.blocks, section("Checked just now")] }],
      }),
    );
    await page.getByText("Checked just now").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Half a na");
  });

  it("tells the bot when a modal is closed, and shows the one below", async () => {
    const below = { ...view, viewId: "V0", title: "Destinations", blocks: [section("All five")] };
    const { page, calls } = await aConsolePage(browser, aConsoleState({ modals: [below, view] }));
    await page.getByRole("dialog", { name: "Add a destination" }).waitFor();
    await page.keyboard.press("Escape");
    await eventually(() =>
      expect(calls).toEqual([
        { path: "/console/view/close", body: { person: ana.id, viewId: "V1" } },
      ]),
    );
  });

  it("opens Home and shows what the bot publishes", async () => {
    const { page, calls, show } = await aConsolePage(browser, aConsoleState());
    await page.getByRole("button", { name: "Home" }).click();
    await page.getByText("Nothing here yet").waitFor();
    await eventually(() =>
      expect(calls).toEqual([{ path: "/console/home", body: { person: ana.id } }]),
    );
    const home = { ...view, viewId: "H1", type: "home" as const, blocks: [section("Spent $1.94")] };
    show(aConsoleState({ home }));
    await page.getByText("Spent $1.94").waitFor();
    expect(await page.getByRole("combobox", { name: "Message" }).isVisible()).toBe(false);
  });
});
