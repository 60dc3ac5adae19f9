import { TZDate } from "@date-fns/tz";
import { canStart, isBilledRunning, toChannelState } from "../../../src/domain/channel.ts";
import {
  autoShutdown,
  type Destination,
  type DestinationChange,
} from "../../../src/domain/destination.ts";
import { showIdFrom } from "../../../src/domain/session.ts";
import type { SiteMemory } from "../../../src/domain/site.ts";
import { wallDate } from "../../../src/domain/wall-time.ts";
import { lastCallPrefix } from "../../../src/domain/watch/last-call.ts";
import type { Fate } from "../faults.ts";
import type { SimProcess } from "../process.ts";
import type { Call } from "../ways.ts";
import { type CheckContext, type Checker, channelOf, rowsOf } from "./context.ts";

/** What feels the situations also hears the minutes, the ticks of processes and the end. */
export type Feeler = Checker & {
  minute?(): void;
  ticked?(process: SimProcess): void;
  end?(): void;
};
/** Notes which of the situations come about; it judges nothing. */
export const situationFeelers = (parts: CheckContext): Feeler[] => [
  startFeeler(parts),
  endFeeler(parts),
  deathFeeler(parts),
  turnFeeler(parts),
  rivalFeeler(parts),
  sourceFeeler(parts),
  calendarFeeler(parts),
];

const minuteMs = 60_000;
const severalMs = 85_000;

const isRecord = ({ name, args }: Call): boolean =>
  name === "destinations.update" &&
  (args[1] as DestinationChange | undefined)?.attempt?.outcome === "unknown";

function startFeeler({ world, faults, reached }: CheckContext): Feeler {
  const lost = new Set<string>();
  const before = new Map<string, string>();

  function entered(channelId: string, state: string): void {
    const rows = rowsOf(world, channelId);
    const isWanted = rows.some(({ desired }) => desired === "on");
    const fallsBack = before.get(channelId) === "starting" && state === "idle";
    if (fallsBack && isWanted) reached("a start falls back");
    if (state === "starting" && rows.length > 0 && !isWanted)
      reached("a start takes effect after its stop");
    if (state === "idle") lost.delete(channelId);
    before.set(channelId, state);
  }
  return {
    watcher: {
      channelEntered({ channelId, state }, due) {
        entered(channelId, state);
        const lasts = due === null ? 0 : due.getTime() - world.outside.clock.now().getTime();
        if (state !== "starting" || lasts <= severalMs) return;
        faults.note("start-slow", "channels.start");
        reached("a start takes several minutes");
      },
      rowWritten(row, old) {
        if (row.phase !== "running" || old?.phase === "running") return;
        if (lost.delete(channelOf(row)))
          reached("a start is found in effect whose answer was lost");
      },
    },
    listener: {
      met(_, { name, args }, { effect, error }) {
        if (name === "channels.start" && effect && error !== null) lost.add(String(args[0]));
      },
      sent(_, { name, args }) {
        if (name !== "channels.start") return;
        const { state } = world.history.now(String(args[0])) ?? { state: "deleted" };
        if (!canStart(toChannelState(state)))
          reached("a start is refused because an earlier one is in effect");
      },
    },
  };
}

function endFeeler({ world, timeline, faults, isServed, reached }: CheckContext): Feeler {
  return {
    watcher: {
      rowWritten(row, before) {
        if (before?.desired !== "on" || row.desired !== "off") return;
        if (row.intent?.by.id === autoShutdown.id) reached("a last call ends in a stop");
        if (faults.isOut("media")) reached("a stop is asked while AWS is out");
      },
    },
    listener: {
      sent(_, { name, args }) {
        if (name === "siteMemory.write" && (args[0] as SiteMemory).strangers.length > 0)
          reached("a stranger is adopted");
        if (name === "announcements.add" && (args[0] as { key: string }).key.startsWith("budget_"))
          reached("a step of the budget is announced");
      },
    },
    minute() {
      if (isServed()) return;
      const now = timeline.now();
      const hasEnded = ({ desired, leaseUntil }: Destination): boolean =>
        desired === "on" &&
        leaseUntil !== null &&
        leaseUntil.getTime() <= now &&
        leaseUntil.getTime() > now - minuteMs;
      if (world.destinations.all().some(hasEnded)) reached("nobody lives when a lease ends");
    },
  };
}

