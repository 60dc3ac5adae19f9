import { AwsError, badRequest } from "../errors.ts";
import type { Problem } from "../members.ts";

/** A channel that cannot be as it is asked for, member by member (MediaLive API model, CreateChannel). */
export const unprocessable = (validationErrors: Problem[]) =>
  new AwsError("UnprocessableEntityException", 422, {
    message: `The channel configuration is not valid: ${inWords(validationErrors)}`,
    validationErrors,
  });

/** Inputs know no 422 (MediaLive API model, CreateInput). */
export const badInput = (problems: Problem[]) =>
  badRequest(`The input is not valid: ${inWords(problems)}`);

const inWords = (problems: Problem[]) =>
  problems.map(({ elementPath, errorMessage }) => `${elementPath} ${errorMessage}`).join("; ");
