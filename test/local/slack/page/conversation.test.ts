import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aBrowser, describeInBrowser } from "../../../support/browser.ts";
import { aConsolePage, eventually } from "../../../support/console-page.ts";
import {
  aConsoleState,
  aMessage,
  ana,
  button,
  mrkdwn,
  patchbay,
  plain,
  section,
  showtime,
  vic,
} from "../../../support/console-states.ts";

describeInBrowser("the conversation", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  const says = (ts: string, text: string) => aMessage({ ts, text });

  it("suggests one command to a first-time visitor and puts it into the box", async () => {
    const { page, calls, complaints } = await aConsolePage(browser, aConsoleState());
    await page.getByRole("button", { name: "Try /stream start twitch" }).click();
    expect(await page.inputValue("#message")).toBe("/stream start twitch");
    await page.keyboard.press("Enter");
    await eventually(() =>
      expect(calls).toEqual([
        { path: "/console/command", body: { person: ana.id, text: "/stream start twitch" } },
      ]),
    );
    expect(complaints).toEqual([]);
  });

  it("completes a command from the keyboard and sends it", async () => {
    const { page, calls } = await aConsolePage(browser, aConsoleState());
    const box = page.getByRole("combobox", { name: "Message" });
    await box.pressSequentially("/str");
    await page.getByRole("option", { name: "/stream start" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await box.inputValue()).toBe("/stream start ");
    await box.pressSequentially("tw");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("/stream start twitch ");
    expect(calls).toEqual([]);
    await page.keyboard.press("Enter");
    await eventually(() => expect(calls[0]?.body.text).toBe("/stream start twitch"));
    expect(await box.inputValue()).toBe("");
  });

  it("closes the offers with Escape and brings back earlier lines with arrow up", async () => {
    const { page } = await aConsolePage(browser, aConsoleState());
    const box = page.getByRole("combobox", { name: "Message" });
    for (const line of ["/stream", "/stream status"]) {
      await box.pressSequentially(line);
      await page.keyboard.press("Escape");
      expect(await page.getByRole("option").count()).toBe(0);
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("ArrowUp");
    expect(await box.inputValue()).toBe("/stream status");
    await page.keyboard.press("ArrowUp");
    expect(await box.inputValue()).toBe("/stream");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await box.inputValue()).toBe("");
  });

  it("says why a line was refused", async () => {
    const { page, answer } = await aConsolePage(browser, aConsoleState());
    answer("/console/command", { ok: false, error: "patchbay is not connected." });
    await page.fill("#message", "hello");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("patchbay is not connected.").waitFor();
    expect(await page.inputValue("#message")).toBe("");
  });

  it("shows text from outside as text, whatever it holds", async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const escaped = evil.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const state = aConsoleState({
      people: [{ ...ana, name: evil }, vic],
      person: { ...ana, name: evil },
      conversation: { id: "C0LIVE", name: "live" },
      messages: [
        aMessage({ ts: "1", text: escaped, author: { id: ana.id, name: evil, isBot: false } }),
        aMessage({ ts: "2", kind: "command", text: evil }),
        aMessage({
          ts: "3",
          blocks: [
            section(`*${escaped}* <@U0ANA>`),
            { type: "header", text: plain(evil) },
            { type: evil },
            { type: "section", text: mrkdwn("<javascript:alert(1)|click>") },
          ],
        }),
      ],
    });
    const { page, complaints } = await aConsolePage(browser, state);
    const messages = page.locator("#messages");
    expect(await messages.locator("img, script, a").count()).toBe(0);
    expect(await messages.innerText()).toContain(`@${evil}`);
    expect(await messages.getByText(evil).count()).toBeGreaterThanOrEqual(4);
    expect(await page.title()).toBe("#live · patchbay");
    expect(complaints).toEqual([]);
  });

  it("writes dates in the zone of the person who looks", async () => {
    const date = `<!date^${showtime / 1000}^{date_short_pretty} {time}|04:48 UTC>`;
    const state = aConsoleState({ messages: [says("1", date)] });
    const { page, open } = await aConsolePage(browser, state);
    expect(await page.locator(".message .text").innerText()).toBe("Today 20:48");
    const berlin = await open(vic.id);
    expect(await berlin.locator(".message .text").innerText()).toBe("Today 05:48");
  });

  it("marks what only this person sees, Slack's errors and edits", async () => {
    const state = aConsoleState({
      messages: [
        aMessage({ ts: "1", text: "Only for Ana", ephemeral: true }),
        aMessage({
          ts: "2",
          kind: "error",
          text: '/stream failed with the error "operation_timeout"',
        }),
        aMessage({ ts: "3", text: "Better now", edited: true }),
      ],
    });
    const { page } = await aConsolePage(browser, state);
    const line = (ts: string) => page.locator(`[data-ts="${ts}"]`).innerText();
    expect(await line("1")).toContain("Only visible to you");
    expect(await line("2")).toContain("operation_timeout");
    expect(await line("3")).toContain("edited");
  });

  it("opens a thread beside the conversation, without a message box", async () => {
    const state = aConsoleState({
      messages: [
        aMessage({ ts: "1", text: "The card", replyCount: 2 }),
        aMessage({ ts: "2", threadTs: "1", text: "Started" }),
        aMessage({ ts: "3", threadTs: "1", text: "On air" }),
      ],
    });
    const { page, show } = await aConsolePage(browser, state);
    expect(await page.locator("#messages .message").count()).toBe(1);
    const link = page.getByRole("button", { name: "2 replies" });
    await link.click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    expect(await thread.locator(".message").allInnerTexts()).toHaveLength(3);
    expect(await thread.getByRole("textbox").count()).toBe(0);
    const late = aMessage({ ts: "4", threadTs: "1", text: "Off air" });
    show({ ...state, messages: [...state.messages, late] });
    await thread.getByText("Off air").waitFor();
    await page.keyboard.press("Escape");
    expect(await thread.isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.textContent")).toContain("2 replies");
  });

  it("shows a reply for everybody in the conversation too, with the way to its thread", async () => {
    const state = aConsoleState({
      messages: [
        aMessage({ ts: "1", text: "The card &amp; more", replyCount: 2 }),
        aMessage({ ts: "2", threadTs: "1", text: "Quiet" }),
        aMessage({ ts: "3", threadTs: "1", text: "Loud", broadcast: true }),
      ],
    });
    const { page } = await aConsolePage(browser, state);
    const messages = page.locator("#messages");
    const loud = messages.locator('[data-ts="3"]');
    expect(await loud.innerText()).toMatch(/replied to a thread:\s+The card & more\s+Loud/);
    expect(await messages.getByText("Quiet").count()).toBe(0);
    await loud.getByRole("button", { name: "The card & more" }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    expect(await thread.locator(".message").count()).toBe(3);
    expect(await thread.getByText("replied to a thread").count()).toBe(0);
  });

  it("draws sentences of one breath as one, each with its time, and gives a card its frame", async () => {
    const line = (ts: string, at: number) =>
      aMessage({ ts, at, blocks: [section("*Twitch* is running.")] });
    const state = aConsoleState({
      messages: [
        line("1", showtime),
        line("2", showtime + 60_000),
        aMessage({ ts: "3", blocks: [section("*Twitch*", button("Stop"))] }),
      ],
    });
    const { page } = await aConsolePage(browser, state);
    const follower = page.locator('[data-ts="2"]');
    expect(await follower.innerText()).toMatch(/^20:49\s+Twitch is running\.$/);
    expect(await page.locator('[data-ts="1"] .is-card').count()).toBe(0);
    expect(await page.locator('[data-ts="3"] .is-card').count()).toBe(1);
  });

  it("leaves a reader of old messages where they are and says what is new", async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      says(`${index + 1}`, `Line ${index + 1}`),
    );
    const state = aConsoleState({ messages: many });
    const { page, show } = await aConsolePage(browser, state);
    const scroller = 'document.querySelector("#scroller")';
    const scrolled = () => page.evaluate(`${scroller}.scrollTop`);
    await page.getByText("Line 60").waitFor();
    await page.evaluate(`${scroller}.scrollTo(0, 0)`);
    await page.evaluate("new Promise(requestAnimationFrame)");
    show({ ...state, messages: [...many, says("61", "Line 61")] });
    const pill = page.getByRole("button", { name: "1 new message" });
    await pill.waitFor();
    expect(await scrolled()).toBe(0);
    await pill.click();
    expect(await page.locator('[data-ts="61"]').isVisible()).toBe(true);
    expect(await pill.isVisible()).toBe(false);
    show({ ...state, messages: [...many, says("61", "Line 61"), says("62", "Line 62")] });
    await page.locator('[data-ts="62"]').waitFor();
    expect(await page.locator('[data-ts="62"]').isVisible()).toBe(true);
    expect(await scrolled()).toBe(
      await page.evaluate(`${scroller}.scrollHeight - ${scroller}.clientHeight`),
    );
  });

  it("reads new lines out, but not edits", async () => {
    const state = aConsoleState({ messages: [says("1", "Old")] });
    const { page, show } = await aConsolePage(browser, state);
    const announcer = page.locator("#announcer");
    expect(await announcer.textContent()).toBe("");
    const edited = { ...says("1", "Edited"), edited: true };
    show({ ...state, messages: [edited, says("2", "On air")] });
    await page.locator('[data-ts="2"]').waitFor();
    expect(await announcer.textContent()).toBe(`${patchbay.name}: On air`);
    show({ ...state, messages: [edited, says("2", "On air, edited")] });
    await page.getByText("On air, edited").waitFor();
    expect(await announcer.textContent()).toBe(`${patchbay.name}: On air`);
  });

  it("says what it cannot draw, in its place", async () => {
    const state = aConsoleState({
      messages: [
        aMessage({
          ts: "1",
          blocks: [
            { type: "carousel" },
            { type: "actions", elements: [{ type: "datepicker" }, button("Fine")] },
            { type: "table", rows: 5 },
          ],
        }),
      ],
    });
    const { page } = await aConsolePage(browser, state);
    const message = await page.locator(".message-body").innerText();
    expect(message).toContain("unsupported block: carousel");
    expect(message).toContain("unsupported element: datepicker");
    expect(message).toContain("unsupported block: table, which is broken");
    expect(await page.getByRole("button", { name: "Fine" }).isVisible()).toBe(true);
  });
});
