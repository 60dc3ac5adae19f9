import { type Call, toOpsError } from "../src/aws/errors.ts";
import { OpsError } from "../src/errors.ts";

const expired = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired"]);
const unknownHost = new Set(["ENOTFOUND", "EAI_AGAIN"]);
/** CloudFormation says in these what is wrong with a template or a request, in words that hold no secret. */
const telling = new Set([
  "AlreadyExistsException",
  "InsufficientCapabilitiesException",
  "InvalidChangeSetStatus",
  "InvalidChangeSetStatusException",
  "LimitExceededException",
  "TokenAlreadyExistsException",
  "ValidationError",
]);

/** Which service of which region was asked. */
type Asked = Call & { service: string; region: () => Promise<string> };

/** Sends one request for a person at a terminal: what goes wrong says what to do now. */
export async function askAws<T>(asked: Asked, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw await explain(error, asked);
  }
}

async function explain(error: unknown, asked: Asked): Promise<OpsError> {
  if (error instanceof OpsError) return error;
  const name = wordOf(error, "name");
  if (isRegionMissing(error)) return noRegion();
  if (expired.has(name)) return sessionExpired();
  if (unknownHost.has(wordOf(error, "code")))
    return unknownRegion(asked.service, await asked.region());
  if (telling.has(name) && error instanceof Error)
    return new OpsError("aws-refused", `AWS refuses to ${asked.doing}: ${error.message}`, {
      cause: { name },
    });
  return toOpsError(error, asked);
}

const wordOf = (error: unknown, field: "name" | "code"): string => {
  const value: unknown = error instanceof Error ? Reflect.get(error, field) : "";
  return typeof value === "string" ? value : "";
};

/** The SDK's own chain has no error name for it (@smithy/config-resolver). */
const isRegionMissing = (error: unknown): boolean =>
  error instanceof Error && error.message === "Region is missing";

const noRegion = () =>
  new OpsError("not-configured", "AWS needs a region.", {
    hint: "Add one, for example --region us-west-2, or set AWS_REGION.",
  });

const sessionExpired = () =>
  new OpsError("not-configured", "Your AWS session has expired.", {
    hint: "Sign in again, for example with aws sso login, and repeat the command.",
  });

const unknownRegion = (service: string, region: string) =>
  new OpsError("not-configured", `${service} has no address in ${region}.`, {
    hint: `The region is mistyped, ${service} is not offered there, or this machine is offline. A valid example: --region us-west-2.`,
  });

/** CloudFormation answers a ValidationError for a stack that does not exist (DescribeStacks). */
export const isUnknownStack = (error: unknown): boolean =>
  wordOf(error, "name") === "ValidationError" &&
  error instanceof Error &&
  error.message.includes("does not exist");
