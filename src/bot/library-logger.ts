import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../manager/ports.ts";

/**
 * What Slack's libraries may say in our log: only the plain words that a warning begins with, and Slack's error code.
 * The rest of their lines holds payloads, addresses with tickets, and tokens, and everything below a warning is dropped.
 */
export function libraryLogger(log: Log): Logger {
  const at =
    (level: "warn" | "error") =>
    (...said: unknown[]) =>
      log[level]("slack-library", { says: opening(said), code: errorCode(said) });
  const silent = () => undefined;
  return {
    debug: silent,
    info: silent,
    warn: at("warn"),
    error: at("error"),
    setLevel: silent,
    setName: silent,
    getLevel: () => LogLevel.WARN,
  };
}

const opening = ([first]: readonly unknown[]): string =>
  /^(?!xox|xapp)[A-Za-z' ]{1,80}/.exec(String(first))?.[0].trim() ?? "";

/** The code in "An API error occurred: invalid_auth" (@slack/web-api 8.2.0, errors). */
const errorCode = (said: readonly unknown[]): string | undefined =>
  /An API error occurred: ([a-z_]{1,60})/.exec(said.map(String).join(" "))?.[1];
