import { describe, expect, it } from "vitest";
import { lifeOf, optionsOf, wordsFor } from "./forms.ts";
import { minimise } from "./minimise.ts";
import { optionsFor, roughOptionsFor, type SimOptions } from "./options.ts";
import type { Violation } from "./violations.ts";

const at = (day: number, { startsAt }: SimOptions): string =>
  new Date(Date.parse(startsAt) + (day - 0.5) * 86_400_000).toISOString();

/** A life of a cheap world that violates M1 on its twelfth day while it meets both of these. */
const needsBoth = (options: SimOptions): Violation | null =>
  options.faults.hang > 0 && options.faults.lost > 0 && options.days >= 12
    ? { invariant: "M1 no-overrun", at: at(12, options), message: "" }
    : null;

function trying(violates: (options: SimOptions) => Violation | null, limits = {}) {
  const lived: SimOptions[] = [];
  const options = { ...roughOptionsFor(1, 90, true), shows: true };
  const was = violates(options) ?? { invariant: "none", at: at(1, options), message: "" };
  const needs = {
    run: async (each: SimOptions) => {
      lived.push(each);
      return violates(each);
    },
    was,
    mostRuns: 100,
    seconds: 60,
    now: () => lived.length,
    ...limits,
  };
  return { lived, options, minimised: minimise(options, needs) };
}

const kinds = ({ faults }: SimOptions) =>
  Object.entries(faults).flatMap(([kind, weight]) => (weight > 0 ? kind : []));

describe("minimising", () => {
  it("leaves out days, talk, people, processes and faults that a violation does not need", async () => {
    const { minimised } = trying(needsBoth, { seconds: 100 });
    const { options } = await minimised;
    expect(kinds(options).sort()).toEqual(["hang", "lost"]);
    expect(options).toMatchObject({
      days: 12,
      instances: 1,
      messages: false,
      shows: false,
      broadcastsPerDay: 0,
    });
  });

  it("ends with the day of a violation that a smaller life meets sooner", async () => {
    const { minimised } = trying((options) => {
      const day = options.messages ? 20 : 3;
      return { invariant: "M1 no-overrun", at: at(day, options), message: "" };
    });
    expect((await minimised).options.days).toBe(1);
  });

  it("keeps nothing that violates something else", async () => {
    const { minimised, options } = trying((each) =>
      each.days === 90
        ? { invariant: "M1 no-overrun", at: at(80, each), message: "" }
        : { invariant: "M6 flow-follows", at: at(1, each), message: "" },
    );
    expect((await minimised).options.days).toBe(options.days);
  });

  it("stops after so many runs, and after so many seconds", async () => {
    const few = trying(needsBoth, { mostRuns: 5 });
    expect((await few.minimised).runs).toBe(5);
    const short = trying(needsBoth, { seconds: 7 });
    await short.minimised;
    expect(short.lived).toHaveLength(7);
  });
});

describe("a life", () => {
  it("is written as what differs from its form, and read again", () => {
    const options = optionsFor(7, 12);
    const small = {
      ...options,
      messages: !options.messages,
      faults: { ...options.faults, hang: 0.7 },
    };
    const life = lifeOf(small, "full");
    expect(life).toEqual({
      seed: 7,
      days: 12,
      form: "full",
      change: { messages: small.messages, faults: { hang: 0.7 } },
    });
    expect(optionsOf(life)).toEqual(small);
  });

  it("is written as the words that live it again", () => {
    expect(wordsFor(lifeOf(roughOptionsFor(5, 3, false), "rough"))).toBe(
      "--seed 5 --days 3 --rough",
    );
    expect(wordsFor({ seed: 1, days: 2, form: "light", change: { instances: 1 } })).toBe(
      `--seed 1 --days 2 --light --change '{"instances":1}'`,
    );
  });
});
