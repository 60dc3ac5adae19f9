import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { readStackSettings } from "../../src/aws/stack-settings.ts";
import { clientOptions, serve } from "../support/aws-stage.ts";

const member = (key: string, value: string) =>
  `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;

const stacks: Record<string, string> = {
  tables:
    member("OpsTableName", "show-ops") +
    member("DestinationsTableName", "show-destinations") +
    member("SessionsTableName", "show-sessions"),
  channels:
    member("SchedulerRoleArn", "arn:aws:iam::123456789012:role/show-scheduler") +
    member("SchedulerGroupName", "show-prod") +
    member("SchedulerDeadLetterArn", "arn:aws:sqs:us-west-2:123456789012:show-dead") +
    member("EventsQueueUrl", "https://sqs.us-west-2.amazonaws.com/123456789012/show-events") +
    member("TwitchChannelId", "1234567"),
};

async function answer(request: Request): Promise<Response> {
  const name = new URLSearchParams(await request.text()).get("StackName") ?? "";
  const outputs = stacks[name];
  if (outputs === undefined)
    return xml("<ErrorResponse><Error><Code>ValidationError</Code></Error></ErrorResponse>", 400);
  const stack = `<Stacks><member><Outputs>${outputs}</Outputs></member></Stacks>`;
  return xml(
    `<DescribeStacksResponse><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`,
    200,
  );
}

const xml = (body: string, status: number) =>
  new Response(body, { status, headers: { "content-type": "text/xml" } });

let server: Awaited<ReturnType<typeof serve>>;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  server = await serve(answer);
  clients = createAwsClients(clientOptions(server.url));
});
afterAll(async () => {
  clients.close();
  await server.close();
});

describe("readStackSettings", () => {
  it("joins what several stacks say", async () => {
    expect(await readStackSettings(clients.cloudFormation, ["tables", "channels"])).toEqual({
      opsTable: "show-ops",
      destinationsTable: "show-destinations",
      sessionsTable: "show-sessions",
      schedulerRoleArn: "arn:aws:iam::123456789012:role/show-scheduler",
      schedulerGroup: "show-prod",
      schedulerDeadLetterArn: "arn:aws:sqs:us-west-2:123456789012:show-dead",
      eventsQueueUrl: "https://sqs.us-west-2.amazonaws.com/123456789012/show-events",
    });
  });

  it("leaves out what no stack says", async () => {
    expect(await readStackSettings(clients.cloudFormation, ["tables"])).toEqual({
      opsTable: "show-ops",
      destinationsTable: "show-destinations",
      sessionsTable: "show-sessions",
    });
  });

  it("names a stack that is not there", async () => {
    await expect(readStackSettings(clients.cloudFormation, ["gone"])).rejects.toMatchObject({
      code: "not-configured",
      message: "There is no stack named gone in this account and region.",
    });
  });
});
