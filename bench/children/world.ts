import { startWorld } from "../../local/main.ts";
import { functionEnvironment } from "../../test/support/functions.ts";

/** A local world in a process of its own; it says what a bot needs to know, and lives until it is killed. */
const world = await startWorld({
  ...{ port: 0, home: null, stepMs: 30, srtPort: 0, rtmpPort: 0, media: false },
  log: () => undefined,
});
const { PATCHBAY_STACKS = "" } = world.environment;
console.log(JSON.stringify({ functions: functionEnvironment(world), stacks: PATCHBAY_STACKS }));
