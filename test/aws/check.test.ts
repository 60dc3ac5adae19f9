import { describe, expect, it } from "vitest";
import { checkAws } from "../../src/aws/check.ts";
import { OpsError } from "../../src/errors.ts";

const nothing = () => Promise.resolve(null);
const failing = (code: "not-configured" | "aws-unavailable" | "timed-out", message: string) => () =>
  Promise.reject(new OpsError(code, message));

/** An AWS in which everything that is looked at is there, unless one of these says otherwise. */
function anAws(ports: Record<string, () => Promise<unknown>> = {}) {
  const read = (name: string) => (ports[name] ?? nothing) as () => Promise<never>;
  return checkAws({
    region: ports.region === undefined ? () => Promise.resolve("us-west-2") : read("region"),
    bindings: { read: read("bindings") },
    destinations: { list: read("destinations") },
    siteMemory: { read: read("siteMemory") },
  });
}

describe("the look at AWS before the start", () => {
  it("finds nothing missing", async () => {
    await expect(anAws()).resolves.toBeUndefined();
  });

  it("names everything that is missing, each once", async () => {
    const noOps = failing("not-configured", "There is no table named ops.");
    const bindings = failing("not-configured", "There is no stack named show.");
    await expect(anAws({ bindings, destinations: noOps, siteMemory: noOps })).rejects.toThrow(
      /^There is no stack named show\. There is no table named ops\.$/,
    );
  });

  it("asks for a region before it asks AWS", async () => {
    const region = () => Promise.reject(new Error("Region is missing"));
    await expect(anAws({ region })).rejects.toThrow(/AWS_REGION/);
  });

  it.each(["aws-unavailable", "timed-out"] as const)("does not call %s missing", async (code) => {
    await expect(anAws({ bindings: failing(code, "no answer") })).resolves.toBeUndefined();
  });

  it("does not take a fault of ours for a mistake in the configuration", async () => {
    const fault = new TypeError("a fault");
    await expect(anAws({ bindings: () => Promise.reject(fault) })).rejects.toBe(fault);
  });
});
