import { onTestFinished } from "vitest";
import { type LocalWorld, startWorld } from "../../local/main.ts";

type Settings = Partial<Parameters<typeof startWorld>[0]>;

/** A local world behind its port for one test, in memory and without real media unless told otherwise. */
export async function aStartedWorld(settings: Settings = {}): Promise<LocalWorld> {
  const world = await startWorld({
    ...{ port: 0, home: null, stepMs: 10, srtPort: 0, rtmpPort: 0, media: false },
    log: () => undefined,
    ...settings,
  });
  onTestFinished(() => world.close());
  return world;
}
