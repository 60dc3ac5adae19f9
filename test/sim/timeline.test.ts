import { expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { createTimeline } from "./timeline.ts";
import { createTrace } from "./trace.ts";

const always = () => true;

it("lets things happen in the order of their times", async () => {
  const timeline = createTimeline(0, createRandom("times"));
  const random = createRandom("dues");
  const happened: number[] = [];
  for (let count = 0; count < 500; count++)
    timeline.at(random.below(1_000), () => happened.push(timeline.now()));
  await timeline.run(2_000, always);
  expect(happened).toEqual(happened.toSorted((left, right) => left - right));
  expect(happened).toHaveLength(500);
});

it("gives what is due at once an order by chance", async () => {
  const orderOf = async (seed: string) => {
    const timeline = createTimeline(0, createRandom(seed));
    const order: number[] = [];
    for (let name = 0; name < 20; name++) timeline.at(5, () => order.push(name));
    await timeline.run(10, always);
    return order.join();
  };
  expect(await orderOf("one")).toBe(await orderOf("one"));
  expect(await orderOf("one")).not.toBe(await orderOf("two"));
});

it("lets every promise go on before the next thing happens", async () => {
  const timeline = createTimeline(0, createRandom("promises"));
  const said: string[] = [];
  timeline.at(1, () => {
    void (async () => {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      said.push("first");
    })();
  });
  timeline.at(1.5, () => said.push("second"));
  await timeline.run(2, always);
  expect(said).toEqual(["first", "second"]);
});

it("ends when it is told to", async () => {
  const timeline = createTimeline(0, createRandom("end"));
  timeline.at(1, () => undefined);
  timeline.at(2, () => undefined);
  await timeline.run(10, () => false);
  expect(timeline.pending()).toBe(1);
});

it("gives the same numbers for the same words, spread over the whole range", () => {
  const random = createRandom("spread");
  const numbers = Array.from({ length: 2_000 }, () => random.next());
  const again = createRandom("spread");
  expect(numbers.every((each) => each === again.next())).toBe(true);
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
});

it("keeps the last two hundred lines, and a hash of them all", () => {
  const [one, other] = [createTrace(), createTrace()];
  for (let line = 0; line < 300; line++) {
    one.add(line, "line", String(line));
    other.add(line, "line", line === 7 ? "another" : String(line));
  }
  expect(one.last()).toHaveLength(200);
  expect(one.last()[0]).toMatch(/ line 100$/);
  expect(one.hash()).not.toBe(other.hash());
});
