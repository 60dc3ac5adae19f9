import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { createManager } from "../../src/manager/manager.ts";
import { aDestination, ana, siteNow } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const conflict = new OpsError("conflict", "Somebody else changed this destination in between.");

describe("a wish", () => {
  it("T2 no lost intent: is in the table when it is accepted, with who, what, why and until", async () => {
    const world = aWorld();
    const { manager } = aPatchbay(world);
    const until = addMinutes(siteNow, 90);
    const [outcome] = await manager.intents.start({
      destinationIds: ["dest_twitch"],
      by: ana,
      reason: "evening show",
      until,
    });
    expect(outcome).toMatchObject({ result: "accepted", error: null, cappedBy: null });
    expect(world.destinations.get("dest_twitch")).toEqual(outcome?.destination);
    expect(outcome?.destination).toMatchObject({
      desired: "on",
      phase: "accepted",
      leaseUntil: until,
      intent: { by: ana, reason: "evening show", at: siteNow },
      version: 1,
    });
  });

  it("answers for each destination by itself", async () => {
    const rows = [
      aDestination(),
      aDestination({ platform: "youtube", enabled: false }),
      aDestination({ platform: "linkedin" }),
    ];
    const world = aWorld({ destinations: rows });
    const { start } = aPatchbay(world);
    await start("dest_twitch");
    const outcomes = await start("dest_twitch", "dest_youtube", "dest_linkedin");
    expect(outcomes.map(({ result, error }) => [result, error?.code ?? null])).toEqual([
      ["already", null],
      ["refused", "not-allowed"],
      ["accepted", null],
    ]);
    expect(world.destinations.get("dest_youtube").version).toBe(0);
  });

  it("says which limit made its lease shorter", async () => {
    const world = aWorld();
    const { startUntil } = aPatchbay(world, { policy: { maxLeaseMinutes: 60 } });
    const [outcome] = await startUntil(addMinutes(siteNow, 90), "dest_twitch");
    expect(outcome?.cappedBy).toBe("this site's limit");
    expect(outcome?.destination.leaseUntil).toEqual(addMinutes(siteNow, 60));
  });

  it("T3 monotone: is decided again on the row as it is when somebody else wrote in between", async () => {
    const world = aWorld();
    const { start } = aPatchbay(world);
    world.failNext("destinations.update", conflict, { times: 4 });
    const [outcome] = await start("dest_twitch");
    expect(outcome?.result).toBe("accepted");
  });

  it("T2 no lost intent: is refused after five of those, and can be tried again", async () => {
    const world = aWorld();
    const { start } = aPatchbay(world);
    world.failNext("destinations.update", conflict, { times: 5 });
    const [outcome] = await start("dest_twitch");
    expect(outcome).toMatchObject({
      result: "refused",
      error: { code: "conflict", hint: "Try again." },
    });
    expect(world.destinations.get("dest_twitch").desired).toBe("off");
  });

  it("T2 no lost intent: is refused when its row cannot be written, and only for that row", async () => {
    const world = aWorld();
    const { start } = aPatchbay(world);
    const down = new OpsError("aws-unavailable", "No table.");
    world.failNext("destinations.update", down);
    const outcomes = await start("dest_twitch", "dest_youtube");
    const errors = outcomes.map(({ result, error }) => [result, error]);
    expect(errors).toContainEqual(["refused", down]);
    expect(errors).toContainEqual(["accepted", null]);
  });

  it("T2 no lost intent: fails visibly when the rows cannot be read, or its row is gone", async () => {
    const world = aWorld();
    const { start } = aPatchbay(world);
    const down = new OpsError("aws-unavailable", "No table.");
    world.failNext("destinations.list", down);
    await expect(start("dest_twitch")).rejects.toBe(down);
    await expect(start("dest_gone")).rejects.toMatchObject({ code: "not-found" });
  });

  it("M4 stop-wins: is accepted as a stop while the site's resources cannot be read", async () => {
    const world = aWorld();
    const { start, stop } = aPatchbay(world);
    await start("dest_twitch");
    world.bindings.miss("The stack");
    const [outcome] = await stop("dest_twitch");
    expect(outcome).toMatchObject({ result: "accepted", destination: { desired: "off" } });
    await expect(start("dest_youtube")).rejects.toMatchObject({ code: "not-configured" });
  });

  it("is one wish when its answer was lost and it is sent again", async () => {
    const world = aWorld();
    const { start } = aPatchbay(world);
    world.failNext("destinations.update", new OpsError("timed-out", "No answer."), {
      effect: true,
    });
    const [lost] = await start("dest_twitch");
    expect(lost).toMatchObject({ result: "accepted", error: null });
    const [outcome] = await start("dest_twitch");
    expect([outcome?.result, outcome?.destination.version]).toEqual(["already", 1]);
  });

  it("wakes the loop, whatever became of it", async () => {
    const { ports, failNext } = aWorld();
    let woken = 0;
    const manager = createManager(ports, defaultPolicy, () => {
      woken += 1;
    });
    const request = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: null };
    await manager.intents.start(request);
    await manager.intents.stop(request);
    await manager.intents.endLeases(request);
    failNext("destinations.list", new OpsError("aws-unavailable", "No table."));
    await expect(manager.intents.start(request)).rejects.toThrow(OpsError);
    expect(woken).toBe(4);
    expect(await manager.destinations()).toHaveLength(5);
  });
});
