import type { Random } from "./random.ts";

/** Virtual time: what is due happens one after the other, and what is due at once in an order that chance gives. */
export type Timeline = {
  /** Milliseconds since 1970. */
  now(): number;
  at(due: number, act: () => void): void;
  after(ms: number, act: () => void): void;
  /** Lets everything up to then happen; `afterEach` may end it by answering false. */
  run(until: number, afterEach: () => boolean): Promise<void>;
  /** How many things have happened, and how many are still to come. */
  count(): number;
  pending(): number;
};

type Event = { due: number; tie: number; act: () => void };

/** After so many events the real event loop gets a turn, so that an unhandled rejection is seen. */
const eventsPerTurn = 512;

export function createTimeline(start: number, random: Random): Timeline {
  const heap: Event[] = [];
  let now = start;
  let count = 0;

  const at = (due: number, act: () => void) =>
    push(heap, { due: Math.max(due, now), tie: random.next(), act });

  return {
    now: () => now,
    at,
    after: (ms, act) => at(now + Math.max(0, ms), act),
    async run(until, afterEach) {
      for (let next = heap[0]; next !== undefined && next.due <= until; next = heap[0]) {
        pop(heap);
        now = next.due;
        count += 1;
        next.act();
        await (count % eventsPerTurn === 0 ? turned() : drained());
        if (!afterEach()) return;
      }
      now = Math.max(now, until);
    },
    count: () => count,
    pending: () => heap.length,
  };
}

/** Resolves when no promise is left that could go on by itself: Node runs its ticks after all of them. */
const drained = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const turned = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (left: Event, right: Event): boolean =>
  left.due < right.due || (left.due === right.due && left.tie < right.tie);

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !isBefore(event, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    if (left === undefined) break;
    const right = heap[2 * at + 2];
    const isRight = right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = last;
}
