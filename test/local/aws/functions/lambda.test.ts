import { expect, test, vi } from "vitest";
import { aLocalAws } from "../../../support/aws-harness.ts";
import { aFunction, functionsOf } from "../../../support/called.ts";

const scope = `AWS4-HMAC-SHA256 Credential=local/20261122/us-west-2/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;

type Asked = { name?: string; type?: string; method?: string };

/** Asks the Lambda of a local AWS; `type` is the invocation type. */
async function invoke(url: string, body: string, asked: Asked = {}) {
  const { name = "work", type = "Event", method = "POST" } = asked;
  const answer = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, {
    method,
    headers: {
      authorization: scope,
      "x-amz-date": "20261122T200000Z",
      "x-amz-invocation-type": type,
    },
    ...(method === "POST" && { body }),
  });
  return { status: answer.status, error: answer.headers.get("x-amzn-errortype") };
}

test("an event whose function fails comes again, and then is a dead letter", async () => {
  await using local = await aLocalAws();
  const called = await aFunction(() => null);
  const functions = functionsOf(local.url);
  await functions.register({ name: "work", url: called.url, attempts: 2 });
  expect(await invoke(local.url, '{"source":"patchbay.slack"}')).toMatchObject({ status: 202 });
  await vi.waitFor(async () => {
    const { deadLetters } = await functions.list();
    expect(deadLetters).toMatchObject([{ function: "work", from: "Invoke" }]);
  }, 3000);
  expect(called.calls).toEqual([{ source: "patchbay.slack" }, { source: "patchbay.slack" }]);
});

type Refused = { what: string; body?: string; options?: Asked; status: number; error: string };
const unknown = { status: 400, error: "UnknownOperationException" };

test.each<Refused>([
  {
    what: "no such function",
    ...{ options: { name: "other" }, status: 404, error: "ResourceNotFoundException" },
  },
  { what: "what is no JSON", body: "{", status: 400, error: "InvalidRequestContentException" },
  {
    what: "more than a mebibyte",
    ...{ body: `"${"a".repeat(1024 * 1024)}"`, status: 413, error: "RequestTooLargeException" },
  },
  { what: "an answer to wait for", options: { type: "RequestResponse" }, ...unknown },
  { what: "another operation", options: { method: "GET" }, ...unknown },
])("$what is refused", async ({ body = "{}", options, status, error }) => {
  await using local = await aLocalAws();
  const called = await aFunction();
  await functionsOf(local.url).register({ name: "work", url: called.url });
  expect(await invoke(local.url, body, options)).toEqual({ status, error });
  expect(called.calls).toEqual([]);
});
