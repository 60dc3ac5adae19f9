import { addMinutes } from "date-fns";
import { expect, it } from "vitest";
import { foresee, stepsBeside } from "../../src/domain/foresee.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { aDestination, aFlowReading, anIntent, siteNow, someFacts } from "../support/builders.ts";

const wanted = aDestination({
  desired: "on",
  phase: "accepted",
  intent: anIntent(),
  leaseUntil: addMinutes(siteNow, 60),
});
const kindsOf = (facts: ReturnType<typeof someFacts>) =>
  foresee(facts, defaultPolicy, siteNow).map(({ kind }) => kind);

it("goes on until nothing is left to do", () => {
  const flow = aFlowReading({ state: "standby" });
  expect(kindsOf(someFacts({ destinations: [wanted], flow }))).toEqual([
    "start-flow",
    "set-output",
    "start-channel",
  ]);
});

it("does nothing where nothing is wanted, or nothing can be read", () => {
  expect(kindsOf(someFacts())).toEqual([]);
  expect(kindsOf(someFacts({ destinations: [wanted], channels: null, flow: null }))).toEqual([]);
});

it("tells what a wish adds to what happens anyway", () => {
  const facts = someFacts({ destinations: [wanted] });
  const all = foresee(facts, defaultPolicy, siteNow);
  expect(stepsBeside(all, all)).toEqual([]);
  expect(stepsBeside(all, [])).toEqual(all);
});
