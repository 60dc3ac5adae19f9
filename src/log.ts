import type { Log, LogFields } from "./manager/ports.ts";

/** From most to least talkative. */
export const logLevels = ["info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * One JSON line an event on standard error; only the named fields, which are words and numbers, never objects. A trouble
 * that is met again and again is written once a minute, with the times it was met in between as `repeated`.
 */
export function createLog(least: LogLevel, now: () => Date): Log {
  const trouble = createRepeats();
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return;
      const at = now();
      const repeated = level === "info" ? 0 : trouble.repeated(JSON.stringify([event, fields]), at);
      if (repeated === null) return;
      const line = { at: at.toISOString(), level, event, ...fields };
      console.error(JSON.stringify(repeated === 0 ? line : { ...line, repeated }));
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

const quietMs = 60_000;

/** Counts what was said before: null while it should not be said again, otherwise how often it was left out. */
function createRepeats() {
  const said = new Map<string, { at: number; times: number }>();
  return {
    repeated(what: string, now: Date): number | null {
      const at = now.getTime();
      const last = said.get(what);
      if (last !== undefined && at - last.at < quietMs) {
        last.times += 1;
        return null;
      }
      for (const [old, { at: since }] of said) if (at - since >= quietMs) said.delete(old);
      said.set(what, { at, times: 0 });
      return last?.times ?? 0;
    },
  };
}

/** Says something to the person at the terminal. */
export const say = (line: string): void => console.log(line);
