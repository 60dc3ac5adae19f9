import { expect, test } from "vitest";
import { functionFront, type Handler, invocationPath } from "../../local/function-front.ts";

/** A front at a time that stands still; `paths` are taken from there. */
function aFront(handler: Handler) {
  const front = functionFront({ handler, timeoutMs: 60_000, now: () => 0 });
  return (path: string, init?: RequestInit) => front.request(`http://127.0.0.1${path}`, init);
}

const echo: Handler = (event) => ({ statusCode: 200, body: JSON.stringify(event) });
const post = (body: string, type: string) => ({
  method: "POST",
  body,
  headers: { "content-type": type, "X-Mixed-Case": "kept" },
});

test("an invocation gets its event and a context, and what it returns comes back", async () => {
  const ask = aFront((event, { getRemainingTimeInMillis }) => [event, getRemainingTimeInMillis()]);
  const answer = await ask(invocationPath, post('{"source":"aws.medialive"}', "application/json"));
  expect(await answer.json()).toEqual([{ source: "aws.medialive" }, 60_000]);
});

test("an invocation that returns nothing is answered with null", async () => {
  const answer = await aFront(() => undefined)(invocationPath, post("{}", "application/json"));
  expect([answer.status, await answer.json()]).toEqual([200, null]);
});

test("an invocation that throws is answered with what it threw", async () => {
  const ask = aFront(() => Promise.reject(new TypeError("no")));
  const answer = await ask(invocationPath, post("{}", "application/json"));
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { errorType: "TypeError", errorMessage: "no" },
  ]);
});

test("a form travels as base64 in an event of format 2.0", async () => {
  const body = "text=start+twitch";
  const ask = aFront(echo);
  const answer = await ask("/slack/events?a=1", post(body, "application/x-www-form-urlencoded"));
  expect(await answer.json()).toMatchObject({
    ...{ version: "2.0", rawPath: "/slack/events", rawQueryString: "a=1" },
    headers: { "x-mixed-case": "kept" },
    requestContext: { http: { method: "POST", path: "/slack/events" } },
    ...{ body: Buffer.from(body).toString("base64"), isBase64Encoded: true },
  });
});

test("JSON travels as it is, and nothing as nothing", async () => {
  const ask = aFront(echo);
  const json = await ask("/slack/events", post('{"a":1}', "application/json; charset=utf-8"));
  expect(await json.json()).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
  const empty = await (await ask("/healthz")).json();
  expect(empty).toMatchObject({ requestContext: { http: { method: "GET" } } });
  expect(empty).not.toHaveProperty("body");
});

test("an answer has its status, headers, cookies and bytes", async () => {
  const answer = await aFront(() => ({
    statusCode: 401,
    headers: { "x-slack-no-retry": "1" },
    cookies: ["a=1", "b=2"],
    ...{ body: Buffer.from("no").toString("base64"), isBase64Encoded: true },
  }))("/");
  expect([answer.status, await answer.text()]).toEqual([401, "no"]);
  expect(answer.headers.get("x-slack-no-retry")).toBe("1");
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("what has no status is a good answer's body, and what throws a bad gateway", async () => {
  const plain = await aFront(() => ({ ok: true }))("/");
  expect([plain.status, await plain.json()]).toEqual([200, { ok: true }]);
  const broken = await aFront(() => Promise.reject(new Error("secret")))("/");
  expect([broken.status, await broken.text()]).toEqual([502, "Internal Server Error"]);
});
