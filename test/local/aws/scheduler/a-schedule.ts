import type { CreateScheduleCommandInput, Target } from "@aws-sdk/client-scheduler";

/** A switch that stops the YouTube channel at 21:30 UTC and deletes itself. */
export const aSchedule = (
  overrides: Partial<CreateScheduleCommandInput> = {},
): CreateScheduleCommandInput => ({
  Name: "stop-youtube",
  ScheduleExpression: "at(2026-11-22T21:30:00)",
  FlexibleTimeWindow: { Mode: "OFF" },
  ActionAfterCompletion: "DELETE",
  Target: stopTarget(),
  ...overrides,
});

/** Stops the YouTube channel; members given as undefined are left out of the request. */
export const stopTarget = (overrides: Partial<Target> = {}): Target => ({
  Arn: "arn:aws:scheduler:::aws-sdk:medialive:stopChannel",
  RoleArn: "arn:aws:iam::000000000000:role/patchbay-scheduler",
  Input: JSON.stringify({ ChannelId: "4710002" }),
  ...overrides,
});
