import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { aLocalAws, refusalOf } from "../../support/aws-harness.ts";

const Name = "/lunora-player/streaming/destinations/dest_1/stream_key";
const Value = "abcd-efgh-ijkl";
const put = (more: object = {}) =>
  new PutParameterCommand({ Name, Value, Type: "SecureString", ...more });

test("a secure string comes in the clear only with decryption", async () => {
  await using local = await aLocalAws();
  const { ssm } = local.clients;
  expect(await ssm.send(put())).toMatchObject({ Version: 1 });
  const hidden = await ssm.send(new GetParameterCommand({ Name }));
  expect(hidden.Parameter).toMatchObject({ Type: "SecureString" });
  expect(hidden.Parameter?.Value).not.toContain(Value);
  const open = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(open.Parameter).toMatchObject({ Name, Value, Version: 1 });
});

test("replaces a parameter only with overwrite, and keeps its type", async () => {
  await using local = await aLocalAws();
  const { ssm } = local.clients;
  await ssm.send(put());
  expect(await refusalOf(ssm.send(put()))).toMatchObject({
    name: "ParameterAlreadyExists",
    status: 400,
  });
  const again = put({ Overwrite: true, Type: undefined, Value: "new" });
  expect(await ssm.send(again)).toMatchObject({ Version: 2 });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(Parameter).toMatchObject({ Type: "SecureString", Value: "new" });
});

test("a deleted or unknown parameter is not found", async () => {
  await using local = await aLocalAws();
  const { ssm } = local.clients;
  await ssm.send(put());
  await ssm.send(new DeleteParameterCommand({ Name }));
  const missing = { name: "ParameterNotFound", status: 400 };
  expect(await refusalOf(ssm.send(new GetParameterCommand({ Name })))).toMatchObject(missing);
  expect(await refusalOf(ssm.send(new DeleteParameterCommand({ Name })))).toMatchObject(missing);
});

test.each([
  { Type: undefined },
  { Value: "" },
  { Value: "x".repeat(4097) },
  { Name: "no/leading/slash" },
  { Name: "/with space" },
])("refuses to put %o", async (wrong) => {
  await using local = await aLocalAws();
  const call = local.clients.ssm.send(put(wrong));
  expect(await refusalOf(call)).toMatchObject({ name: "ValidationException", status: 400 });
});

test("survives a restart in a file that only its owner can read", async () => {
  const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  try {
    {
      await using first = await aLocalAws({ home });
      await first.clients.ssm.send(put());
    }
    await using second = await aLocalAws({ home });
    const command = new GetParameterCommand({ Name, WithDecryption: true });
    expect((await second.clients.ssm.send(command)).Parameter?.Value).toBe(Value);
    expect((await stat(join(home, "parameters.json"))).mode & 0o777).toBe(0o600);
  } finally {
    await rm(home, { recursive: true });
  }
});
