import { describe, expect, it } from "vitest";
import { buttonsOf, wordsOf } from "../support/console-driver.ts";
import { aProduct } from "../support/product.ts";

const allIdleBut = ["primary", "youtube", "linkedin", "custom"];

describe("the main job", { timeout: 30_000 }, () => {
  it("puts one destination on air and off again, and leaves the others as they are", async () => {
    await using product = await aProduct();
    const { console } = product;
    await console.post("/world/source", { connected: true });

    await console.type("/stream start twitch");
    const answer = await console.until(async () => {
      const found = await console.answer();
      expect(found?.text).toContain("Starting Twitch");
      return found;
    });
    expect(answer?.ephemeral).toBe(true);
    await console.until(async () => {
      const card = await console.card();
      expect(card && wordsOf(card)).toMatch(/Twitch.*on air/s);
    });
    expect(await console.channel("twitch")).toBe("RUNNING");
    for (const other of allIdleBut) expect(await console.channel(other)).toBe("IDLE");

    await console.type("/stream stop twitch", "Ben");
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"));
    await console.until(async () => {
      const card = await console.card();
      expect(card && buttonsOf(card)).toEqual([]);
    });
    expect(await console.cards()).toHaveLength(1);
    const card = await console.card();
    await console.until(async () => {
      const story = (await console.story(card?.ts ?? "")).join("\n");
      expect(story).toMatch(/Ana.*Twitch[\s\S]*running[\s\S]*Ben.*[\s\S]*off/);
    });
  });

  it("answers the second press calmly and starts once", async () => {
    await using product = await aProduct({ stepMs: 200 });
    const { console } = product;
    await Promise.all([
      console.type("/stream start youtube", "Ana"),
      console.type("/stream start youtube", "Ben"),
    ]);
    await console.until(async () => expect(await console.channel("youtube")).toBe("RUNNING"));
    const answers = [await console.answer("Ana"), await console.answer("Ben")].map(
      (each) => each?.text ?? "",
    );
    expect(answers.filter((each) => each.includes("Starting"))).toHaveLength(1);
    expect(answers.filter((each) => each.includes("already"))).toHaveLength(1);
    expect(
      (await console.state()).world.events.filter(({ text }) => /youtube.*STARTING/i.test(text)),
    ).toHaveLength(1);
    expect(await console.cards()).toHaveLength(1);
  });

  it("starts while stopping and stops while starting, and ends as asked last", async () => {
    await using product = await aProduct({ stepMs: 150 });
    const { console } = product;
    await console.type("/stream start twitch");
    await console.until(async () => expect(await console.channel("twitch")).toBe("STARTING"));
    await console.type("/stream stop twitch");
    await console.until(async () => expect(await console.channel("twitch")).toBe("STOPPING"));
    await console.type("/stream start twitch");
    await console.until(async () => expect(await console.channel("twitch")).toBe("RUNNING"));
    await console.type("/stream stop twitch");
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"));
    expect(await console.channel("youtube")).toBe("IDLE");
  });
});
