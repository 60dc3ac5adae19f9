import { ack } from "./ack.ts";
import { cold } from "./cold.ts";
import { environment } from "./environment.ts";

const benches = { ack, cold };

/** `npm run bench -- cold` or `ack`: a table for people, and the same as one line of JSON at the end. */
async function run(name = ""): Promise<void> {
  if (!Object.hasOwn(benches, name)) {
    console.error(
      `There is no bench called ${name || "nothing"}; say ${Object.keys(benches).join(" or ")}.`,
    );
    process.exit(1);
  }
  const figures = await benches[name === "ack" ? "ack" : "cold"]();
  console.log(JSON.stringify({ bench: name, ...environment(), ...figures }));
  process.exit(0);
}

await run(process.argv[2]);
