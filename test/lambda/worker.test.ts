import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { told } from "../../src/lambda/worker.ts";

describe("what the log says of work that failed", () => {
  it("is our own sentence", () => {
    const error = new OpsError("aws-unavailable", "No look at AWS has succeeded.");
    expect(told(error)).toEqual({ name: "OpsError", message: "No look at AWS has succeeded." });
  });

  it.each([
    [new TypeError("xoxb-1-secret"), "TypeError"],
    ["xoxb-1-secret", "unknown"],
  ])("is of %o only its kind", (error, name) => {
    expect(told(error)).toEqual({ name });
  });
});
