import { consoleDriver } from "./console-driver.ts";
import { aHome, aProgram, type Program } from "./program.ts";
import { aStartedWorld } from "./started-world.ts";

/** The local world in this process and, once started, the bot in one of its own. */
export async function aWorldForBots(stepMs = 100) {
  const home = await aHome();
  const world = await aStartedWorld({ home, stepMs, clockPaceMs: 100 });
  const happened: string[] = [];
  let newest: unknown;
  // The world keeps only its latest events.
  world.world.onChange(() => {
    const event = world.world.data.events.at(-1);
    if (event !== undefined && event !== newest) happened.push(event.text);
    newest = event;
  });
  const environment = { LOCAL_PORT: String(world.port) };
  return {
    world,
    console: consoleDriver(world.url),
    /** A bot that has just been started; it may not be connected yet. */
    startBot: (own: Record<string, string> = {}): Program =>
      aProgram({ run: "start bot", home, environment: { ...environment, ...own } }),
    /** How often the world saw this happen to a channel. */
    times: (platform: string, state: string) =>
      happened.filter((text) => text === `patchbay-${platform} is ${state}`).length,
  };
}
