import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";
import { aSchedule, stopTarget } from "./a-schedule.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
afterAll(() => local[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const each of local.aws.schedules.list()) await local.aws.schedules.remove(each);
});

const scheduler = () => local.clients.scheduler;
const create = (overrides: Partial<CreateScheduleCommandInput> = {}) =>
  scheduler().send(new CreateScheduleCommand(aSchedule(overrides)));
const arn = "arn:aws:scheduler:us-west-2:000000000000:schedule/default/stop-youtube";

test("a schedule is told as it was made, with AWS's defaults", async () => {
  expect(await create()).toMatchObject({ ScheduleArn: arn });
  const told = await scheduler().send(new GetScheduleCommand({ Name: "stop-youtube" }));
  expect(told).toMatchObject({
    ...{ Arn: arn, Name: "stop-youtube", GroupName: "default", State: "ENABLED" },
    ScheduleExpression: "at(2026-11-22T21:30:00)",
    ScheduleExpressionTimezone: "UTC",
    ActionAfterCompletion: "DELETE",
    CreationDate: new Date(testNow),
    Target: {
      ...stopTarget(),
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    },
  });
});

test("a name is taken once, unless the client token says it is the same request", async () => {
  await create({ ClientToken: "a" });
  expect(await create({ ClientToken: "a" })).toMatchObject({ ScheduleArn: arn });
  const conflict = { name: "ConflictException", status: 409 };
  expect(await refusalOf(create({ ClientToken: "b" }))).toMatchObject(conflict);
  expect(await refusalOf(create({ ClientToken: "a", Description: "other" }))).toMatchObject(
    conflict,
  );
});

test("an update replaces everything that is not given again", async () => {
  await create({ Description: "old" });
  const ScheduleExpression = "at(2026-11-22T22:00:00)";
  const { ActionAfterCompletion, Description, ...again } = aSchedule({ ScheduleExpression });
  await scheduler().send(new UpdateScheduleCommand(again));
  const told = await scheduler().send(new GetScheduleCommand({ Name: "stop-youtube" }));
  expect(told).toMatchObject({ ScheduleExpression, ActionAfterCompletion: "NONE" });
  expect(told.Description).toBeUndefined();
});

test("a deleted schedule is gone, and what is not there is a 404", async () => {
  await create();
  const Name = "stop-youtube";
  await scheduler().send(new DeleteScheduleCommand({ Name }));
  const gone = { name: "ResourceNotFoundException", status: 404 };
  expect(await refusalOf(scheduler().send(new GetScheduleCommand({ Name })))).toMatchObject(gone);
  const again = refusalOf(scheduler().send(new DeleteScheduleCommand({ Name })));
  expect(await again).toMatchObject(gone);
  const update = refusalOf(scheduler().send(new UpdateScheduleCommand(aSchedule())));
  expect(await update).toMatchObject(gone);
});

test("a group must exist, and has its own names", async () => {
  const GroupName = "patchbay";
  expect(await refusalOf(create({ GroupName }))).toMatchObject({
    name: "ResourceNotFoundException",
  });
  await scheduler().send(new CreateScheduleGroupCommand({ Name: GroupName }));
  const group = await scheduler().send(new GetScheduleGroupCommand({ Name: GroupName }));
  expect(group).toMatchObject({ Name: GroupName, State: "ACTIVE" });
  const again = refusalOf(scheduler().send(new CreateScheduleGroupCommand({ Name: GroupName })));
  expect(await again).toMatchObject({ name: "ConflictException" });
  await create();
  await create({ GroupName });
  const listed = await scheduler().send(new ListSchedulesCommand({ GroupName }));
  expect(listed.Schedules).toMatchObject([{ Name: "stop-youtube", GroupName }]);
});

test("lists by prefix and page", async () => {
  for (const Name of ["stop-a", "stop-b", "start-a"]) await create({ Name });
  const asked = { NamePrefix: "stop-", MaxResults: 1 };
  const first = await scheduler().send(new ListSchedulesCommand(asked));
  expect(first.Schedules).toMatchObject([{ Name: "stop-a", Target: { Arn: stopTarget().Arn } }]);
  const { NextToken } = first;
  const second = await scheduler().send(new ListSchedulesCommand({ ...asked, NextToken }));
  expect(second.Schedules).toMatchObject([{ Name: "stop-b" }]);
  expect(second.NextToken).toBeUndefined();
});

const readOnly = "arn:aws:scheduler:::aws-sdk:medialive:describeChannel";

test.each([
  ["Name", { Name: "no spaces" }],
  ["ScheduleExpression", { ScheduleExpression: "at(2026-11-22T21:30:00Z)" }],
  ["ScheduleExpression", { ScheduleExpression: "at(2026-11-22T21:30:00.000)" }],
  ["ScheduleExpression", { ScheduleExpression: "at(2026-02-30T21:30:00)" }],
  ["ScheduleExpressionTimezone", { ScheduleExpressionTimezone: "Mars/Base" }],
  ["FlexibleTimeWindow", { FlexibleTimeWindow: undefined }],
  ["FlexibleTimeWindow", { FlexibleTimeWindow: { Mode: "FLEXIBLE" as const } }],
  ["Target.RoleArn", { Target: stopTarget({ RoleArn: undefined }) }],
  ["Target.Arn", { Target: stopTarget({ Arn: readOnly }) }],
  [
    "Target.Arn",
    { Target: stopTarget({ Arn: "arn:aws:scheduler:::aws-sdk:medialive:StopChannel" }) },
  ],
  ["MaximumRetryAttempts", { Target: stopTarget({ RetryPolicy: { MaximumRetryAttempts: 186 } }) }],
  ["MaximumEventAge", { Target: stopTarget({ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }) }],
])("refuses a bad %s", async (member, overrides) => {
  const refusal = await refusalOf(create(overrides));
  expect(refusal).toMatchObject({ name: "ValidationException", status: 400 });
  expect(refusal?.message).toContain(member);
});

test.each([
  ["cron()", { ScheduleExpression: "cron(0 20 * * ? *)" }],
  ["rate()", { ScheduleExpression: "rate(5 minutes)" }],
  ["KmsKeyArn", { KmsKeyArn: "arn:aws:kms:us-west-2:000000000000:key/a" }],
  [
    "medialive:deleteChannel",
    { Target: stopTarget({ Arn: readOnly.replace("describe", "delete") }) },
  ],
])("what is not here is refused by name: %s", async (what, overrides) => {
  const refusal = await refusalOf(create(overrides));
  expect(refusal?.message).toContain(`${what} is not part of the local AWS yet`);
});
