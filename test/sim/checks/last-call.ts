import { autoShutdown, budgetCap, type Destination } from "../../../src/domain/destination.ts";
import type { CheckContext, Checker } from "./context.ts";

const minuteMs = 60_000;

/** M5 for what stops a show by rule: a last call stood before it, and its grace had passed; the primary is not capped. */
export function lastCallChecker(context: CheckContext): Checker {
  const { timeline, options, violations } = context;
  const calledAt = new Map<string, number>();
  const shownAt = new Map<string, number>();
  const graceMs = options.policy.graceMinutes * minuteMs - 2 * options.maxSkewMs - minuteMs;

  const isOver = (at: number | undefined): boolean =>
    at !== undefined && timeline.now() - at >= graceMs;

  function isCapped(row: Destination, before: Destination): boolean {
    const own = [...shownAt].filter(
      ([key]) => key.includes("_cap_") && key.endsWith(`_${before.intent?.id}`),
    );
    return row.kind !== "primary" && own.some(([, at]) => isOver(at));
  }
  /** A call is for all that ran when the source was lost, or for one intent. */
  function isCalled({ intent }: Destination): boolean {
    return [...calledAt].some(
      ([key, at]) =>
        key.startsWith("last-call.") &&
        isOver(at) &&
        (isForAll(key) || key.endsWith(`.${intent?.id}`)),
    );
  }

  return {
    watcher: {
      rowWritten(row, before) {
        if (before?.desired !== "on" || row.desired !== "off") return;
        const by = row.intent?.by.id;
        const isCap = by === budgetCap.id;
        violations.check(
          !(isCap || by === autoShutdown.id) || (isCap ? isCapped(row, before) : isCalled(before)),
          "M5 no-surprise-stop",
          () => `${row.id} is stopped by ${by} (${row.intent?.reason}) without a last call`,
        );
      },
    },
    listener: {
      sent(_, { name, args }) {
        const now = timeline.now();
        if (name === "announcements.add")
          keepFirst(calledAt, (args[0] as { key: string }).key, now);
        if (name === "announcements.noteShown") keepFirst(shownAt, String(args[0]), now);
      },
    },
  };
}

const isForAll = (key: string): boolean => /^last-call\.[^.]+\.\d+Z$/.test(key);

/** The latest calls are enough: they are few in a day. */
const mostKept = 200;

function keepFirst(times: Map<string, number>, key: string, now: number): void {
  if (!/_cap_|^last-call\./.test(key) || times.has(key)) return;
  times.set(key, now);
  const [oldest] = times.keys();
  if (times.size > mostKept && oldest !== undefined) times.delete(oldest);
}
