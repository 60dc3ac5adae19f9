import { describe, expect, it, vi } from "vitest";
import { createInvoke, invokePatienceMs } from "../../src/aws/invoke.ts";
import { Secret } from "../../src/domain/secret.ts";
import { answering } from "../support/answering.ts";
import { aLocalAws, testNow } from "../support/aws-harness.ts";
import { aFunction, functionsOf } from "../support/called.ts";

const clock = { now: () => new Date(testNow) };
const toInvoke = (endpoint: string, patienceMs = 5_000) =>
  createInvoke({
    patienceMs,
    ...{ region: "us-west-2", endpoint, accessKeyId: "slack-function" },
    ...{ secretAccessKey: new Secret("a-secret"), sessionToken: new Secret("a-session"), clock },
  });

/** An address that answers with these statuses in turn; null breaks the connection, and 0 never answers. */
async function anAddress(...statuses: (number | null)[]) {
  const asked: { headers: NodeJS.Dict<string | string[]>; url: string | undefined }[] = [];
  const url = await answering(({ headers, url, socket }, response) => {
    const status = statuses[asked.length] ?? null;
    asked.push({ headers, url });
    if (status === null) socket.destroy();
    else if (status > 0) response.writeHead(status).end();
  });
  return { asked, url };
}

describe("an event that is left with Lambda", () => {
  it("calls the function that it is for, by who signed it", async () => {
    await using local = await aLocalAws();
    const [work, tick] = [await aFunction(), await aFunction()];
    const functions = functionsOf(local.url);
    await functions.register({ name: "work", url: work.url });
    await functions.register({ name: "tick", url: tick.url });
    await toInvoke(local.url)("work", { source: "patchbay.slack", sealed: "Zoë" });
    await vi.waitFor(() =>
      expect(work.calls).toEqual([{ source: "patchbay.slack", sealed: "Zoë" }]),
    );
    expect(tick.calls).toEqual([]);
    expect(local.aws.asked()).toEqual([
      { by: "slack-function", service: "lambda", operation: "Invoke" },
    ]);
  });

  it("is signed with the session, at the clock's time", async () => {
    const { asked, url } = await anAddress(202);
    await toInvoke(url)("patchbay-prod-work", {});
    expect(asked[0]).toMatchObject({
      url: "/2015-03-31/functions/patchbay-prod-work/invocations",
      headers: {
        "x-amz-invocation-type": "Event",
        "x-amz-date": "20261122T200000Z",
        "x-amz-security-token": "a-session",
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=slack-function\/20261122\/us-west-2\/lambda\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-invocation-type;x-amz-security-token, Signature=[0-9a-f]{64}$/,
        ),
      },
    });
  });

  it.each([[null], [500], [503], [429]])("is left once more after %s", async (status) => {
    const { asked, url } = await anAddress(status, 202);
    await toInvoke(url)("work", {});
    expect(asked).toHaveLength(2);
  });

  it("is nobody's when Lambda stays away, and says so without a secret", async () => {
    const { asked, url } = await anAddress();
    const failure = await toInvoke(url)("work", { sealed: "x" }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "aws-unavailable" });
    expect(asked).toHaveLength(2);
    expect(JSON.stringify(failure)).not.toMatch(/a-secret|a-session/);
  });

  it("is left once more, and then given up, when Lambda never answers", async () => {
    const late = await anAddress(0, 202);
    await toInvoke(late.url, 200)("work", {});
    expect(late.asked).toHaveLength(2);
    const silent = await anAddress(0, 0);
    const failing = toInvoke(silent.url, 50)("work", {});
    await expect(failing).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(silent.asked).toHaveLength(2);
  });

  it("is given up before Slack gives up, with time for the rest", () => {
    expect(2 * invokePatienceMs).toBeLessThanOrEqual(2_400);
  });

  it.each([[403], [404], [200]])(
    "is refused with %s, which no second time changes",
    async (status) => {
      const { asked, url } = await anAddress(status, 202);
      await expect(toInvoke(url)("work", {})).rejects.toMatchObject({
        code: "aws-refused",
        message: `AWS Lambda does not call work: it says ${status}.`,
      });
      expect(asked).toHaveLength(1);
    },
  );
});
