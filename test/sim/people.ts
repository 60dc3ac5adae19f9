import { commands } from "../../src/commands/index.ts";
import type { CommandLine } from "../../src/commands/run.ts";
import type { Role } from "../../src/domain/role.ts";
import { OpsError } from "../../src/errors.ts";
import type { Faults } from "./faults.ts";
import type { Instance } from "./instance.ts";
import type { SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

export type PeopleParts = {
  options: SimOptions;
  timeline: Timeline;
  random: Random;
  faults: Faults;
  trace: Trace;
  /** The instances that live at present. */
  instances(): readonly Instance[];
  /** A broadcast begins that should last so long. */
  onBroadcast(lengthMs: number): void;
  onBroken(what: string, error: unknown): void;
};

const minute = 60_000;
const hour = 60 * minute;
const asker = (id: string, name: string, role: Role) => ({ id, name, role });
const people = [asker("U0ANA", "Ana", "operator"), asker("U0BEN", "Ben", "admin")];
const guest = asker("U0VIC", "Vic", "viewer");

/** People who run broadcasts, change their minds, press twice, and now and then type what they may not. */
export function createPeople(parts: PeopleParts) {
  const { options, timeline, random, faults, trace } = parts;
  let typed = 0;

  /** Types one line to one instance; when none lives or it dies on the way, that is all. */
  function say(text: string, by: CommandLine["asker"] = random.pick(people)): void {
    const living = parts.instances();
    if (living.length === 0) return;
    faults.stir(random.between(2, 6));
    const twice = !faults.isCalm() && random.chance(options.faults["double-click"] * 0.2);
    if (twice) faults.note("double-click");
    for (let times = twice ? 2 : 1; times > 0; times--) {
      const { process, run } = random.pick(living);
      typed += 1;
      trace.add(timeline.now(), "types", `${by.name} ${process.id} ${text}`);
      process.after(random.below(3), () => {
        run({ text, asker: by, confirmed: true, seen: null }).catch((error: unknown) => {
          if (!(error instanceof OpsError)) parts.onBroken(text, error);
        });
      });
    }
  }

  const chosen = (): string =>
    random.chance(0.4) ? "all" : options.platforms.filter(() => random.chance(0.6)).join(" ");
  const later = (ms: number, probability: number, text: () => string) => {
    if (random.chance(probability)) timeline.after(ms, () => say(text()));
  };

  function broadcast(): void {
    const names = chosen();
    if (names === "") return;
    const lengthMs = random.between(20 * minute, 4 * hour);
    parts.onBroadcast(lengthMs);
    say(`start ${names} ${endWords(lengthMs)}`.trim());
    if (random.chance(0.02)) say(`start ${names}`, guest);
    later(random.below(5), 0.1, () => `start ${names}`);
    for (let count = 0; count < 3; count++) later(random.between(0, lengthMs), 0.5, change);
    later(lengthMs * random.between(0.5, 1.1), 0.6, () => "stop all");
    later(random.below(20_000), 0.15, () => `stop ${names}`);
  }

  function endWords(lengthMs: number): string {
    const minutes = Math.round(lengthMs / minute);
    return random.pick(["", `for ${minutes}m`, `for ${Math.ceil(minutes / 60)}h`, "until 23:30"]);
  }

  function change(): string {
    const name = random.pick(options.platforms);
    const known = changes.filter(([verb]) => commands.some((each) => each.verb === verb));
    const [, words] = random.pick(known);
    return words(name, random);
  }

  return {
    /** Plans one day; `at` is its beginning. */
    plan(at: number): void {
      const share = options.broadcastsPerDay;
      for (let rest = share; rest > 0; rest -= 1) {
        if (!random.chance(rest)) continue;
        timeline.at(at + random.between(0, 24 * hour), () => {
          if (!faults.isCalm()) broadcast();
        });
      }
    },
    /** Types a line for somebody who plans; what only admins may is typed by one. */
    say: (text: string, admin = false) => say(text, admin ? people[1] : undefined),
    typed: () => typed,
  };
}

/** What people say in the middle of a broadcast, by verb; a verb that the product has not is not said. */
const changes: readonly (readonly [string, (name: string, random: Random) => string])[] = [
  ["stop", (name) => `stop ${name}`],
  ["stop", (name) => `stop ${name}`],
  ["start", (name) => `start ${name}`],
  ["start", (name, random) => `start ${name} for ${random.pick(["30m", "2h", "90m"])}`],
  ["status", () => "status"],
  ["extend", (name, random) => `extend ${name} ${random.pick(["30m", "1h", "2h"])}`],
  ["hold", (name, random) => `hold ${name} for ${random.pick(["30m", "1h"])} the guest is late`],
  ["release", (name) => `release ${name}`],
];
