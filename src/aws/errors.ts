import { type ErrorCode, isOpsError, OpsError } from "../errors.ts";

/** One call: what it does in words ("start the channel"), its IAM name, and what AWS means by a 400 here. */
export type Call = {
  doing: string;
  operation: string;
  on400?: "aws-refused" | "conflict" | "invalid-input";
};

type Kind = { code: ErrorCode; meaning: string; hint?: string };

/** Sends one request; what goes wrong comes out as an `OpsError` without ARNs, keys or the SDK's own words. */
export async function ask<T>(call: Call, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toOpsError(error, call);
  }
}

/** Translates by name and status, never by words (MediaLive and MediaConnect API models, error lists). */
export function toOpsError(error: unknown, call: Call): OpsError {
  if (error instanceof OpsError) return error;
  const seen = look(error);
  const { code, meaning, hint } = kindOf(seen, call);
  const { name, status, requestId } = seen;
  return new OpsError(code, `Could not ${call.doing}: ${meaning}.`, {
    ...(hint === undefined ? {} : { hint }),
    context: { operation: call.operation, ...(requestId === "" ? {} : { requestId }) },
    cause: { name, status },
  });
}

/** True for what mends itself: AWS is out of reach, slow, or asks for fewer requests. */
export const isPassing = (error: unknown): boolean =>
  isOpsError(error, "aws-unavailable") ||
  isOpsError(error, "aws-throttled") ||
  isOpsError(error, "timed-out");

type Seen = { name: string; status: number; requestId: string; systemCode: string; lines: string };

/** What may be known of an error: never its message and never `$response`, which may carry headers and keys. */
function look(error: unknown): Seen {
  const fields: Record<string, unknown> = isRecord(error) ? error : {};
  const metadata = isRecord(fields.$metadata) ? fields.$metadata : {};
  const status = metadata.httpStatusCode;
  return {
    name: text(fields.name),
    status: typeof status === "number" ? status : 0,
    requestId: text(metadata.requestId),
    systemCode: text(fields.code),
    lines: validationLines(fields.validationErrors ?? fields.ValidationErrors),
  };
}

const names = {
  credentials: new Set([
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
  ]),
  throttled: new Set([
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
  ]),
  missing: new Set([
    "NotFoundException",
    "ParameterNotFound",
    "QueueDoesNotExist",
    "ResourceNotFoundException",
  ]),
  notYet: new Set(["BillExpirationException", "DataUnavailableException"]),
  noCredentials: new Set(["CredentialsProviderError", "TokenProviderError"]),
  timedOut: new Set(["AbortError", "RequestTimeout", "RequestTimeoutException", "TimeoutError"]),
  unreachable: new Set([
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
  ]),
};

function kindOf(seen: Seen, call: Call): Kind {
  return kindOfAccess(seen, call) ?? kindOfNetwork(seen) ?? kindOfStatus(seen, call);
}

function kindOfAccess({ name, status }: Seen, { operation }: Call): Kind | null {
  if (names.noCredentials.has(name))
    return {
      code: "not-configured",
      meaning: "no AWS credentials were found",
      hint: "Set AWS_PROFILE or AWS_ACCESS_KEY_ID, or sign in again.",
    };
  if (names.credentials.has(name))
    return {
      code: "aws-unavailable",
      meaning: "AWS does not accept patchbay's credentials",
      hint: "They have expired or are wrong, or this machine's clock is off.",
    };
  if (names.throttled.has(name) || status === 429)
    return { code: "aws-throttled", meaning: "AWS asks for fewer requests" };
  return status === 403 || name.startsWith("AccessDenied")
    ? {
        code: "aws-refused",
        meaning: "patchbay is not allowed to do that in AWS",
        hint: `Its IAM policy must allow ${operation}.`,
      }
    : null;
}

function kindOfNetwork({ name, systemCode, status }: Seen): Kind | null {
  // The SDK names a cut connection a TimeoutError too, so that the system code decides first.
  if (names.unreachable.has(systemCode))
    return { code: "aws-unavailable", meaning: "the connection to AWS failed" };
  if (names.timedOut.has(name) || systemCode === "ETIMEDOUT")
    return { code: "timed-out", meaning: "AWS did not answer in time" };
  if (names.notYet.has(name))
    return { code: "aws-unavailable", meaning: "AWS has no figures for that time" };
  if (name === "SyntaxError")
    return { code: "aws-unavailable", meaning: "AWS answered something unreadable" };
  return status >= 500 ? { code: "aws-unavailable", meaning: "AWS has a fault of its own" } : null;
}

function kindOfStatus({ name, status, lines }: Seen, { on400 = "aws-refused" }: Call): Kind {
  if (status === 404 || names.missing.has(name))
    return { code: "not-found", meaning: "AWS does not know it" };
  if (status === 409) return conflict;
  if (status === 422) return refusedValues(lines);
  if (status === 400 && on400 === "conflict") return conflict;
  if (status === 400 && on400 === "invalid-input") return refusedValues(lines);
  if (status >= 400 && status < 500) return { code: "aws-refused", meaning: "AWS refused it" };
  return { code: "internal", meaning: "something unexpected went wrong" };
}

const conflict: Kind = { code: "conflict", meaning: "its present state does not allow that" };

const refusedValues = (lines: string): Kind => ({
  code: "invalid-input",
  meaning: lines === "" ? "AWS does not accept the values" : `AWS says ${lines}`,
});

/** `elementPath: errorMessage` of an UnprocessableEntityException, without ARNs. */
function validationLines(errors: unknown): string {
  if (!Array.isArray(errors)) return "";
  const lines = errors.filter(isRecord).map((each) => {
    const path = text(each.ElementPath ?? each.elementPath);
    return `${path}: ${text(each.ErrorMessage ?? each.errorMessage)}`;
  });
  return lines.join("; ").replace(/\barn:\S+/g, "(a resource)");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
