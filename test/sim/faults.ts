import { OpsError } from "../../src/errors.ts";
import { createCoverage, type Met, toTheWorld } from "./coverage.ts";
import type { FaultKind, SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** What becomes of one call: its effect after a while, if any, and its answer or its error after another. */
export type Fate = {
  kind: FaultKind;
  beforeMs: number;
  /** False: the call never gets there. */
  effect: boolean;
  afterMs: number;
  error: OpsError | null;
  /** How old the answer is, in milliseconds. */
  ageMs: number;
  /** What happens to the process that calls, before or after the effect. */
  process: "dies-before" | "dies-after" | "pauses" | null;
};

/** The faults that every process meets on its way to the world. */
export type Faults = {
  /** The fate of a call of this port and method; null for one that goes well at once. */
  fateOf(port: string, method: string): Fate | null;
  /** Faults come thick for some minutes, because something is going on. */
  stir(minutes: number): void;
  isStirred(): boolean;
  /** No faults from now on, or again. */
  calm(on: boolean): void;
  isCalm(): boolean;
  /** Counts a fault; `operation` is the call that met it, if one did. */
  note(kind: FaultKind, operation?: string): void;
  counts(): Record<string, number>;
  /** A call that comes to nothing in an outage, which is counted once as a fault. */
  meet(kind: FaultKind, operation: string): void;
  met(): Met;
  /** Out of reach for so long. */
  outage(of: Side, ms: number): void;
  isOut(of: Side): boolean;
};

/** "media" for MediaLive and MediaConnect, "slack", and "tables" for the rest. */
export type Side = "media" | "tables" | "slack";

const media = new Set(["channels", "flows"]);
export const sideOf = (port: string): "media" | "tables" => (media.has(port) ? "media" : "tables");
const reads = new Set(["list", "read", "alerts", "spec"]);
const timeoutMs = 8_000;
/** Outside an outage AWS does not fail one kind of call more often than this in a row. */
const mostInARow = 4;
const quietRate = 0.0004;

export function createFaults(options: SimOptions, timeline: Timeline, random: Random): Faults {
  const counts: Record<string, number> = {};
  const inARow = new Map<string, number>();
  const until = { media: 0, tables: 0, slack: 0 };
  const mixes = new Map<string, readonly FaultKind[]>();
  const { met, meet } = createCoverage();
  let stirredUntil = 0;
  let isCalm = true;

  const note = (kind: FaultKind, operation = toTheWorld) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    meet(kind, operation);
  };

  function draw(port: string, method: string): Fate | null {
    const name = `${port}.${method}`;
    const mix = mixes.get(name) ?? mixFor(port, method);
    mixes.set(name, mix);
    const kind = random.pick(mix);
    if (!random.chance(options.faults[kind])) return null;
    const fate = fates[kind]?.(random) ?? null;
    if (fate === null || (fate.error !== null && (inARow.get(name) ?? 0) >= mostInARow)) {
      inARow.delete(name);
      return null;
    }
    if (fate.error !== null) inARow.set(name, (inARow.get(name) ?? 0) + 1);
    note(kind, name);
    return { ...plain, kind, ...fate };
  }

  return {
    fateOf(port, method) {
      if (isCalm) return null;
      const now = timeline.now();
      const side = sideOf(port);
      if (until[side] > now) {
        meet(`outage-${side}`, `${port}.${method}`);
        return { ...plain, kind: `outage-${side}`, effect: false, error: unavailable() };
      }
      const rate = stirredUntil > now ? options.busyRate : quietRate;
      return random.next() < rate ? draw(port, method) : null;
    },
    stir(minutes) {
      stirredUntil = Math.max(stirredUntil, timeline.now() + minutes * 60_000);
    },
    isStirred: () => stirredUntil > timeline.now(),
    calm(on) {
      isCalm = on;
      if (on) Object.assign(until, { media: 0, tables: 0, slack: 0 });
    },
    isCalm: () => isCalm,
    note,
    counts: () => counts,
    meet,
    met,
    outage(of, ms) {
      note(`outage-${of}`);
      until[of] = timeline.now() + ms;
    },
    isOut: (of) => until[of] > timeline.now(),
  };
}

const plain: Omit<Fate, "kind"> = {
  beforeMs: 0,
  effect: true,
  afterMs: 0,
  error: null,
  ageMs: 0,
  process: null,
};

/** What may happen to a call of this port and method, outages apart; what stands there twice is twice as likely. */
export function mixFor(port: string, method: string): readonly FaultKind[] {
  const common: FaultKind[] = ["throttled", "unavailable", "lost", "hang", "slow", "slow"];
  const own: FaultKind[] = ["crash", "pause"];
  const stale: FaultKind[] = media.has(port) && reads.has(method) ? ["stale", "stale"] : [];
  const keys: FaultKind[] = port === "streamKeys" ? ["key-trouble", "key-trouble"] : [];
  return [...common, ...own, ...stale, ...keys];
}

const unavailable = () => new OpsError("aws-unavailable", "AWS has a fault of its own.");
const timedOut = () => new OpsError("timed-out", "AWS did not answer in time.");

const fates: Partial<Record<FaultKind, (random: Random) => Partial<Fate>>> = {
  throttled: () => ({
    effect: false,
    error: new OpsError("aws-throttled", "AWS asks for fewer requests."),
  }),
  unavailable: () => ({ effect: false, error: unavailable() }),
  lost: (random) => ({
    beforeMs: random.between(0, timeoutMs),
    afterMs: random.between(0, 500),
    error: random.chance(0.5) ? timedOut() : unavailable(),
  }),
  hang: (random) => ({
    effect: false,
    beforeMs: timeoutMs,
    error: timedOut(),
    afterMs: random.below(9),
  }),
  slow: (random) => ({
    beforeMs: 30 * 260 ** random.next(),
    afterMs: random.chance(0.5) ? random.between(1, timeoutMs) : 0,
  }),
  stale: (random) => ({ ageMs: random.between(1_000, 60_000) }),
  crash: (random) => ({ process: random.chance(0.5) ? "dies-before" : "dies-after" }),
  pause: (random) => ({
    process: "pauses",
    beforeMs: random.chance(0.3) ? random.between(0, 2_000) : 0,
    afterMs: 1_000 * 1_800 ** random.next(),
  }),
  "key-trouble": () => ({
    effect: false,
    error: new OpsError("aws-refused", "AWS refused to decrypt it."),
  }),
};
