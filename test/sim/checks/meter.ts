import { billedOnce } from "../../../src/domain/cost/billed-once.ts";
import { meterPeriod } from "../../../src/domain/cost/meter.ts";
import { nextPeriod, type Period, periodAt } from "../../../src/domain/cost/period.ts";
import { billedMinutes, meterSession } from "../../../src/domain/cost/session-meter.ts";
import { deadlineSwitch } from "../../../src/domain/destination.ts";
import type { Session, SessionChange } from "../../../src/domain/session.ts";
import type { CheckContext, Checker } from "./context.ts";

const minuteMs = 60_000;
/** By how much one run may be metered wrong: a look may fail some times in a row before it shows what is. */
const mostMinutes = 5;
/** And all of them on average. */
const meanMinutes = 1;

/** One run of a channel as AWS bills it: from the accepted StartChannel until it is idle again. */
type Run = {
  channelId: string;
  from: number;
  to: number | null;
  /** Started in the console: it is metered from when it is seen. */
  byHand: boolean;
  /** What was excused until it began, and until its end. */
  excusedBefore: number;
  excusedMs: number;
};

/** M7 meter: what patchbay has metered against what AWS would bill, and its months against their sessions. */
export function meterChecker(context: CheckContext) {
  const { world, timeline, options, violations, excusedMs } = context;
  const { entered, sends, runs } = createRuns(context);
  const excusedAtEnd = new Map<string, number>();

  const checker: Checker = {
    watcher: { channelEntered: ({ channelId, state }) => entered(channelId, state) },
    listener: {
      sent(_, { name, args }) {
        if (name === "channels.start") sends(String(args[0]));
        const [id, change] = args as [string, SessionChange];
        if (name === "sessions.amend" && change.endedAt) excusedAtEnd.set(id, excusedMs());
      },
    },
  };

  /** By how many minutes a run is metered wrong, without what nobody could see. */
  function errorOf(run: Run, sessions: readonly Billed[]): number {
    const own = sessions.filter((each) => meets(each, run, options.maxSkewMs));
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined || run.to === null) return 0;
    const unseenMs = run.byHand ? Math.max(0, first.from - run.from) : 0;
    const metered = own.reduce((sum, each) => sum + billedMinutes(lengthIn(run, each)), 0);
    const billed = billedMinutes(run.to - run.from - unseenMs);
    const excused = ((excusedAtEnd.get(last.id) ?? 0) - run.excusedMs) / minuteMs;
    // An outage that keeps the switch from its stop also hides from patchbay when it came.
    const hidden = last.bySwitch ? (run.excusedMs - run.excusedBefore) / minuteMs : 0;
    const clocks = (2 * options.maxSkewMs) / minuteMs + own.length;
    return Math.max(0, Math.abs(metered - billed) - Math.max(0, excused, hidden) - clocks);
  }

  /** One session may go on over two runs, of which nobody saw the pause. */
  function lengthIn(run: Run, each: Billed): number {
    const others = runs.filter((other) => other !== run && meets(each, other, options.maxSkewMs));
    const from = others.some((other) => other.from < run.from)
      ? Math.max(run.from, each.from)
      : each.from;
    const isCut = others.some((other) => other.from > run.from);
    return (isCut ? Math.min(run.to ?? each.to, each.to) : each.to) - from;
  }

  function judgeRuns(sessions: readonly Billed[]): void {
    let total = 0;
    for (const run of runs) {
      const isMetered = sessions.some((each) => meets(each, run));
      const minutes = errorOf(run, sessions);
      total += minutes;
      const when = `${run.channelId} from ${new Date(run.from).toISOString()}`;
      violations.check(
        isMetered || seeableMs(run) < mostMinutes * minuteMs,
        "M7 meter",
        () => `no session meters the run of ${when}`,
      );
      violations.check(
        minutes <= mostMinutes,
        "M7 meter",
        () => `the run of ${when} is metered wrong by ${minutes} min`,
      );
    }
    violations.check(
      total <= mostMinutes + meanMinutes * runs.length,
      "M7 meter",
      () => `${runs.length} runs are metered wrong by ${total} min`,
    );
  }

  return {
    ...checker,
    /** When all is over and calm: sessions that still go on are counted until now. */
    end(): void {
      const now = new Date(timeline.now());
      const all = world.sessions.all();
      judgeRuns(billedIn(all, now));
      judgeMonths(all, context);
    },
  };
}

