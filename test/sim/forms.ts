import { lightOptionsFor } from "./light-options.ts";
import { optionsFor, roughOptionsFor, type SimOptions } from "./options.ts";

/** How a seed is lived: with its own mix, lightly, or with much going on and something of every fault. */
export const forms = ["full", "light", "rough"] as const;
export type Form = (typeof forms)[number];

/** What is other than a seed's form has it; faults one by one. */
export type Change = Partial<Omit<SimOptions, "seed" | "days" | "faults">> & {
  faults?: Partial<SimOptions["faults"]>;
};

/** A seed with its days, as it can be written down and lived again. */
export type Life = { seed: number; days: number; form: Form; change?: Change };

/** The options of a life: those of its form, and what is changed. */
export function optionsOf({ seed, days, form, change = {} }: Life): SimOptions {
  const own = optionsIn(form, seed, days);
  return { ...own, ...change, faults: { ...own.faults, ...change.faults } };
}

function optionsIn(form: Form, seed: number, days: number): SimOptions {
  if (form === "light") return lightOptionsFor(seed, days);
  return form === "rough" ? roughOptionsFor(seed, days, false) : optionsFor(seed, days);
}

/** The life of these options, written from a form: what it already has is not repeated. */
export function lifeOf(options: SimOptions, form: Form): Life {
  const { seed, days } = options;
  const own = optionsIn(form, seed, days);
  const faults = differences(own.faults, options.faults);
  const { faults: _, ...rest } = differences(own, options);
  const change = { ...rest, ...(Object.keys(faults).length > 0 && { faults }) };
  return { seed, days, form, ...(Object.keys(change).length > 0 && { change }) };
}

const differences = <Whole extends object>(own: Whole, other: Whole): Partial<Whole> =>
  Object.fromEntries(
    Object.entries(other).filter(
      ([key, value]) => JSON.stringify(own[key as keyof Whole]) !== JSON.stringify(value),
    ),
  ) as Partial<Whole>;

/** The words after `npm run sim --` that live it again. */
export function wordsFor({ seed, days, form, change }: Life): string {
  const words = `--seed ${seed} --days ${days}${form === "full" ? "" : ` --${form}`}`;
  return change === undefined ? words : `${words} --change '${JSON.stringify(change)}'`;
}
