import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateScheduleCommand,
  type Target,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { expect, test, vi } from "vitest";
import { seedWorld } from "../../../../local/aws/seed.ts";
import { createWorld, type World } from "../../../../local/world.ts";
import {
  aLocalAws,
  type LocalAwsHarness,
  type LocalAwsSettings,
  testNow,
} from "../../../support/aws-harness.ts";
import { flowOf } from "../../../support/the-flow.ts";
import { aSchedule, stopTarget } from "./a-schedule.ts";

const id = "4710002";
const deadLetters = "arn:aws:sqs:us-west-2:000000000000:patchbay-dead-letters";

/** A local AWS whose clock is turned by hand. */
async function aClockedAws(settings: Pick<LocalAwsSettings, "home"> & { world?: World } = {}) {
  const world = settings.world ?? createWorld(seedWorld(testNow), () => testNow);
  const local = await aLocalAws({ ...settings, world, stepMs: 60_000 });
  const jump = (ms: number) =>
    world.change(({ clock }) => void Object.assign(clock, { offsetMs: clock.offsetMs + ms }));
  return Object.assign(local, { jump });
}

const stateOf = ({ world }: LocalAwsHarness, channel = id) => world.data.channels[channel]?.state;
const names = ({ aws }: LocalAwsHarness) => aws.schedules.list().map(({ request }) => request.Name);
const tellings = ({ world }: LocalAwsHarness) => world.data.events.map(({ text }) => text);
const create = (local: LocalAwsHarness, overrides: Parameters<typeof aSchedule>[0] = {}) =>
  local.clients.scheduler.send(new CreateScheduleCommand(aSchedule(overrides)));
const lettersOf = ({ aws }: LocalAwsHarness) =>
  aws.queues.get("patchbay-dead-letters")?.messages ?? [];

test("a schedule fires when the clock reaches its minute, and deletes itself", async () => {
  await using local = await aClockedAws();
  local.setState(id, "RUNNING");
  await create(local);
  local.jump(90 * 60_000 - 1);
  expect(stateOf(local)).toBe("RUNNING");
  local.jump(1);
  await vi.waitFor(() => expect(stateOf(local)).toBe("STOPPING"));
  expect(names(local)).toEqual([]);
  expect(tellings(local)).toContain("The schedule stop-youtube ran medialive:stopChannel");
});

test("a time between two minutes fires at the next whole one, in its own zone", async () => {
  await using local = await aClockedAws();
  local.setState(id, "RUNNING");
  await create(local, {
    ScheduleExpression: "at(2026-11-22T12:30:20)",
    ScheduleExpressionTimezone: "America/Los_Angeles",
  });
  expect(local.aws.schedules.list()[0]?.nextAt).toBe(testNow + 31 * 60_000);
  local.jump(31 * 60_000);
  await vi.waitFor(() => expect(stateOf(local)).toBe("STOPPING"));
});

test("a time in the past fires at once, and without deletion the schedule stays", async () => {
  await using local = await aClockedAws();
  local.setState(id, "RUNNING");
  const ScheduleExpression = "at(2026-11-22T19:00:00)";
  await create(local, { ScheduleExpression, ActionAfterCompletion: "NONE" });
  await vi.waitFor(() => expect(stateOf(local)).toBe("STOPPING"));
  expect(local.aws.schedules.list()).toMatchObject([{ nextAt: null }]);
});

test("a schedule that was moved too late fires at its old time too, once", async () => {
  await using local = await aClockedAws();
  local.setState(id, "RUNNING");
  await create(local);
  local.aws.faults.add({
    ...{ service: "scheduler", operation: "UpdateSchedule", kind: "old-time", times: 1 },
  });
  const later = { ScheduleExpression: "at(2026-11-22T22:30:00)" };
  await local.clients.scheduler.send(new UpdateScheduleCommand(aSchedule(later)));
  local.jump(90 * 60_000);
  await vi.waitFor(() => expect(stateOf(local)).toBe("STOPPING"));
  expect(tellings(local)).toContain(
    "The schedule stop-youtube ran medialive:stopChannel at its old time",
  );
  expect(names(local)).toEqual(["stop-youtube"]);
  local.setState(id, "RUNNING");
  local.jump(30 * 60_000);
  expect(stateOf(local)).toBe("RUNNING");
  local.jump(30 * 60_000);
  await vi.waitFor(() => expect(stateOf(local)).toBe("STOPPING"));
  expect(names(local)).toEqual([]);
});

