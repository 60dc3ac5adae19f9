import { randomUUID } from "node:crypto";
import { AwsError } from "../errors.ts";

const codes: Record<number, string> = {
  403: "AccessDenied",
  404: "NotFound",
  409: "ResourceConflict",
  420: "ServiceLimitExceeded",
  429: "Throttling",
};

/** Why a resource failed, in the words of CloudFormation's resource handlers. */
export function toReason(type: string, error: unknown): string {
  if (!(error instanceof AwsError)) return error instanceof Error ? error.message : String(error);
  if (error.code === "ValidationError") return error.message;
  const service = type.split("::")[1] ?? "";
  const message = [error.message, ...detailsOf(error.members.validationErrors)].join("; ");
  const call = `(Service: ${service}, Status Code: ${error.status}, Request ID: ${randomUUID()})`;
  const words = ownWords.has(error.code) ? message : `${message} ${call}`;
  const code = ownWords.has(error.code)
    ? error.code
    : (codes[error.status] ?? codeOf(error.status));
  return `Resource handler returned message: "${words}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${code})`;
}

/** What the handlers themselves refuse, before any service is asked. */
const ownWords = new Set(["AlreadyExists", "InvalidRequest"]);

const codeOf = (status: number) => (status < 500 ? "InvalidRequest" : "ServiceInternalError");

/** MediaLive's 422 says in detail what is wrong. */
function detailsOf(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map(({ elementPath, errorMessage }) => `${elementPath}: ${errorMessage}`);
}
