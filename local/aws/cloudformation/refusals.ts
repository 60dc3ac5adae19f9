import { AwsError } from "../errors.ts";

/** What CloudFormation refuses with most of the time (CloudFormation API reference, common errors). */
export const validationError = (message: string) =>
  new AwsError("ValidationError", 400, { message });

export const formatError = (message: string) =>
  validationError(`Template format error: ${message}`);

export const templateError = (message: string) => validationError(`Template error: ${message}`);