test("a disabled schedule does not fire", async () => {
  await using local = await aClockedAws();
  local.setState(id, "RUNNING");
  await create(local, { State: "DISABLED" });
  await create(local, {
    Name: "another",
    Target: stopTarget({ Input: '{"ChannelId":"4710003"}' }),
  });
  local.setState("4710003", "RUNNING");
  local.jump(2 * 3_600_000);
  await vi.waitFor(() => expect(stateOf(local, "4710003")).toBe("STOPPING"));
  expect(stateOf(local)).toBe("RUNNING");
});

const universal = (action: string) => `arn:aws:scheduler:::aws-sdk:${action}`;

test.each([
  { action: "medialive:startChannel", input: { ChannelId: id }, to: "STARTING" },
  { action: "medialive:batchStop", input: { ChannelIds: [id] }, to: "STOPPING" },
  { action: "medialive:batchStart", input: { ChannelIds: [id] }, to: "STARTING" },
])("$action is really done", async ({ action, input, to }) => {
  await using local = await aClockedAws();
  local.setState(id, to === "STARTING" ? "IDLE" : "RUNNING");
  const Input = JSON.stringify(input);
  await create(local, { Target: stopTarget({ Arn: universal(action), Input }) });
  local.jump(2 * 3_600_000);
  await vi.waitFor(() => expect(stateOf(local)).toBe(to));
});

test("mediaconnect:stopFlow waits through UPDATING", async () => {
  await using local = await aClockedAws();
  const flow = flowOf(local.world.data);
  local.world.change((data) => void Object.assign(flowOf(data), { status: "UPDATING" }));
  const Input = JSON.stringify({ FlowArn: flow.arn });
  await create(local, { Target: stopTarget({ Arn: universal("mediaconnect:stopFlow"), Input }) });
  local.jump(2 * 3_600_000);
  await vi.waitFor(() => expect(local.aws.schedules.list()).toMatchObject([{ attempts: 1 }]));
  local.world.change((data) => void Object.assign(flowOf(data), { status: "ACTIVE" }));
  local.jump(60_000);
  await vi.waitFor(() => expect(flow.status).toBe("STOPPING"));
});

test("a conflict is tried again, then goes to the dead-letter queue", async () => {
  await using local = await aClockedAws();
  const Target = stopTarget({
    RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 },
    DeadLetterConfig: { Arn: deadLetters },
  });
  await create(local, { Target });
  local.jump(2 * 3_600_000);
  await vi.waitFor(() => expect(local.aws.schedules.list()).toMatchObject([{ attempts: 1 }]));
  local.jump(1000);
  await vi.waitFor(() => expect(lettersOf(local)).toHaveLength(1));
  expect(lettersOf(local)).toMatchObject([
    {
      body: Target.Input,
      attributes: {
        ERROR_CODE: { StringValue: "ConflictException" },
        EXHAUSTED_RETRY_CONDITION: { StringValue: "MaximumRetryAttempts" },
        SCHEDULE_ARN: {
          StringValue: "arn:aws:scheduler:us-west-2:000000000000:schedule/default/stop-youtube",
        },
      },
    },
  ]);
  expect(names(local)).toEqual([]);
});

test.each<[string, Partial<Target>]>([
  ["SerializationException", { Input: "not JSON" }],
  ["ValidationException", { Input: '{"channelId":"4710002"}' }],
  ["NotFoundException", { Input: '{"ChannelId":"1"}' }],
])("a bad input is accepted and fails at firing with %s", async (code, target) => {
  await using local = await aClockedAws();
  await create(local, { Target: stopTarget(target) });
  local.jump(2 * 3_600_000);
  await vi.waitFor(() => expect(names(local)).toEqual([]));
  expect(tellings(local).join()).toContain(`(${code}) and dropped it`);
});

test("schedules survive a restart, and what fell due meanwhile fires at once", async () => {
  const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  try {
    const before = await aClockedAws({ home });
    await create(before);
    await before[Symbol.asyncDispose]();
    const later = createWorld(seedWorld(testNow), () => testNow + 24 * 3_600_000);
    later.change(({ channels }) => void Object.assign(channels[id] ?? {}, { state: "RUNNING" }));
    await using after = await aClockedAws({ home, world: later });
    await vi.waitFor(() => expect(stateOf(after)).toBe("STOPPING"));
  } finally {
    await rm(home, { recursive: true });
  }
});
