import type { Log, LogFields } from "./manager/ports.ts";

/** From most to least talkative. */
export const logLevels = ["info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** One JSON line an event on standard error; only the named fields, which are words and numbers, never objects. */
export function createLog(least: LogLevel, now: () => Date): Log {
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return;
      console.error(JSON.stringify({ at: now().toISOString(), level, event, ...fields }));
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/** Says something to the person at the terminal. */
export const say = (line: string): void => console.log(line);
