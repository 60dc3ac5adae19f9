import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import type { Pace, Reconciler } from "./reconcile.ts";

/** How long the loop waits between passes, by pace, in milliseconds; `idle` only bounds a lost wake-up. */
export type LoopTimes = Record<Pace, number>;

/** Keeps one reconciler going: one pass at a time, at once when woken, and by its pace otherwise. */
export type Loop = {
  /** Asks for a pass as soon as the present one is over; resolves when it is over too, or the loop has ended. */
  wake(): Promise<void>;
  /** Resolves when the last pass has found nothing on its way, or `ending` aborts. */
  settled(ending: AbortSignal): Promise<void>;
  /** Resolves when the first pass is over, well or badly: what happened meanwhile is then written down as it was. */
  firstPass: Promise<void>;
  /** When the last pass ended well; null before the first. */
  lastPassAt(): Date | null;
  /** Lets the present pass finish and ends the loop. */
  stop(): Promise<void>;
};

type Needs = Pick<Ports, "clock" | "log">;

/** Starts the loop with a first pass at once. A pass that fails is logged and repeated at the `soon` pace. */
export function startLoop(ports: Needs, reconciler: Reconciler, times: LoopTimes): Loop {
  let ended = false;
  let waking = new AbortController();
  let lastPassAt: Date | null = null;
  let pace: Pace = "soon";
  let asked: (() => void)[] = [];

  /** Answers those who have asked until now. */
  function answering(): () => void {
    const answers = asked;
    asked = [];
    return () => {
      for (const answer of answers) answer();
    };
  }

  async function pass(): Promise<void> {
    const answer = answering();
    try {
      ({ pace } = await reconciler.reconcile());
      lastPassAt = ports.clock.now();
    } catch (error) {
      const code = error instanceof OpsError ? error.code : "internal";
      ports.log.error("pass-failed", { code, message: String(error) });
      pace = "soon";
    } finally {
      answer();
    }
  }

  /** The next pass comes in its own time. */
  const nextPass = (ending: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      asked.push(resolve);
      ending.addEventListener("abort", () => resolve(), { once: true });
    });

  async function run(first: Promise<void>): Promise<void> {
    let passing = first;
    for (;;) {
      await passing;
      if (!ended) await ports.clock.sleep(times[pace], waking.signal);
      if (ended) return answering()();
      waking = new AbortController();
      passing = pass();
    }
  }

  const first = pass();
  const running = run(first);
  return {
    wake: () => {
      waking.abort();
      return ended ? running : new Promise((resolve) => asked.push(resolve));
    },
    settled: async (ending) => {
      await first;
      while (pace === "soon" && !ended && !ending.aborted) await nextPass(ending);
    },
    firstPass: first,
    lastPassAt: () => lastPassAt,
    stop: () => {
      ended = true;
      waking.abort();
      return running;
    },
  };
}
