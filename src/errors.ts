/** Every way an operation can fail, in words that an operator and a program both understand. */
export type ErrorCode =
  | "not-found"
  | "not-allowed"
  | "invalid-input"
  | "conflict"
  | "already-so"
  | "not-configured"
  | "aws-throttled"
  | "aws-unavailable"
  | "aws-refused"
  | "timed-out"
  | "over-budget"
  | "internal";

/** What a failure carries besides its code: advice for the person, ids for the log (never a secret), the cause. */
export type ErrorDetail = {
  hint?: string;
  context?: Record<string, string>;
  cause?: unknown;
};

/** The one error class: `message` says what an operator can act on; doors render it by `code`. */
export class OpsError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly context: Record<string, string>;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = "OpsError";
    this.code = code;
    this.hint = detail.hint;
    this.context = detail.context ?? {};
  }
}

/** True for an `OpsError` with this code. */
export function isOpsError(error: unknown, code?: ErrorCode): error is OpsError {
  return error instanceof OpsError && (code === undefined || error.code === code);
}
