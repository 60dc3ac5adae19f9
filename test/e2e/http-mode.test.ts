import { describe, expect, it } from "vitest";
import { buttonsOf, wordsOf } from "../support/console-driver.ts";
import { aProduct } from "../support/product.ts";

/** A bot without an app token, and a Slack that was given its address. */
async function aProductOverHttp() {
  const product = await aProduct({ environment: { SLACK_APP_TOKEN: "" } });
  const url = `${product.apiUrl()}/slack/events`;
  expect(await product.console.post("/world/slack/request-url", { url })).toEqual({ ok: true });
  return product;
}

describe("a bot that Slack dials in to", { timeout: 30_000 }, () => {
  it("tells the same story, from the command to the last button", async () => {
    await using product = await aProductOverHttp();
    const { console } = product;
    const health = await (await fetch(`${product.apiUrl()}/healthz`)).json();
    expect(health).toMatchObject({ status: "ok", slack: true, slack_mode: "http" });
    await console.post("/world/source", { connected: true });

    await console.type("/stream start twitch");
    await console.until(async () => {
      const answer = await console.answer();
      expect(answer?.text).toContain("Starting Twitch");
    });
    const card = await console.until(async () => {
      const found = await console.card();
      expect(found && wordsOf(found)).toMatch(/Twitch.*on air/s);
      return found;
    });
    expect(await console.channel("twitch")).toBe("RUNNING");

    const stop = card && buttonsOf(card).find(({ label }) => label.startsWith("Stop"));
    expect(stop && (await console.press(stop, "Ben"))).toEqual({ ok: true });
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"));
    await console.until(async () => {
      const story = (await console.story(card?.ts ?? "")).join("\n");
      expect(story).toMatch(/Ana.*Twitch[\s\S]*running[\s\S]*Ben.*[\s\S]*off/);
    });
    expect(await console.cards()).toHaveLength(1);
  });

  it("shows the Home tab", async () => {
    await using product = await aProductOverHttp();
    const { console } = product;
    await console.post("/console/home", { person: "U0ANA000001" });
    await console.until(async () => expect((await console.state()).home).not.toBeNull());
    expect(JSON.stringify((await console.state()).home?.blocks)).toContain("Twitch");
  });

  it("keeps its word through a new start, and says so while it is away", async () => {
    await using product = await aProductOverHttp();
    const { console } = product;
    await console.type("/stream start youtube");
    await console.until(async () => expect(await console.channel("youtube")).toBe("RUNNING"));
    await product.stopBot();
    await console.type("/stream stop youtube");
    const said = (await console.messages()).at(-1)?.text;
    expect(said).toBe('/stream failed with the error "dispatch_failed"');
    expect(await console.channel("youtube")).toBe("RUNNING");

    await product.startBot();
    const url = `${product.apiUrl()}/slack/events`;
    expect(await console.post("/world/slack/request-url", { url })).toEqual({ ok: true });
    await console.type("/stream stop youtube");
    await console.until(async () => expect(await console.channel("youtube")).toBe("IDLE"));
  });

  it("is no address for Slack while it dials out itself", async () => {
    await using product = await aProduct();
    const url = `${product.apiUrl()}/slack/events`;
    expect(await product.console.post("/world/slack/request-url", { url })).toEqual({
      ok: false,
      error: "It answered ssl_check with 404.",
    });
    await product.console.type("/stream status");
    expect((await product.console.answer())?.text).toContain("All off");
  });
});
