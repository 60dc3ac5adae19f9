import { addMinutes } from "date-fns";
import { expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { planIntents } from "../../src/manager/plan-intents.ts";
import { aDestination, ana, siteNow, someFacts } from "../support/builders.ts";

const asked = { destinationIds: ["dest_twitch"], by: ana, reason: null, until: null };

it("decides each wish on what the ones before it came to, and leaves the facts as they are", async () => {
  const facts = someFacts({ destinations: [aDestination()] });
  const before = structuredClone(facts.destinations);
  const { intents, rows } = planIntents(facts, defaultPolicy, siteNow);
  const [started] = await intents.start(asked);
  expect(started).toMatchObject({ result: "accepted", destination: { desired: "on" } });
  const [again] = await intents.start(asked);
  expect(again?.result).toBe("already");
  const [longer] = await intents.extend({ ...asked, minutes: 30 });
  expect(longer?.destination.leaseUntil).toEqual(addMinutes(siteNow, 270));
  expect(rows()).toMatchObject([{ desired: "on", leaseUntil: addMinutes(siteNow, 270) }]);
  expect(facts.destinations).toEqual(before);
});

it("refuses what would be refused", async () => {
  const { intents, rows } = planIntents(someFacts(), defaultPolicy, siteNow);
  const [refused] = await intents.hold({ ...asked, minutes: 30 });
  expect(refused).toMatchObject({ result: "refused", error: { code: "not-allowed" } });
  expect(rows()).toEqual(someFacts().destinations);
});
