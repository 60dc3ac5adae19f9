import { randomBytes } from "node:crypto";
import { AwsError } from "../../errors.ts";
import type { Site } from "../../service.ts";
import type { Context } from "./resource-type.ts";

export const account = "000000000000";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Capital letters and digits, as at the end of the names that CloudFormation makes up. */
export const randomCapitals = (length: number) =>
  [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");

/** The given name, or one made of stack, logical id and 12 random characters (CloudFormation user guide). */
export function nameOr({ stackName, logicalId }: Context, given: unknown, most = 64): string {
  if (typeof given === "string" && given !== "") return given;
  const rest = most - 14;
  const half = Math.floor(rest / 2);
  const long = `${stackName}-${logicalId}`;
  const short =
    long.length <= rest ? long : `${stackName.slice(0, half)}-${logicalId.slice(0, half - 1)}`;
  return `${short}-${randomCapitals(12)}`;
}

export const arnOf = ({ region }: Site, service: string, rest: string) =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

/** A name that is taken already (CloudFormation, AlreadyExists of resource handlers). */
export const alreadyExists = (type: string, name: string) =>
  new AwsError("AlreadyExists", 400, {
    message: `Resource of type '${type}' with identifier '${name}' already exists.`,
  });

export const invalidRequest = (message: string) => new AwsError("InvalidRequest", 400, { message });
