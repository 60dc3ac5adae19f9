/**
 * What must have happened for a campaign to mean something; `ci` names what already a run of the CI must reach: what
 * comes about there many times, so that it is not missed for another order of things. Each is felt in `checks/situations.ts`.
 */
export const situations = [
  { name: "a start is found in effect whose answer was lost", ci: false },
  { name: "a start is refused because an earlier one is in effect", ci: false },
  { name: "a start takes effect after its stop", ci: true },
  { name: "a start falls back", ci: true },
  { name: "a start takes several minutes", ci: true },
  { name: "a stop is asked while AWS is out", ci: false },
  { name: "the switch in AWS stops a channel", ci: false },
  { name: "a process dies between the record of a start and its call", ci: false },
  { name: "a process dies between a start and its note", ci: false },
  { name: "a process dies between a post and its note", ci: false },
  { name: "a paused process wakes after another took its turn to speak", ci: true },
  { name: "two processes have the same tick", ci: true },
  { name: "two processes write one row at once", ci: true },
  { name: "nobody lives when a lease ends", ci: false },
  { name: "a source comes back within a last call", ci: true },
  { name: "a last call ends in a stop", ci: true },
  { name: "a stranger is adopted", ci: true },
  { name: "calm comes in the middle of a broadcast", ci: true },
  { name: "a lease crosses a clock change", ci: false },
  { name: "a show crosses a clock change", ci: false },
  { name: "a run crosses the end of a month", ci: false },
  { name: "a step of the budget is announced", ci: true },
] as const;

export type Situation = (typeof situations)[number]["name"];

/** How often each was reached. */
export type Reached = Partial<Record<Situation, number>>;

export function createSometimes() {
  const counts: Reached = {};
  return {
    reached(name: Situation): void {
      counts[name] = (counts[name] ?? 0) + 1;
    },
    counts: () => counts,
  };
}

/** What a campaign has reached of them all. */
export function sometimesOf(all: readonly Reached[]) {
  const never = situations.filter(({ name }) => !all.some((counts) => counts[name]));
  return {
    reached: situations.length - never.length,
    total: situations.length,
    never: never.map(({ name }) => name),
  };
}

/** What a run of the CI should have reached and has not. */
export const missedInCi = (never: readonly Situation[]): Situation[] =>
  situations.flatMap(({ name, ci }) => (ci && never.includes(name) ? name : []));
