import type { Deadlines } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryDeadlines = Deadlines & {
  at(channelId: string): Date | null;
  all(): Record<string, Date>;
  /** Takes those that are due, as AWS does when it carries them out. */
  takeDue(now: Date): string[];
};

/** One-shot stops that the outside world keeps. */
export function memoryDeadlines(outside: Outside): MemoryDeadlines {
  const kept = new Map<string, Date>();
  return {
    set: (channelId, at) => outside.pass("deadlines.set", () => void kept.set(channelId, at)),
    clear: (channelId) => outside.pass("deadlines.clear", () => void kept.delete(channelId)),
    at: (channelId) => kept.get(channelId) ?? null,
    all: () => Object.fromEntries(kept),
    takeDue(now) {
      const due = [...kept].filter(([, at]) => at <= now).map(([channelId]) => channelId);
      for (const channelId of due) kept.delete(channelId);
      return due;
    },
  };
}
