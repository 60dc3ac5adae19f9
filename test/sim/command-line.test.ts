import { describe, expect, it } from "vitest";
import { helpLines, readWords, WrongWords } from "./command-line.ts";

const read = (line: string) => readWords(line === "" ? [] : line.split(" "));

describe("the words of the simulator", () => {
  it("live the first seed for thirty days where nothing is asked", () => {
    expect(read("")).toMatchObject({
      do: "seeds",
      seed: 1,
      seeds: 1,
      days: null,
      form: "full",
      minimise: true,
    });
  });

  it("are read", () => {
    const line = '--seed 5 --days 3 --rough --change {"instances":1} --no-minimise';
    expect(read(line)).toMatchObject({
      seed: 5,
      days: 3,
      form: "rough",
      change: { instances: 1 },
      minimise: false,
    });
    expect(read("--ci --seconds 90")).toMatchObject({ do: "ci", seconds: 90 });
  });

  it("are explained, each in a line", () => {
    expect(read("--help")).toBeNull();
    expect(helpLines().join("\n")).toMatch(/--seed N .*\n[\s\S]*--no-minimise/);
  });

  it.each([
    ["--days x", "--days x: a whole number from 1 on, for example --days 7"],
    ["--days=-1", "--days -1: a whole number from 1 on, for example --days 7"],
    ["--days 0", "--days 0: a whole number from 1 on, for example --days 7"],
    ["--seed NaN", "--seed NaN: a whole number from 0 on, for example --seed 7"],
    ["--seeds 1.5", "--seeds 1.5: a whole number from 1 on, for example --seeds 7"],
    ["--seconds 0", "--seconds 0: a number above 0, for example --seconds 90"],
    ["--years 1e9", "--years 1e9: a number above 0, for example --years 90"],
    ["--day 3", "Unknown option '--day'; --help lists the options"],
    ["--light --rough", "--light and --rough: give one of them"],
    ["--days 3 --years 2", "--days and --years: give one of them"],
    ["--change [1]", `--change [1]: an object as JSON, for example '{"faults":{"hang":0}}'`],
  ])("say in one line what is wrong with %s", (line, message) => {
    expect(() => read(line)).toThrow(new WrongWords(message));
  });

  it.each(["--seed -5", "--days", "seven"])("refuse %s in one line", (line) => {
    expect(() => read(line)).toThrow(/^[^\n]+; --help lists the options$/);
  });
});
