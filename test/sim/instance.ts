import type { CommandLine } from "../../src/commands/run.ts";
import { createCommands } from "../../src/commands/run.ts";
import { OpsError } from "../../src/errors.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import type { Intents, Outcome } from "../../src/manager/intents.ts";
import { createManager } from "../../src/manager/manager.ts";
import type { Ports } from "../../src/manager/ports.ts";
import type { Pace } from "../../src/manager/reconcile.ts";
import type { Faults } from "./faults.ts";
import type { SimOptions } from "./options.ts";
import type { SimProcess } from "./process.ts";
import type { Random } from "./random.ts";

/** One running product: its loop, its minute tick, and its door for commands. */
export type Instance = {
  process: SimProcess;
  /** Throws what the command throws; never ends when the process dies on the way. */
  run(line: CommandLine): Promise<unknown>;
};

type Parts = {
  ports: Ports;
  options: SimOptions;
  faults: Faults;
  random: Random;
  /** Told of everything that a person was told is done. */
  acknowledged(outcomes: readonly Outcome[]): void;
  onTick(): void;
  /** True while nothing goes on and nothing has gone wrong. */
  isQuiet(): boolean;
  /** Something went wrong that no part of the product expects. */
  onBroken(what: string, error: unknown): void;
};

const minuteMs = 60_000;

/** Starts the product in a process, as its door does: the loop and the first tick at once. */
export function boot(process: SimProcess, parts: Parts): Instance {
  const { ports, options, faults, random, onTick, onBroken } = parts;
  const { clock } = ports;
  const rest = createRest(process, random);
  const manager = createManager(ports, options.policy, rest.wake);
  const { policy } = options;
  const intents = noted(manager.intents, parts.acknowledged);
  const commands = createCommands({ ...manager, intents, policy, now: clock.now });
  let ticking = false;

  /** As the doors do: a clock that may be wrong is put right before anything is decided by the time. */
  async function hearTime(): Promise<void> {
    if (options.faults["clock-step"] === 0) return;
    await manager.destinations().catch((error: unknown) => {
      if (!(error instanceof OpsError)) throw error;
    });
  }
  async function tick(): Promise<void> {
    if (ticking) return;
    ticking = true;
    onTick();
    await hearTime();
    await runDueJobs(clock.now(), { manager, ports, policy });
    ticking = false;
    rest.wake();
  }
  const fire = () => void tick().catch((error: unknown) => onBroken("tick", error));

  const isSkipped = (): boolean => {
    const index = Math.floor(clock.now().getTime() / minuteMs);
    return index % options.quietTickMinutes > 0 && parts.isQuiet();
  };

  function minute(): void {
    if (isSkipped()) return;
    const trouble = faults.isCalm() ? null : drawTickFault(options, random);
    if (trouble !== null) faults.note(trouble);
    if (trouble === "tick-late") process.after(random.between(1_000, 180_000), fire);
    else if (trouble !== "tick-missed") fire();
    if (trouble === "tick-twice") process.after(random.below(100), fire);
  }

  function everyMinute(): void {
    process.after(minuteMs - (clock.now().getTime() % minuteMs), () => {
      everyMinute();
      minute();
    });
  }

  async function pass(): Promise<Pace> {
    try {
      return (await manager.reconcile()).pace;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "OpsError") onBroken("pass", error);
      return "soon";
    }
  }

  async function passes(): Promise<never> {
    for (;;) await rest.for(options.pace[await pass()]);
  }

  everyMinute();
  fire();
  void passes();
  return { process, run: (line) => hearTime().then(() => commands.run(line)) };
}

/** The same verbs, whose outcomes are noted. */
function noted(intents: Intents, note: Parts["acknowledged"]): Intents {
  const entries = Object.entries(intents).map(([verb, act]) => [
    verb,
    async (request: never) => {
      const outcomes = await act(request);
      note(outcomes);
      return outcomes;
    },
  ]);
  return Object.fromEntries(entries) as Intents;
}

function drawTickFault({ faults }: SimOptions, random: Random) {
  const kinds = ["tick-missed", "tick-late", "tick-twice"] as const;
  const kind = random.pick(kinds);
  return random.chance(faults[kind] * 0.02) ? kind : null;
}

/** The wait between two passes, as `startLoop` has it, without its costly signals. */
function createRest(process: SimProcess, random: Random) {
  let woken = false;
  let ring: () => void = () => undefined;
  return {
    wake: () => {
      woken = true;
      ring();
    },
    for: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        ring = () => {
          woken = false;
          resolve();
        };
        if (woken) process.after(random.below(5), ring);
        else process.after(ms + random.between(1, 20), resolve);
      }),
  };
}
