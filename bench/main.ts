import { ack } from "./ack.ts";
import { cold } from "./cold.ts";
import { environment } from "./environment.ts";
import { endAll, makeRoom } from "./processes.ts";

const benches = { ack, cold };
const longestMs = 5 * 60_000;

/** `npm run bench -- cold` or `ack`: a table for people, and the same as one line of JSON at the end. */
async function run(name = ""): Promise<void> {
  if (!Object.hasOwn(benches, name)) {
    console.error(
      `There is no bench called ${name || "nothing"}; say ${Object.keys(benches).join(" or ")}.`,
    );
    process.exit(1);
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end(1));
  setTimeout(() => {
    console.error(
      `The bench was not done after ${longestMs / 60_000} minutes: the machine is too busy.`,
    );
    end(1);
  }, longestMs);
  makeRoom();
  const figures = await benches[name === "ack" ? "ack" : "cold"]();
  console.log(JSON.stringify({ bench: name, ...environment(), ...figures }));
  end(0);
}

function end(code: number): never {
  endAll();
  process.exit(code);
}

await run(process.argv[2]);
