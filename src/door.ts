import { once } from "node:events";
import { say } from "./log.ts";

/** Something that runs until it is closed. */
export type Closable = { close(): Promise<void> };

/** A Ctrl-C under npm arrives twice: from the terminal, and from npm itself a moment later. */
const oneSignalMs = 500;

/**
 * Opens something, closes it on Ctrl-C or SIGTERM, and exits 0: at the latest after 4.5 s, or when a second signal
 * hurries it. `ending` aborts with the signal, for what takes long to open. A failure to open is one sentence and exit 1.
 * What nobody caught ends the process, because a bot that has silently lost its connection is worse than one that a
 * supervisor restarts; only its message is shown, because Node would print all that an error carries.
 */
export async function runUntilSignal(
  open: (ending: AbortSignal) => Promise<Closable>,
): Promise<void> {
  quietSdk();
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  const ending = new AbortController();
  const ended = once(ending.signal, "abort");
  onSignals(() => ending.abort());
  try {
    const opening = open(ending.signal);
    await Promise.race([opening.then(() => ended), ended]);
    setTimeout(() => onSignals(() => process.exit(0)), oneSignalMs);
    await closeInTime(opening);
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

/** The listeners stay: a signal that nobody listens to would end the process on the spot. */
function onSignals(act: () => void): void {
  process.on("SIGINT", act);
  process.on("SIGTERM", act);
}

/** Node 20 is supported here on purpose until it is not by the SDK: its notice at each start helps nobody. */
export function quietSdk(): void {
  const others = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.message.startsWith("NodeVersionSupportWarning")) return;
    for (const listener of others) listener(warning);
  });
}

/** A signal may come while things are still being opened: they are closed as soon as they are open. */
async function closeInTime(opening: Promise<Closable>): Promise<void> {
  const late = setTimeout(() => process.exit(0), 4_500);
  const opened = await opening;
  await opened.close();
  clearTimeout(late);
}

function fail(reason: unknown): never {
  say(reason instanceof Error ? reason.message : "Something went wrong.");
  process.exit(1);
}
