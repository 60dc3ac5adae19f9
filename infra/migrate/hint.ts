import { isOpsError, OpsError } from "../../src/errors.ts";

/** Adds to a `not-configured` what to look at; for `.catch`. */
export const withHint =
  (hint: string) =>
  (error: unknown): never => {
    if (!isOpsError(error, "not-configured")) throw error;
    throw new OpsError("not-configured", error.message, { hint });
  };