/** What a message's note is written by. */
const notes = new Set(["broadcasts.told", "broadcasts.saveCard", "announcements.noteShown"]);

function deathFeeler({ reached }: CheckContext): Feeler {
  function dies(call: Call, when: NonNullable<Fate["process"]>): void {
    const isStart = call.name === "channels.start";
    if ((isStart && when === "dies-before") || (isRecord(call) && when === "dies-after"))
      reached("a process dies between the record of a start and its call");
    if (isStart && when === "dies-after") reached("a process dies between a start and its note");
    if (notes.has(call.name) && when === "dies-before")
      reached("a process dies between a post and its note");
  }
  return {
    listener: {
      met(_, call, { process: fate }) {
        if (fate !== null) dies(call, fate);
      },
    },
  };
}

function turnFeeler({ reached }: CheckContext): Feeler {
  const overtaken = new Set<SimProcess>();
  let holder: SimProcess | null = null;
  return {
    listener: {
      sent(process) {
        if (overtaken.size > 0 && overtaken.delete(process))
          reached("a paused process wakes after another took its turn to speak");
      },
      answered(process, { name, args: [key, words] }) {
        if (name !== "notes.write" || key !== "turn#slack") return;
        if (holder !== process && holder?.isAlive() && holder.isPaused()) overtaken.add(holder);
        holder = words === null ? null : process;
      },
    },
  };
}

function rivalFeeler({ world, timeline, reached }: CheckContext): Feeler {
  let last: { process: SimProcess; minute: number } | null = null;
  return {
    listener: {
      sent(_, { name, args }) {
        if (name !== "destinations.update") return;
        const [{ id, version }] = args as [Destination];
        if (world.destinations.get(id).version !== version)
          reached("two processes write one row at once");
      },
    },
    ticked(process) {
      const minute = Math.floor(timeline.now() / minuteMs);
      if (last !== null && last.process !== process && last.minute === minute)
        reached("two processes have the same tick");
      last = { process, minute };
    },
  };
}

function sourceFeeler({ world, reached }: CheckContext): Feeler {
  let wasLost = false;
  return {
    minute() {
      const isLost = world.sourceLostAt() !== null;
      const isBack = wasLost && !isLost;
      wasLost = isLost;
      const isCall = ({ key, open }: { key: string; open: boolean }) =>
        open && key.startsWith(lastCallPrefix);
      if (isBack && world.announcements.all().some(isCall))
        reached("a source comes back within a last call");
    },
  };
}

function calendarFeeler({ world, timeline, options, faults, reached }: CheckContext): Feeler {
  const { zone } = options.policy;
  let wasCalm = true;

  const offsetAt = (ms: number): number => new TZDate(ms, zone).getTimezoneOffset();
  const crosses = ({ leaseUntil }: Destination): boolean =>
    leaseUntil !== null && offsetAt(timeline.now()) !== offsetAt(leaseUntil.getTime());
  return {
    watcher: {
      rowWritten(row, before) {
        if (row.phase !== "running" || before?.phase === "running" || !crosses(row)) return;
        reached("a lease crosses a clock change");
        if (showIdFrom(row.intent?.id ?? "") !== null) reached("a show crosses a clock change");
      },
    },
    minute() {
      const comes = faults.isCalm() && !wasCalm;
      wasCalm = faults.isCalm();
      if (comes && world.history.all().some(({ state }) => isBilledRunning(state)))
        reached("calm comes in the middle of a broadcast");
    },
    end() {
      const monthOf = (at: Date) => wallDate(at, zone).slice(0, 7);
      for (const { startedAt, endedAt } of world.sessions.all())
        if (endedAt !== null && monthOf(startedAt) !== monthOf(endedAt))
          reached("a run crosses the end of a month");
    },
  };
}
