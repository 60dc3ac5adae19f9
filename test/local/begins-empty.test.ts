import { expect, it } from "vitest";
import { startWorld } from "../../local/main.ts";
import { aHome } from "../support/program.ts";

const begin = (home: string, beginsEmpty: boolean) =>
  startWorld({
    ...{ home, beginsEmpty, port: 0, stepMs: 0, srtPort: 0, rtmpPort: 0, media: false },
    log: () => undefined,
  });

it("begins empty where nothing was before, and keeps a site that was", {
  timeout: 20_000,
}, async () => {
  const fresh = await begin(await aHome(), true);
  expect(fresh.world.data).toMatchObject({ flow: null, channels: {} });
  await fresh.close();
  const home = await aHome();
  await (await begin(home, false)).close();
  const again = await begin(home, true);
  expect(again.world.data.flow).not.toBeNull();
  await again.close();
});