type Billed = {
  id: string;
  channelId: string | null;
  from: number;
  to: number;
  bySwitch: boolean;
};

/** For how long somebody could have seen a run that is over. */
const seeableMs = ({ from, to, excusedMs, excusedBefore }: Run): number =>
  to === null ? 0 : to - from - (excusedMs - excusedBefore);

/**
 * Ledgers keep whole milliseconds: what begins in a run's last one belongs to the next run; so does what reaches into a run
 * by no more than two clocks may differ.
 */
const meets = ({ channelId, from, to }: Billed, run: Run, skewMs = 0): boolean =>
  channelId === run.channelId &&
  from + 1 + 2 * skewMs < (run.to ?? to) &&
  to > run.from + 2 * skewMs;

const billedIn = (sessions: readonly Session[], now: Date): Billed[] =>
  billedOnce(sessions, now)
    .flatMap(({ id, channelId, billedFrom, endedAt, endedBy }) => {
      if (billedFrom === null) return [];
      const [from, to] = [billedFrom.getTime(), (endedAt ?? now).getTime()];
      return [{ id, channelId, from, to, bySwitch: endedBy?.id === deadlineSwitch.id }];
    })
    .toSorted((left, right) => left.from - right.from);

/** Keeps the runs of all channels as they really were. */
function createRuns({ timeline, excusedMs }: CheckContext) {
  const runs: Run[] = [];
  const open = new Map<string, Run>();
  let sent = { channelId: "", at: 0 };

  function begin(channelId: string): void {
    const byHand = sent.channelId !== channelId || sent.at !== timeline.now();
    const from = timeline.now();
    const run = { channelId, from, to: null, byHand, excusedBefore: excusedMs(), excusedMs: 0 };
    runs.push(run);
    open.set(channelId, run);
  }
  function end(channelId: string, run: Run): void {
    run.to = timeline.now();
    run.excusedMs = excusedMs();
    open.delete(channelId);
  }
  return {
    runs,
    /** A process asks AWS to start it, at this very moment. */
    sends(channelId: string): void {
      sent = { channelId, at: timeline.now() };
    },
    entered(channelId: string, state: string): void {
      const run = open.get(channelId);
      if (run === undefined && state === "starting") begin(channelId);
      if (run !== undefined && (state === "idle" || state === "deleted")) end(channelId, run);
    },
  };
}

/** The months that were lived add up to all that the sessions were metered for, to the minute. */
function judgeMonths(sessions: readonly Session[], context: CheckContext): void {
  const { world, timeline, options, violations } = context;
  const now = new Date(timeline.now());
  const pricing = { table: world.prices, now, sourceBitrateBps: null };
  const ledger = { sessions, spans: world.spans.all(), channelCount: 0, knownSince: now };
  const minutesOf = (month: Period): number =>
    meterPeriod(ledger, pricing, month).lines.reduce((sum, { minutes }) => sum + minutes, 0);
  let months = 0;
  const first = periodAt("month", new Date(options.startsAt), options.policy.zone);
  for (let month = first; month.from <= now; month = nextPeriod(month)) months += minutesOf(month);
  const whole = billedOnce(sessions, now).reduce(
    (sum, session) => sum + meterSession(session, pricing).minutes,
    0,
  );
  violations.check(
    months === whole,
    "M7 meter",
    () => `the months have ${months} min, their sessions ${whole}`,
  );
}
