import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ask, toOpsError } from "../../src/aws/errors.ts";
import { OpsError } from "../../src/errors.ts";

const call = { doing: "start the channel", operation: "medialive:StartChannel" };
const secret = "live_1_canary";

/** What the SDK throws: everything in it may carry an ARN or a key. */
const sdkError = (name: string, status: number, more: object = {}) =>
  Object.assign(new Error(`${secret} arn:aws:medialive:us-west-2:123456789012:channel:1`), {
    name,
    $metadata: { httpStatusCode: status, requestId: "request-1" },
    $response: { headers: { authorization: secret } },
    ...more,
  });

/** As the SDK throws it: a cut connection has the name of a timeout. */
const systemError = (code: string) =>
  Object.assign(new Error(`connect ${secret}`), { name: "TimeoutError", code });

describe("toOpsError", () => {
  it.each([
    ["ExpiredTokenException", 400, "aws-unavailable", "credentials"],
    ["UnrecognizedClientException", 400, "aws-unavailable", "credentials"],
    ["InvalidSignatureException", 403, "aws-unavailable", "credentials"],
    ["CredentialsProviderError", 0, "not-configured", "no AWS credentials"],
    ["AccessDeniedException", 400, "aws-refused", "not allowed"],
    ["ForbiddenException", 403, "aws-refused", "not allowed"],
    ["TooManyRequestsException", 429, "aws-throttled", "fewer requests"],
    ["ThrottlingException", 400, "aws-throttled", "fewer requests"],
    ["TimeoutError", 0, "timed-out", "in time"],
    ["InternalServerErrorException", 500, "aws-unavailable", "fault of its own"],
    ["BadGatewayException", 502, "aws-unavailable", "fault of its own"],
    ["GatewayTimeoutException", 504, "aws-unavailable", "fault of its own"],
    ["SyntaxError", 200, "aws-unavailable", "unreadable"],
    ["NotFoundException", 404, "not-found", "does not know it"],
    ["ParameterNotFound", 400, "not-found", "does not know it"],
    ["ConflictException", 409, "conflict", "present state"],
    ["BadRequestException", 400, "aws-refused", "refused"],
    ["UnprocessableEntityException", 422, "invalid-input", "does not accept the values"],
    ["Unknown", 418, "aws-refused", "refused"],
    ["Unknown", 0, "internal", "unexpected"],
  ])("reads %s %i as %s", (...[name, status, code, words]) => {
    const error = toOpsError(sdkError(name, status), call);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(/^Could not start the channel: .*\.$/);
    expect(error.message).toContain(words);
  });

  it.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EPIPE"])(
    "reads %s as unreachable",
    (code) => {
      expect(toOpsError(systemError(code), call)).toMatchObject({ code: "aws-unavailable" });
    },
  );

  it("reads a 400 as the call says", () => {
    const refused = sdkError("BadRequestException", 400);
    expect(toOpsError(refused, { ...call, on400: "conflict" }).code).toBe("conflict");
    expect(toOpsError(refused, { ...call, on400: "invalid-input" }).code).toBe("invalid-input");
  });

  it("shows the lines in which AWS says what is wrong, without ARNs", () => {
    const validationErrors = [
      { ElementPath: "/destinations/0", ErrorMessage: "no such url" },
      { elementPath: "/role", errorMessage: "arn:aws:iam::123456789012:role/x is missing" },
      "odd",
    ];
    const error = toOpsError(
      sdkError("UnprocessableEntityException", 422, { validationErrors }),
      call,
    );
    expect(error.message).toBe(
      "Could not start the channel: AWS says /destinations/0: no such url; /role: (a resource) is missing.",
    );
  });

  it("carries operation, request id and a name, and nothing that AWS wrote", () => {
    const error = toOpsError(sdkError("ConflictException", 409), call);
    expect(error.context).toEqual({ operation: "medialive:StartChannel", requestId: "request-1" });
    expect(error.cause).toEqual({ name: "ConflictException", status: 409 });
    expect(inspect(error, { depth: 10 })).not.toMatch(/canary|arn:aws|authorization/);
  });

  it.each([null, undefined, "text", 7, {}])("reads %j as internal", (thrown) => {
    expect(toOpsError(thrown, call)).toMatchObject({ code: "internal" });
  });

  it("lets an OpsError through as it is", async () => {
    const known = new OpsError("not-allowed", "No.");
    await expect(ask(call, () => Promise.reject(known))).rejects.toBe(known);
  });
});
