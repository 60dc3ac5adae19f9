import { expect, it } from "vitest";
import { localEnvironment } from "../local/environment.ts";
import { withStacks } from "../src/local-site.ts";

const local = localEnvironment(4400);

it("leaves a world alone that was begun before templates made it", () => {
  expect(withStacks(local, ["patchbay-local"])).toEqual(local);
});

it("lets the stacks' outputs say what the environment said", () => {
  const stacks = ["patchbay-local-tables", "patchbay-local-flow", "patchbay-local-channels"];
  const environment = withStacks(local, stacks);
  expect(environment.PATCHBAY_STACKS).toBe(stacks.join(","));
  expect(Object.keys(environment).filter((name) => /SCHEDULER|QUEUE/.test(name))).toEqual([]);
  expect(environment.SLACK_BOT_TOKEN).toBe(local.SLACK_BOT_TOKEN);
});
