import { z } from "zod";
import type { Json } from "./answers.ts";
import { type AwsError, notPartOfLocalAws } from "./errors.ts";

/** What is wrong with one member, as MediaLive's `validationErrors` have it; the path is a JSON pointer. */
export type Problem = { elementPath: string; errorMessage: string };

/** An object that has the members of the one, may have those of the other, and no more. */
export const members = <Required extends z.ZodRawShape, Optional extends z.ZodRawShape>(
  required: Required,
  optional: Optional,
) => z.strictObject({ ...required, ...z.object(optional).partial().shape });

/** A text that is not empty. */
export const text = z.string().min(1);

export const tagMap = z.record(z.string().min(1).max(128), z.string().max(256));

/** Names of channels, inputs, flows, sources and outputs: letters, digits and inner hyphens. */
export const resourceName = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9]+(-+[A-Za-z0-9]+)*$/, "must be letters, digits and hyphens between them");

export const roleArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, "must be the ARN of an IAM role");

export const cidr = z
  .string()
  .regex(/^(\d{1,3}\.){3}\d{1,3}\/([12]?\d|3[0-2])$/, "must be a CIDR block, as 203.0.113.7/32");

/** Who is asked, and the service's own error for what is wrong. */
export type Question = {
  service: string;
  operation: string;
  refuse: (problems: Problem[]) => AwsError;
};

/**
 * Reads a body by its table of members. Null counts as absent, as AWS's JSON protocols have it; a member that is not in
 * the table is refused by name, because here it would have to be ignored.
 */
export function readMembers<T extends z.ZodType>(schema: T, body: Json, question: Question) {
  const parsed = schema.safeParse(withoutNulls(body));
  if (parsed.success) return parsed.data;
  const [unknown] = unknownPaths(parsed.error);
  if (unknown !== undefined) {
    throw notPartOfLocalAws(question.service, `${question.operation} with ${unknown.slice(1)}`);
  }
  throw question.refuse(parsed.error.issues.map(toProblem));
}

/** JSON pointers of the members that are not in the table, for those who must refuse them in words of their own. */
export function unknownMembers(schema: z.ZodType, body: Json): string[] {
  const { error } = schema.safeParse(withoutNulls(body));
  return error === undefined ? [] : unknownPaths(error);
}

const unknownPaths = (error: z.ZodError) =>
  error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => toPointer([...issue.path, key]))
      : [],
  );

function toProblem(issue: z.core.$ZodIssue): Problem {
  const missing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  return {
    elementPath: toPointer(issue.path),
    errorMessage: missing ? "is required" : issue.message,
  };
}

export const toPointer = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part)}`).join("");

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]));
}
