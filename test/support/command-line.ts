import type { Reply } from "../../src/commands/reply.ts";
import { type CommandLine, createCommands } from "../../src/commands/run.ts";
import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import type { Role } from "../../src/domain/role.ts";
import type { Text } from "../../src/domain/text.ts";
import { createManager } from "../../src/manager/manager.ts";
import { ana, ben } from "./builders.ts";
import { aWorld, type WorldOptions } from "./world.ts";

export const operator = { ...ana, role: "operator" as Role };
export const otherOperator = { ...ben, role: "operator" as Role };
export const viewer = { id: "U0VIC", name: "Vic", role: "viewer" as Role };

/** All commands over a world in memory: `run` is one line typed by Ana, unless it says otherwise. */
export function aCommandLine(options: WorldOptions & { policy?: Partial<Policy> } = {}) {
  const world = aWorld(options);
  const policy = { ...defaultPolicy, ...options.policy };
  const manager = createManager(world.ports, policy, () => {});
  const commands = createCommands({ ...manager, policy, now: world.clock.now });
  const run = (text: string, more: Partial<Omit<CommandLine, "text">> = {}) =>
    commands.run({ text, asker: operator, confirmed: false, seen: null, ...more });
  /** Lets the loop work for a while, with a pass every second. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      await manager.reconcile();
      await world.clock.advance(1_000);
    }
    await manager.reconcile();
  };
  return { world, manager, run, pass };
}

const clockTime = (at: Date): string => at.toISOString().slice(11, 16);

/** A sentence as a test reads it: names as `*name*`, instants as UTC clock times. */
export const inWords = (text: Text): string =>
  text
    .map((part) => {
      if (typeof part === "string") return part;
      if ("time" in part) return clockTime(part.time);
      return "code" in part ? `\`${part.code}\`` : `*${part.strong}*`;
    })
    .join("");

/** The lines of an answer that consists of lines. */
export const linesOf = (reply: Reply): string[] =>
  reply.kind === "lines" ? reply.lines.map(inWords) : [`not lines but ${reply.kind}`];

/** The buttons under an answer, as `label → command`. */
export const buttonsOf = (reply: Reply): string[] =>
  reply.kind === "lines" ? reply.buttons.map(({ label, command }) => `${label} → ${command}`) : [];
