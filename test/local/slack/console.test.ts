import { expect, test } from "vitest";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana, ben } = slackPeople;
const channel = "C0LIVE00001";

/** Follows the states that the page of one person is sent. */
async function* follow(slack: SlackHarness, person: string, signal: AbortSignal) {
  const response = await fetch(`${slack.origin}/console/events?person=${person}`, { signal });
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      expect(event).toMatch(/^event: state\n/);
      yield JSON.parse(event.replace(/^event: state\ndata: /, ""));
    }
  }
}

test("the page hears the whole state at once, and again after each burst of changes", async () => {
  await using slack = await startLocalSlack();
  const page = new AbortController();
  const states = follow(slack, ana, page.signal);
  expect((await states.next()).value).toMatchObject({
    person: { id: ana, role: "operator" },
    people: [{ name: "Ana" }, { name: "Ben" }, { name: "Vic" }, { name: "Ada" }],
    conversation: { id: channel, name: "live" },
    bot: { name: "patchbay", connected: false },
    messages: [],
  });
  await Promise.all(["a", "b", "c"].map((text) => slack.web.chat.postMessage({ channel, text })));
  expect((await states.next()).value.messages).toHaveLength(3);
  slack.world.log("something happened");
  expect((await states.next()).value.world.events).toMatchObject([{ text: "something happened" }]);
  page.abort();
});

test("a reply for everybody is marked", async () => {
  await using slack = await startLocalSlack();
  const { ts: thread_ts } = await slack.web.chat.postMessage({ channel, text: "card" });
  const reply = { channel, thread_ts: thread_ts ?? "" };
  await slack.web.chat.postMessage({ ...reply, text: "quiet" });
  await slack.web.chat.postMessage({ ...reply, text: "loud", reply_broadcast: true });
  expect(await slack.messages(ana)).toMatchObject([
    { text: "card", broadcast: false, replyCount: 2 },
    { text: "quiet", broadcast: false },
    { text: "loud", broadcast: true, threadTs: thread_ts },
  ]);
});

test("closing the local Slack ends the pages' streams", async () => {
  const slack = await startLocalSlack();
  const states = follow(slack, ana, AbortSignal.timeout(4_000));
  await states.next();
  await slack[Symbol.asyncDispose]();
  expect(await states.next().catch(() => ({ done: true }))).toMatchObject({ done: true });
});

test("a page that names nobody gets the first person", async () => {
  await using slack = await startLocalSlack();
  const response = await fetch(`${slack.origin}/console/state`);
  expect(await response.json()).toMatchObject({ person: { id: ana } });
});

test("nobody else is told anything", async () => {
  await using slack = await startLocalSlack();
  for (const path of ["state", "events"]) {
    const response = await fetch(`${slack.origin}/console/${path}?person=U404`);
    expect(response.status).toBe(404);
  }
});

test("another site's page cannot act", async () => {
  await using slack = await startLocalSlack();
  const response = await fetch(`${slack.origin}/console/command`, {
    method: "POST",
    headers: { "content-type": "text/plain", origin: "http://example.com" },
    body: JSON.stringify({ person: ana, text: "/stream stop all" }),
  });
  expect(response.status).toBe(403);
  expect(await slack.messages(ana)).toEqual([]);
});

test("two people at once see the same conversation", async () => {
  await using slack = await startLocalSlack();
  await Promise.all([slack.command(ana, "one"), slack.command(ben, "two")]);
  expect(await slack.messages(ana)).toEqual(await slack.messages(ben));
  expect(await slack.messages(ana)).toHaveLength(2);
});

test("the page comes with a policy that keeps other hosts and inline scripts out", async () => {
  await using slack = await startLocalSlack();
  const { headers } = await fetch(`${slack.origin}/`);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("everything that the page asks for is served with its type", async () => {
  await using slack = await startLocalSlack();
  const html = await (await fetch(`${slack.origin}/`)).text();
  const asked = [...html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)].map(([, path]) => path);
  expect(asked.length).toBeGreaterThan(0);
  for (const path of asked) {
    const response = await fetch(`${slack.origin}/${path}`);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    expect(response.headers.get("content-type")).toMatch(/^(text\/(css|javascript)|image\/svg)/);
  }
});

test.each([
  "..%2fslack.ts",
  "%2e%2e%2fslack.ts",
  "..%5cslack.ts",
  "tsconfig.json",
  "block-kit.d.ts",
  ".hidden.js",
  "nowhere.js",
  "dom.js%00.css",
])("%s is not served", async (name) => {
  await using slack = await startLocalSlack();
  expect((await fetch(`${slack.origin}/page/${name}`)).status).toBe(404);
});

test("a body that is too large is refused", async () => {
  await using slack = await startLocalSlack();
  const body = JSON.stringify({ person: ana, text: "x".repeat(1_100_000) });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${slack.origin}/console/command`, {
    method: "POST",
    headers,
    body,
  });
  expect(response.status).toBe(413);
});
