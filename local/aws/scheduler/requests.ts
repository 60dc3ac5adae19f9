import { TZDate } from "@date-fns/tz";
import { z } from "zod";
import type { Json } from "../answers.ts";
import { AwsError, notPartOfLocalAws } from "../errors.ts";
import { isTarget } from "./targets.ts";

/** A schedule as CreateSchedule and UpdateSchedule ask for it, with AWS's defaults filled in (Scheduler API model). */
export type ScheduleRequest = z.infer<typeof scheduleRequest>;

const name = z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/, "1 to 64 letters, digits, - _ and .");

const retryPolicy = z.object({
  MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
  MaximumRetryAttempts: z.int().min(0).max(185).default(185),
});

const target = z.object({
  Arn: z.string().max(1600),
  RoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of a role"),
  Input: z.string().min(1).max(262_144).optional(),
  RetryPolicy: retryPolicy.prefault({}),
  DeadLetterConfig: z
    .object({ Arn: z.string().regex(/^arn:aws[a-z-]*:sqs:/, "the ARN of an SQS queue") })
    .optional(),
});

const flexibleTimeWindow = z.discriminatedUnion("Mode", [
  z.object({ Mode: z.literal("OFF") }),
  z.object({ Mode: z.literal("FLEXIBLE"), MaximumWindowInMinutes: z.int().min(1).max(1440) }),
]);

export const scheduleRequest = z.object({
  Name: name,
  GroupName: name.default("default"),
  ScheduleExpression: z
    .string()
    .refine(
      (text) => wallTimeOf(text) !== null,
      "at(yyyy-mm-ddThh:mm:ss), without zone or fraction",
    ),
  ScheduleExpressionTimezone: z.string().refine(isZone, "an IANA time zone").default("UTC"),
  FlexibleTimeWindow: flexibleTimeWindow,
  Target: target,
  Description: z.string().max(512).optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  ActionAfterCompletion: z.enum(["NONE", "DELETE"]).default("NONE"),
});

/** Reads the request of CreateSchedule and UpdateSchedule; `Input` is not looked into, as in AWS. */
export function toScheduleRequest(operation: string, given: Json): ScheduleRequest {
  refuseGaps(operation, given);
  const { data, error } = scheduleRequest.safeParse(given);
  if (data === undefined) throw invalid(error.issues.map(toProblem));
  requireTarget(data.Target.Arn);
  return data;
}

export function toName(member: string, value: unknown): string {
  const { data, error } = name.safeParse(value);
  if (data === undefined) throw invalid(error.issues.map(({ message }) => `${member}: ${message}`));
  return data;
}

/** When the schedule is to run, in epoch milliseconds. */
export function momentOf({ ScheduleExpression, ScheduleExpressionTimezone }: ScheduleRequest) {
  const wallTime = wallTimeOf(ScheduleExpression);
  if (wallTime === null) throw invalid([`ScheduleExpression: ${ScheduleExpression}`]);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = wallTime
    .split(/\D/)
    .map(Number);
  const zone = ScheduleExpressionTimezone;
  const date = new TZDate(year, month - 1, day, hour, minute, zone);
  return date.getTime() + second * 1000;
}

export const invalid = (problems: string[]) =>
  new AwsError("ValidationException", 400, {
    message: `${problems.length} validation error(s) detected: ${problems.join("; ")}`,
  });

const toProblem = ({ path, message }: { path: PropertyKey[]; message: string }) =>
  `${path.join(".")}: ${message}`;

/** What AWS can do and this cannot is refused by name; anything else unknown is ignored, as AWS does. */
function refuseGaps(operation: string, { ScheduleExpression, Target, ...others }: Json) {
  const kind = /^(cron|rate)\(/.exec(String(ScheduleExpression))?.[1];
  if (kind !== undefined) throw notPartOfLocalAws("scheduler", `${operation} with ${kind}()`);
  const members = [...Object.keys(others), ...Object.keys(Target ?? {})];
  const gap = members.find((member) =>
    /^(KmsKeyArn|StartDate|EndDate|\w+Parameters)$/.test(member),
  );
  if (gap !== undefined) throw notPartOfLocalAws("scheduler", `${operation} with ${gap}`);
}

const readAction =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|retrieve|batchGet|batchDescribe|batchRead|transactGet)/;

/** A universal target names an action that changes something (Scheduler user guide, universal targets). */
function requireTarget(arn: string) {
  const [, service, action] =
    /^arn:aws:scheduler:::aws-sdk:([a-z0-9]+):([a-z]\w*)$/.exec(arn) ?? [];
  if (service === undefined || action === undefined) {
    if (/^arn:aws:(?!scheduler:)/.test(arn)) throw notPartOfLocalAws("scheduler", `target ${arn}`);
    throw invalid([`Target.Arn: ${arn} is not a supported target`]);
  }
  if (readAction.test(action)) {
    throw invalid([`Target.Arn: ${service}:${action} only reads, which is not supported`]);
  }
  if (!isTarget(arn)) throw notPartOfLocalAws("scheduler", `target ${service}:${action}`);
}

/** The wall time in `at(…)`, or null when it is none; the 30th of February is none either. */
function wallTimeOf(expression: string): string | null {
  const text = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (text === undefined || Number.isNaN(Date.parse(`${text}Z`))) return null;
  return new Date(`${text}Z`).toISOString().startsWith(text) ? text : null;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
