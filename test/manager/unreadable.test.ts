import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { ana } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

describe("rows beside the destinations", () => {
  it("stops also while the broadcasts and the site's memory cannot be read", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    const silent = new OpsError("aws-unavailable", "AWS does not answer.");
    for (const call of ["broadcasts.latest", "siteMemory.read", "broadcasts.note"])
      world.failNext(call, silent, { times: 1_000 });
    await patchbay.live(1);
    expect(world.channels.stateOf("1003")).toBe("idle");
  });

  it("stops the flow also while the end of the broadcast cannot be written", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch");
    await patchbay.converge();
    await patchbay.stop("dest_twitch");
    const silent = new OpsError("aws-unavailable", "AWS does not answer.");
    world.failNext("broadcasts.end", silent, { times: 1_000 });
    await patchbay.live(15);
    expect(world.flows.stateOf()).toBe("standby");
    expect(world.broadcasts.all().map(({ endedAt }) => endedAt)).toEqual([null]);
  });

  it("says that a wish is accepted when its write took effect and only the answer was lost", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    const lost = new OpsError("timed-out", "AWS did not answer.");
    world.failNext("destinations.update", lost, { effect: true });
    expect(await patchbay.start("dest_twitch")).toMatchObject([
      { result: "accepted", error: null },
    ]);
  });

  it("does not start the flow for a start that can never be sent", async () => {
    const world = aWorld({ bindings: { channelByPlatform: { youtube: "1002" } } });
    await world.destinations.update(world.destinations.get("dest_twitch"), {
      desired: "on",
      phase: "accepted",
      intent: { id: "intent_x", by: ana, reason: null, at: world.clock.now() },
      leaseUntil: new Date(world.clock.now().getTime() + 3_600_000),
    });
    await aPatchbay(world).live(1);
    expect(world.calls.map(({ call }) => call)).not.toContain("start-flow");
    expect(world.destinations.get("dest_twitch").phase).toBe("failed");
  });

  it("carries out the other steps when one meets a fault of our own", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_twitch", "dest_youtube");
    await patchbay.converge();
    await patchbay.stop("dest_twitch", "dest_youtube");
    world.failNext("channels.stop", new TypeError("a fault of our own"));
    await expect(patchbay.pass()).rejects.toThrow("a fault of our own");
    const states = [world.channels.stateOf("1002"), world.channels.stateOf("1003")];
    expect(states.toSorted()).toEqual(["running", "stopping"]);
  });
});
