import { describe, expect, it } from "vitest";
import { askAws, isUnknownStack } from "../../infra/aws-errors.ts";

const call = {
  doing: "list the stacks",
  operation: "cloudformation:DescribeStacks",
  service: "CloudFormation",
  region: () => Promise.resolve("us-west-9"),
};

const failing = (own: object, message = "secret words") =>
  askAws(call, () => Promise.reject(Object.assign(new Error(message), own)));

describe("askAws", () => {
  it.each([
    [
      { name: "ExpiredToken" },
      "Your AWS session has expired.",
      /^Sign in again, .* and repeat the command\.$/,
    ],
    [{ name: "CredentialsProviderError" }, /no AWS credentials were found/, /AWS_PROFILE/],
    [{ code: "ENOTFOUND" }, "CloudFormation has no address in us-west-9.", /--region us-west-2/],
    [
      { name: "AccessDenied", $metadata: { httpStatusCode: 403 } },
      /not allowed to do that/,
      /cloudformation:DescribeStacks/,
    ],
  ])("says what to do about %j", async (own, message, hint) => {
    await expect(failing(own)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("asks for a region where none is found", async () => {
    await expect(failing({}, "Region is missing")).rejects.toMatchObject({
      message: "AWS needs a region.",
    });
  });

  it("repeats what CloudFormation says of a template, and nobody else's words", async () => {
    await expect(failing({ name: "ValidationError" }, "Template error: x")).rejects.toMatchObject({
      message: "AWS refuses to list the stacks: Template error: x",
    });
    await expect(failing({ name: "Strange" })).rejects.not.toThrow("secret words");
  });

  it("knows an unknown stack from other refusals", () => {
    const named = (message: string) =>
      Object.assign(new Error(message), { name: "ValidationError" });
    expect(isUnknownStack(named("Stack with id x does not exist"))).toBe(true);
    expect(isUnknownStack(named("Template error"))).toBe(false);
  });
});
