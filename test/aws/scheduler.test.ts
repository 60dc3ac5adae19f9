import { afterEach, describe, expect, it } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { schedulerDeadlines } from "../../src/aws/scheduler.ts";
import { clientOptions, serve } from "../support/aws-stage.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const roleArn = "arn:aws:iam::123456789012:role/patchbay-scheduler";
const deadLetterArn = "arn:aws:sqs:us-west-2:123456789012:patchbay-dead-letters";

type Seen = { method: string; path: string; body: unknown };

/** Deadlines behind a server that refuses as told: the exception for a method, or null. */
async function deadlinesBehind(
  refuse: (method: string, count: number) => string | null,
  options: { roleArn?: string } = { roleArn },
) {
  const seen: Seen[] = [];
  const server = await serve(async (request) => {
    const { method } = request;
    const words = await request.text();
    const path = new URL(request.url).pathname;
    seen.push({ method, path, body: words === "" ? null : JSON.parse(words) });
    const type = refuse(method, seen.length);
    if (type === null) return Response.json({ ScheduleArn: "arn:aws:scheduler:x" });
    const status = { ConflictException: 409, ResourceNotFoundException: 404 }[type] ?? 400;
    const headers = { "x-amzn-errortype": type };
    return Response.json({ Message: "no" }, { status, headers });
  });
  opened.push(server.close);
  const clients = createAwsClients(clientOptions(server.url));
  opened.push(clients.close);
  const where = { site: "main", group: "shows", deadLetterArn, roleArn: options.roleArn };
  return { deadlines: schedulerDeadlines(clients.scheduler, where), seen };
}

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const methods = (seen: Seen[]) => seen.map(({ method }) => method);

describe("schedulerDeadlines", () => {
  it("sends every member, in UTC and never earlier than asked for", async () => {
    const { deadlines, seen } = await deadlinesBehind(() => null);
    await deadlines.set("1001", at("21:30:00.001"));
    await deadlines.set("1001", at("21:31:00.000"));
    expect(seen[0]).toEqual({
      method: "PUT",
      path: "/schedules/patchbay-main-1001",
      body: {
        ActionAfterCompletion: "DELETE",
        ClientToken: expect.any(String),
        FlexibleTimeWindow: { Mode: "OFF" },
        GroupName: "shows",
        ScheduleExpression: "at(2026-11-22T21:31:00)",
        ScheduleExpressionTimezone: "UTC",
        Target: {
          Arn: "arn:aws:scheduler:::aws-sdk:medialive:stopChannel",
          DeadLetterConfig: { Arn: deadLetterArn },
          Input: '{"ChannelId":"1001"}',
          RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 20 },
          RoleArn: roleArn,
        },
      },
    });
    expect(seen[1]?.body).toMatchObject({ ScheduleExpression: "at(2026-11-22T21:31:00)" });
  });

  it("creates what cannot be moved, and moves what another has created in between", async () => {
    const { deadlines, seen } = await deadlinesBehind(
      (_method, count) => ["ResourceNotFoundException", "ConflictException"][count - 1] ?? null,
    );
    await deadlines.set("1001", at("21:30:00"));
    expect(methods(seen)).toEqual(["PUT", "POST", "PUT"]);
  });

  it("says what went wrong", async () => {
    const { deadlines, seen } = await deadlinesBehind(() => "ValidationException");
    await expect(deadlines.set("1001", at("21:30:00"))).rejects.toMatchObject({
      code: "aws-refused",
      context: { operation: "scheduler:UpdateSchedule" },
    });
    await expect(deadlines.clear("1001")).rejects.toMatchObject({ code: "aws-refused" });
    expect(methods(seen)).toEqual(["PUT", "DELETE"]);
  });

  it("names the variable that is missing, and asks AWS nothing", async () => {
    const { deadlines, seen } = await deadlinesBehind(() => null, {});
    await expect(deadlines.set("1001", at("21:30:00"))).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("PATCHBAY_SCHEDULER_ROLE_ARN"),
      hint: expect.stringContaining("arn:aws:iam::123456789012:role/"),
    });
    expect(seen).toEqual([]);
  });
});
