import type { Destination } from "../../../src/domain/destination.ts";
import { type Bindings, bind } from "../../../src/domain/site.ts";
import { aBindings } from "../../support/builders.ts";
import type { Faults } from "../faults.ts";
import type { SimOptions } from "../options.ts";
import type { SimProcess } from "../process.ts";
import type { Situation } from "../sometimes.ts";
import type { Timeline } from "../timeline.ts";
import type { Violations } from "../violations.ts";
import type { Listener } from "../ways.ts";
import type { SimWorld, Watcher } from "../world.ts";

/** What every checker sees: the truth, and never what the product believes. */
export type CheckContext = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  violations: Violations;
  /** Milliseconds until now in which nobody could have stopped anything: no process lived, or AWS was out of reach. */
  excusedMs(): number;
  /** The same for what is said in Slack. */
  silentMs(): number;
  /** True while some process lives and goes on. */
  isServed(): boolean;
  /** The processes that live at present. */
  processes(): readonly SimProcess[];
  /** Since when every process has been up and going on. */
  steadySince(): number;
  /** What was read last by a process, and when. */
  seen: Seen;
  /** Notes that a situation has come about. */
  reached(name: Situation): void;
};

/** One family of invariants. `each` comes after every event. */
export type Checker = { watcher?: Watcher; listener?: Listener; each?(): void };

/** What each process has read, so that it is judged by what it could know. */
export type Seen = {
  channel(process: SimProcess, channelId: string): { state: string; at: number } | null;
  /** The latest states that it has seen, oldest first. */
  states(process: SimProcess, channelId: string): readonly string[];
  /** True when one of its latest looks since then was at a channel that has begun. */
  hasSeenBegun(process: SimProcess, channelId: string, since: number): boolean;
  rowsAt(process: SimProcess): number;
};

export const bindings: Bindings = aBindings();

export const channelOf = (row: Destination): string => bind(row, bindings)?.channelId ?? "";

/** The rows that a channel works for. */
export const rowsOf = (world: SimWorld, channelId: string): Destination[] =>
  world.destinations.all().filter((row) => channelOf(row) === channelId);

/** True while the row may be on air by a clock that is off by this much: it is wanted and its lease is not over. */
export function isWanted(row: Destination, now: number, skewMs: number): boolean {
  if (row.desired !== "on" || row.leaseUntil === null) return false;
  const until = Math.max(row.leaseUntil.getTime(), row.holdUntil?.getTime() ?? 0);
  return until + skewMs > now;
}
