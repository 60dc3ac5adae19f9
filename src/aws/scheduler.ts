import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { isOpsError, OpsError } from "../errors.ts";
import type { Deadlines } from "../manager/ports.ts";
import { ask } from "./errors.ts";

/** What the one-shot stops need in AWS; without a role there are none. */
export type SchedulerOptions = {
  site: string;
  /** Schedule group; `default` exists in every account. */
  group: string;
  /** The role that EventBridge Scheduler takes on to stop a channel. */
  roleArn: string | undefined;
  /** The queue that gets the stops that failed. */
  deadLetterArn: string | undefined;
};

/**
 * Long enough for a MediaLive that throttles or is still starting the channel, and too short for another show to have come
 * on (Scheduler API: both are at their maxima by default, 24 h and 185).
 */
const retryPolicy = { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 20 };

/**
 * Deadlines as one-time schedules of EventBridge Scheduler, each of which calls StopChannel and deletes itself (Scheduler
 * user guide, managing-targets-universal and schedule-types). An update replaces every member, so all are always sent.
 */
export function schedulerDeadlines(client: SchedulerClient, options: SchedulerOptions): Deadlines {
  return {
    set: async (channelId, at) => setSchedule(client, scheduleFrom(options, channelId, at)),
    clear: (channelId) => deleteSchedule(client, options, channelId),
  };
}

/** The first writer creates; who finds that another one has done so in between moves that one. */
async function setSchedule(
  client: SchedulerClient,
  schedule: CreateScheduleCommandInput,
): Promise<void> {
  const update = () =>
    ask({ doing: "move the channel's deadline", operation: "scheduler:UpdateSchedule" }, () =>
      client.send(new UpdateScheduleCommand(schedule)),
    );
  const create = () =>
    ask({ doing: "set the channel's deadline", operation: "scheduler:CreateSchedule" }, () =>
      client.send(new CreateScheduleCommand(schedule)),
    );
  await update().catch(unless("not-found", create)).catch(unless("conflict", update));
}

const unless =
  (code: "not-found" | "conflict", act: () => Promise<unknown>) =>
  (error: unknown): Promise<unknown> => {
    if (isOpsError(error, code)) return act();
    throw error;
  };

async function deleteSchedule(
  client: SchedulerClient,
  { site, group }: SchedulerOptions,
  channelId: string,
): Promise<void> {
  const call = { doing: "clear the channel's deadline", operation: "scheduler:DeleteSchedule" };
  const command = new DeleteScheduleCommand({
    Name: nameOf(site, channelId),
    GroupName: group,
  });
  await ask(call, () => client.send(command)).catch(unless("not-found", () => Promise.resolve()));
}

function scheduleFrom(
  { site, group, roleArn, deadLetterArn }: SchedulerOptions,
  channelId: string,
  at: Date,
): CreateScheduleCommandInput {
  if (roleArn === undefined) throw noRole();
  return {
    Name: nameOf(site, channelId),
    GroupName: group,
    ScheduleExpression: `at(${toMinute(at)})`,
    ScheduleExpressionTimezone: "UTC",
    FlexibleTimeWindow: { Mode: "OFF" },
    ActionAfterCompletion: "DELETE",
    Target: {
      Arn: "arn:aws:scheduler:::aws-sdk:medialive:stopChannel",
      RoleArn: roleArn,
      Input: JSON.stringify({ ChannelId: channelId }),
      RetryPolicy: retryPolicy,
      ...(deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterArn } }),
    },
  };
}

/** Sites may share an account (names are 64 characters at most: Scheduler API model, Name). */
const nameOf = (site: string, channelId: string): string => `patchbay-${site}-${channelId}`;

const minuteMs = 60_000;

/** Schedules are kept to the minute: never earlier than asked for. */
const toMinute = (at: Date): string =>
  new Date(Math.ceil(at.getTime() / minuteMs) * minuteMs).toISOString().slice(0, 19);

const noRole = () =>
  new OpsError(
    "not-configured",
    "There is no switch outside patchbay: PATCHBAY_SCHEDULER_ROLE_ARN is not set.",
    {
      hint: "Set it to a role that EventBridge Scheduler may take on, for example arn:aws:iam::123456789012:role/patchbay-scheduler.",
    },
  );
