import { once } from "node:events";
import { runUntilSignal } from "../../src/door.ts";
import { OpsError } from "../../src/errors.ts";
import { say } from "../../src/log.ts";

// A process behind a door, to be sent signals. The argument says how it behaves; a line on standard input lets it go on.
const goOn = () => once(process.stdin, "data").then(() => process.stdin.pause());

/** Something open that keeps the process alive, as a server does, until it is closed. */
function opened(close: () => Promise<void>) {
  say("open");
  const server = setInterval(() => {}, 60_000);
  return {
    close: async () => {
      await close();
      clearInterval(server);
    },
  };
}

const closesWell = () => Promise.resolve(say("closed"));

const behaviours: Record<string, Parameters<typeof runUntilSignal>[0]> = {
  works: async () => opened(closesWell),
  "opens slowly": async () => {
    say("opening");
    await goOn();
    return opened(closesWell);
  },
  "closes never": async () =>
    opened(() => {
      say("closing");
      return new Promise(() => {});
    }),
  "opens until told": async (ending) => {
    say("opening");
    const waiting = setInterval(() => {}, 60_000);
    await once(ending, "abort");
    clearInterval(waiting);
    say("told");
    return opened(closesWell);
  },
  "closes slowly": async () =>
    opened(async () => {
      say("closing");
      await goOn();
      await closesWell();
    }),
  "closes badly": async () =>
    opened(() => Promise.reject(new Error("The table cannot be reached."))),
  "opens badly": () =>
    Promise.reject(new OpsError("not-configured", "Port 4300 is taken; set PORT to another one.")),
  "throws no error": () => Promise.reject("nothing of use"),
  "loses its connection": async () => {
    void goOn().then(() => Promise.reject(new Error("The connection is gone.")));
    return opened(closesWell);
  },
  "throws in a callback": async () => {
    void goOn().then(() =>
      setImmediate(() => {
        throw Object.assign(new Error("The connection is gone."), { token: "xoxb-canary" });
      }),
    );
    return opened(closesWell);
  },
};

const behaviour = behaviours[process.argv[2] ?? ""];
if (behaviour !== undefined) await runUntilSignal(behaviour);
