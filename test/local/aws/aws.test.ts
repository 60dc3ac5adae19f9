import { BatchGetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { DescribeChannelCommand, ListChannelsCommand } from "@aws-sdk/client-medialive";
import { afterAll, beforeAll, expect, test } from "vitest";
import { coverage } from "../../../local/aws/coverage.ts";
import { mediaConnectGaps } from "../../../local/aws/mediaconnect/mediaconnect.ts";
import { mediaLiveGaps } from "../../../local/aws/medialive/medialive.ts";
import { schedulerGaps } from "../../../local/aws/scheduler/scheduler.ts";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../support/aws-harness.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
afterAll(() => local[Symbol.asyncDispose]());

const signature = "0".repeat(64);
const signedFor = (service: string, region = "us-west-2") =>
  `AWS4-HMAC-SHA256 Credential=local/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=${signature}`;

async function ask(path: string, init: RequestInit & { authorization?: string } = {}) {
  const { authorization, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (authorization !== undefined) headers.set("authorization", authorization);
  const answer = await fetch(`${local.url}${path}`, { ...rest, headers });
  return { status: answer.status, body: await answer.text() };
}

test("the coverage table says what is routed", () => {
  const sorted = (table: Record<string, readonly string[]>) =>
    Object.fromEntries(Object.entries(table).map(([name, all]) => [name, [...all].sort()]));
  expect(sorted(local.aws.operations)).toEqual(sorted(coverage));
});

const gaps = [
  ...mediaLiveGaps.map((gap) => ({ service: "medialive", ...gap })),
  ...mediaConnectGaps.map((gap) => ({ service: "mediaconnect", ...gap })),
  ...schedulerGaps.map((gap) => ({ service: "scheduler", ...gap })),
];

test.each(gaps)("$service $operation is refused by name", async ({ service, ...gap }) => {
  const path = gap.path.replaceAll(/:\w+/g, "x");
  const { status, body } = await ask(path, {
    method: gap.method,
    authorization: signedFor(service),
  });
  expect(status).toBe(400);
  expect(JSON.parse(body)).toEqual({
    __type: "UnknownOperationException",
    message: `${service} ${gap.operation} is not part of the local AWS yet`,
  });
});

test("an unknown path and an unknown service are refused by name", async () => {
  const path = await ask("/prod/nothing", { authorization: signedFor("medialive") });
  expect(path.body).toContain("medialive GET /prod/nothing is not part of the local AWS yet");
  const service = await ask("/bucket", { authorization: signedFor("s3") });
  expect(service.body).toContain("the service s3 is not part of the local AWS yet");
});

test("a request without a signature is refused as AWS does", async () => {
  const { status, body } = await ask("/prod/channels");
  expect(status).toBe(403);
  expect(JSON.parse(body).__type).toBe("MissingAuthenticationTokenException");
});

test("a Query request without a signature is refused in XML", async () => {
  const form = new URLSearchParams({ Action: "DescribeStacks" });
  const { status, body } = await ask("/", { method: "POST", body: form });
  expect(status).toBe(403);
  expect(body).toContain("<Code>MissingAuthenticationTokenException</Code>");
});

test.each([
  "AWS4-HMAC-SHA256 nonsense",
  signedFor("medialive").replace(signature, "short"),
  signedFor("medialive").replace("SignedHeaders=host, ", ""),
  signedFor("medialive").replace("aws4_request", "aws3_request"),
])("a malformed signature is refused: %s", async (authorization) => {
  const { status, body } = await ask("/prod/channels", { authorization });
  expect(status).toBe(400);
  expect(JSON.parse(body).__type).toBe("IncompleteSignatureException");
});

test("a signature for another region is refused", async () => {
  const { status, body } = await ask("/prod/channels", {
    authorization: signedFor("medialive", "eu-west-1"),
  });
  expect(status).toBe(403);
  expect(body).toContain("Credential should be scoped to a valid region");
});

test("a body that is not JSON is refused", async () => {
  const { status, body } = await ask("/prod/batch/start", {
    method: "POST",
    body: "{",
    authorization: signedFor("medialive"),
  });
  expect(status).toBe(400);
  expect(JSON.parse(body).__type).toBe("SerializationException");
});

test("remembers who asked for what, each thing once", async () => {
  await using aws = await aLocalAws();
  for (const _ of [1, 2]) await aws.clients.mediaLive.send(new ListChannelsCommand({}));
  await refusalOf(aws.clients.mediaLive.send(new DescribeChannelCommand({ ChannelId: "404" })));
  const Keys = [{ source_id: { S: "a" } }];
  const RequestItems = { "lunora-sources": { Keys } };
  await aws.clients.dynamoDb.send(new BatchGetItemCommand({ RequestItems }));
  await aws.clients.dynamoDb.send(new ScanCommand({ TableName: "lunora-presets" }));
  const by = "local";
  expect(aws.aws.asked()).toEqual([
    { by, service: "medialive", operation: "ListChannels" },
    { by, service: "medialive", operation: "DescribeChannel" },
    { by, service: "dynamodb", operation: "BatchGetItem", on: "lunora-sources" },
    { by, service: "dynamodb", operation: "Scan", on: "lunora-presets" },
  ]);
});
