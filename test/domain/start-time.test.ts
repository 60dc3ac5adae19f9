import { addSeconds } from "date-fns";
import { expect, it } from "vitest";
import { outsider } from "../../src/domain/destination.ts";
import { startTimes, usualStartSeconds } from "../../src/domain/start-time.ts";
import { aSession, siteNow } from "../support/builders.ts";

const took = (...seconds: number[]) =>
  seconds.map((each) => aSession({ runningAt: addSeconds(siteNow, each) }));

it("takes a start for two minutes until there are three to learn from", () => {
  expect(usualStartSeconds([])).toBe(120);
  expect(usualStartSeconds(took(40, 50))).toBe(120);
  expect(usualStartSeconds(took(70, 40, 900))).toBe(70);
  expect(usualStartSeconds(took(40, 50, 60, 70))).toBe(50);
});

it("learns nothing from what never ran, or was started outside patchbay", () => {
  const never = aSession({ runningAt: null });
  const adopted = took(5, 6, 7).map((each) => ({ ...each, startedBy: outsider }));
  expect(startTimes([never, ...adopted, ...took(30, 20, 10)])).toEqual([10, 20, 30]);
});
