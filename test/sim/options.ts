import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import { createRandom, type Random } from "./random.ts";

/** What can go wrong, one word each; a seed draws how much it has of each. */
export const faultKinds = [
  "throttled",
  "unavailable",
  "lost",
  "hang",
  "slow",
  "stale",
  "crash",
  "pause",
  "outage-media",
  "outage-tables",
  "outage-slack",
  "slack-lost",
  "slack-limited",
  "tick-missed",
  "tick-late",
  "tick-twice",
  "clock-skew",
  "start-falls-back",
  "start-slow",
  "update-fails",
  "source-lost",
  "console-start",
  "console-stop",
  "console-delete",
  "console-flow",
  "hand-edit",
  "key-trouble",
  "double-click",
  "clock-step",
  "source-flaps",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Everything that a seed decides, printed with each failure. */
export type SimOptions = {
  seed: number;
  days: number;
  startsAt: string;
  instances: 1 | 2;
  platforms: readonly string[];
  policy: Policy;
  /** While nothing is on, wanted or wrong, only each so many minutes have their tick: a night costs less then. */
  quietTickMinutes: number;
  /** Milliseconds between passes. */
  pace: { soon: number; watch: number; idle: number };
  broadcastsPerDay: number;
  /** The share of calls that may meet a fault while something is going on. */
  busyRate: number;
  /** Whether the conversation is part of it: its relay makes a day cost several times as much. */
  messages: boolean;
  /** From 0 for none to 1 for a lot. */
  faults: Record<FaultKind, number>;
  /** Whether people plan shows, and whether admins set budgets. */
  shows: boolean;
  budgets: boolean;
  /** How far a process's clock may be off. */
  maxSkewMs: number;
};

const zones = [
  "America/Los_Angeles",
  "Europe/London",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "UTC",
];
/** Among them the weeks of clock changes, a leap day and the turn of a year. */
const starts = ["2026-02-20", "2026-10-20", "2027-03-10", "2027-12-20", "2028-02-20", "2027-07-01"];
const everyPlatform = ["primary", "youtube", "twitch", "linkedin", "custom"];

/** The swarm: each seed has its own mix of faults, many of them none at all. */
export function optionsFor(seed: number, days: number): SimOptions {
  const random = createRandom(`options ${seed}`);
  const calm = random.chance(0.05);
  const quietTickMinutes = random.pick([1, 5, 5, 5]);
  const faults = Object.fromEntries(
    faultKinds.map((kind) => {
      const own = kind === "source-flaps" ? createRandom(`${kind} ${seed}`) : random;
      return [kind, calm ? 0 : own.pick([0, 0, 0.1, 0.3, 1])];
    }),
  ) as Record<FaultKind, number>;
  return {
    seed,
    days,
    startsAt: `${random.pick(starts)}T00:00:00.000Z`,
    instances: random.chance(0.5) ? 2 : 1,
    platforms: everyPlatform.filter((each) => each === "primary" || random.chance(0.5)),
    policy: policyFor(random),
    pace: {
      soon: random.pick([1_000, 2_000, 5_000]),
      watch: random.pick([30_000, 60_000]),
      idle: quietTickMinutes * 60_000,
    },
    quietTickMinutes,
    broadcastsPerDay: random.pick([0.3, 1, 2]),
    busyRate: random.pick([0.05, 0.15, 0.4]),
    messages: random.chance(0.4),
    faults,
    ...plansFor(seed),
    maxSkewMs: Math.max(
      faults["clock-skew"] * 5 * 60_000,
      faults["clock-step"] > 0 ? correctedMs : 0,
    ),
  };
}

/** How far off a clock may stay that was stepped and put right by what AWS said. */
const correctedMs = 90_000;

/** Drawn apart, so that it moves nothing else of a seed. */
function plansFor(seed: number): Pick<SimOptions, "shows" | "budgets"> {
  const random = createRandom(`plans ${seed}`);
  return { shows: random.chance(0.4), budgets: random.chance(0.3) };
}

const policyFor = (random: Random): Policy => ({
  ...defaultPolicy,
  zone: random.pick(zones),
  defaultLeaseMinutes: random.pick([60, 120, 240]),
  strangers: random.chance(0.3) ? "stop" : "adopt",
});

/** The same seed with much going on and something of every fault: what a mutant has to get through. */
export function roughOptionsFor(seed: number, days: number, messages: boolean): SimOptions {
  const options = optionsFor(seed, days);
  const faults = { ...options.faults };
  for (const kind of faultKinds) faults[kind] = /^clock-|-flaps$/.test(kind) ? 0 : 0.5;
  return {
    ...options,
    instances: seed % 2 === 0 ? 1 : 2,
    quietTickMinutes: 5,
    pace: { ...options.pace, watch: 60_000, idle: 300_000 },
    broadcastsPerDay: 2,
    busyRate: 0.3,
    maxSkewMs: 0,
    shows: false,
    budgets: false,
    messages,
    faults,
  };
}
