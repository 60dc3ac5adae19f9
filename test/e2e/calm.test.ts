import { describe, expect, it } from "vitest";
import { buttonsOf } from "../support/console-driver.ts";
import { setDestination } from "../support/destination-row.ts";
import { aProduct } from "../support/product.ts";

const slow = { timeout: 30_000 };
type Product = Awaited<ReturnType<typeof aProduct>>;

/** How often the world saw this happen to a channel. */
const times = ({ world }: Product, what: string): number =>
  world.world.data.events.filter(({ text }) => text === `patchbay-${what}`).length;

/** What the person is answered to this, in a message of its own. */
async function answerTo({ console }: Product, ask: () => Promise<unknown>): Promise<string> {
  const before = (await console.answer())?.ts;
  await ask();
  return console.until(async () => {
    const answer = await console.answer();
    expect(answer?.ts).not.toBe(before);
    return answer?.text ?? "";
  });
}

/** The first button that reads like this, on the person's own answer or on the live card. */
const aButton = ({ console }: Product, place: "answer" | "card", label: string) =>
  console.until(async () => {
    const message = (await console[place]()) ?? raise();
    return buttonsOf(message).find((each) => each.label.split(" · ")[0] === label) ?? raise();
  });

function raise(): never {
  throw new Error("not there yet");
}

describe("a start that cannot be", slow, () => {
  it("is answered calmly, and starts nothing", async () => {
    await using product = await aProduct();
    const { console, world } = product;
    const answer = (line: string) => answerTo(product, () => console.type(`/stream start ${line}`));
    expect(await answer("twich")).toMatch(/“twich”.*Did you mean Twitch\?/);
    expect(await answer("old vimeo")).toContain("Old Vimeo is disabled");
    await setDestination(world.url, "Old Vimeo", { enabled: true });
    expect(await answer("old vimeo")).toContain("Old Vimeo has no stream key");
    expect(await answer("custom")).toBe("“custom” could be any of these. Which one?");
    const choices = buttonsOf((await console.answer()) ?? raise()).map(({ label }) => label);
    expect(choices).toEqual([
      expect.stringMatching(/^Custom relay · \$.+\/h$/),
      expect.stringContaining("Old Vimeo"),
    ]);
    expect(await answer("")).toContain("Which destination?");
    expect(await console.cards()).toEqual([]);
    expect(world.world.data.events).toEqual([]);
  });
});

describe("a button", slow, () => {
  it("that is pressed twice, by one and by two people, starts and stops once", async () => {
    await using product = await aProduct({ stepMs: 100 });
    const { console } = product;
    await console.type("/stream");
    const start = await aButton(product, "answer", "Start");
    await Promise.all([console.press(start), console.press(start)]);
    await console.until(async () => expect((await console.card())?.text).toContain("on air"));
    const stop = await aButton(product, "card", "Stop");
    await Promise.all([console.press(stop), console.press(stop, "Ben")]);
    await console.until(async () => expect((await console.card())?.text).toContain("Primary: off"));
    expect(times(product, "primary is STARTING")).toBe(1);
    expect(times(product, "primary is STOPPING")).toBe(1);
    expect(await console.cards()).toHaveLength(1);
    const said = (await Promise.all(["Ana", "Ben"].map((name) => console.messages(name))))
      .flat()
      .filter(({ ephemeral, author }) => ephemeral && author.isBot)
      .map(({ text }) => text);
    for (const opening of ["Starting Primary until", "Primary is already starting: Ana started it"])
      expect(said.filter((text) => text.startsWith(opening))).toHaveLength(1);
    for (const opening of ["Stopping Primary after", "Primary is already stopping: "])
      expect(said.filter((text) => text.startsWith(opening))).toHaveLength(1);
  });

  it("that was drawn for an older start says what is true now, and stops nothing", async () => {
    await using product = await aProduct();
    const { console } = product;
    const isOn = (platform: string) =>
      console.until(async () => expect(await console.channel(platform)).toBe("RUNNING"));
    await console.type("/stream start primary");
    await isOn("primary");
    await console.type("/stream");
    const old = await aButton(product, "answer", "Stop");
    await console.type("/stream stop primary", "Ben");
    await console.until(async () => expect(await console.channel("primary")).toBe("IDLE"));
    await console.type("/stream start primary", "Ben");
    await isOn("primary");
    const said = await answerTo(product, () => console.press(old));
    expect(said).toMatch(/Primary: (starting|on air).*by Ben/);
    expect(await console.channel("primary")).toBe("RUNNING");
    expect(times(product, "primary is STOPPING")).toBe(1);
  });
});
