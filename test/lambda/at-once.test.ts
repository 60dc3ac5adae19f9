import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { openWorker } from "../../src/lambda/worker.ts";
import { functionEnvironment, stubAwsEnvironment } from "../support/functions.ts";
import { aProduct } from "../support/product.ts";

const invocation = { awsRequestId: "1", getRemainingTimeInMillis: () => 40_000 };
/** On a busy machine every minute takes its time. */
const patience = 30_000;

/** A daemon, and two containers of the functions that act on the same world. */
async function allAtOnce() {
  const product = await aProduct();
  const environment = functionEnvironment(product.world);
  stubAwsEnvironment(environment);
  const config = parseConfig({
    ...environment,
    ...{ PATCHBAY_POLL_MS: "100", PATCHBAY_LOG: "error" },
  });
  const workers = await Promise.all([openWorker(config), openWorker(config)]);
  /** The same minute everywhere. */
  const minute = () =>
    Promise.all([product.tick(), ...workers.map((worker) => worker.tick(invocation))]);
  return { product, minute };
}

describe("a daemon and the functions at once", { timeout: 90_000 }, () => {
  it("start, end and say everything once", async () => {
    const { product, minute } = await allAtOnce();
    await using _ = product;
    const { console, world } = product;
    await console.post("/world/source", { connected: true });
    await console.type("/stream start twitch for 3m");
    await Promise.all([minute(), minute()]);
    await console.until(
      async () => expect((await console.card())?.text).toContain("Twitch: on air"),
      patience,
    );
    world.followClock(async () => void (await minute()));
    await console.post("/world/clock", { forwardMinutes: 6 });
    await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), patience);
    await console.until(async () => expect(world.world.data.clock.jump).toBeNull(), patience);
    await minute();

    const card = await console.card();
    await console.until(async () => {
      expect(await console.story(card?.ts ?? "")).toEqual([
        expect.stringContaining("Ana started Twitch"),
        expect.stringContaining("Twitch is running"),
        expect.stringContaining("its time was over"),
        expect.stringContaining("Twitch is off"),
      ]);
    }, patience);
    expect(await console.cards()).toHaveLength(1);
    const { events } = (await console.state()).world;
    const times = (state: string) =>
      events.filter(({ text }) => text === `patchbay-twitch is ${state}`).length;
    expect([times("STARTING"), times("STOPPING")]).toEqual([1, 1]);
  });
});
