import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { createIntents } from "../../src/manager/intents.ts";
import { aDestination } from "../support/builders.ts";
import { aWorld } from "../support/world.ts";

const by = { id: "U1", name: "Ana" };
const request = (...destinationIds: string[]) => ({
  destinationIds,
  by,
  reason: null,
  until: null,
});

const twoDestinations = () =>
  aWorld({
    destinations: [
      aDestination({ id: "dest_a", platform: "twitch" }),
      aDestination({ id: "dest_b", platform: "youtube" }),
    ],
  });

describe("intents", () => {
  it("accepts the one destination and names the trouble of the other", async () => {
    const world = twoDestinations();
    world.failNext("destinations.update", new OpsError("aws-unavailable", "AWS does not answer."));
    const outcomes = await createIntents(world.ports, defaultPolicy).start(
      request("dest_a", "dest_b"),
    );
    const results = outcomes.map(({ result, error }) => [result, error?.code ?? null]);
    expect(results.toSorted()).toEqual([
      ["accepted", null],
      ["refused", "aws-unavailable"],
    ]);
  });

  it("gives up calmly when others keep writing the same row", async () => {
    const world = twoDestinations();
    world.failNext("destinations.update", new OpsError("conflict", "written by others"), {
      times: 5,
    });
    const [outcome] = await createIntents(world.ports, defaultPolicy).start(request("dest_a"));
    expect(outcome).toMatchObject({
      result: "refused",
      error: { code: "conflict", hint: "Try again." },
    });
  });

  it("decides again when one other write came in between", async () => {
    const world = twoDestinations();
    world.failNext("destinations.update", new OpsError("conflict", "written by others"));
    const [outcome] = await createIntents(world.ports, defaultPolicy).start(request("dest_a"));
    expect(outcome).toMatchObject({ result: "accepted", destination: { desired: "on" } });
  });

  it("stops also while the site's resources cannot be read", async () => {
    const world = twoDestinations();
    const intents = createIntents(world.ports, defaultPolicy);
    await intents.start(request("dest_a"));
    world.failNext("bindings.read", new OpsError("aws-unavailable", "AWS does not answer."), {
      times: 9,
    });
    const [outcome] = await intents.stop(request("dest_a"));
    expect(outcome).toMatchObject({ result: "accepted", destination: { desired: "off" } });
  });
});
