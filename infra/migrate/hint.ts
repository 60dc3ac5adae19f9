import { isOpsError, OpsError } from "../../src/errors.ts";

/** Adds to a `not-configured` what to look at, unless it says so itself; for `.catch`. */
export const withHint =
  (hint: string) =>
  (error: unknown): never => {
    if (!isOpsError(error, "not-configured") || error.hint !== undefined) throw error;
    throw new OpsError("not-configured", error.message, { hint });
  };
