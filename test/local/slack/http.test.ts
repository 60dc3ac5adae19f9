import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { isValidSlackRequest } from "@slack/bolt";
import { expect, onTestFinished, test, vi } from "vitest";
import { tokens } from "../../../local/slack/people.ts";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana } = slackPeople;
const form = "application/x-www-form-urlencoded";

type Received = { headers: IncomingHttpHeaders; body: string };
type Answer = (received: Received, response: ServerResponse) => void;

/** An app that answers Slack's two questions by itself, and everything else as it is told. */
async function anApp(answer: Answer) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (body === "ssl_check=1") return void response.end();
    const { type, challenge } = body.startsWith("{") ? JSON.parse(body) : {};
    if (type === "url_verification") return void response.end(JSON.stringify({ challenge }));
    const one = { headers: request.headers, body };
    received.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/slack/events`, received };
}

const requestUrl = (slack: SlackHarness, url: unknown) =>
  slack.post("/world/slack/request-url", { url });

async function withApp(slack: SlackHarness, answer: Answer) {
  const app = await anApp(answer);
  expect(await requestUrl(slack, app.url)).toEqual({ ok: true });
  return app.received;
}

const lastOf = async (slack: SlackHarness) => (await slack.messages(ana)).at(-1);
const isSigned = (slack: SlackHarness, { headers, body }: Received): boolean =>
  isValidSlackRequest({
    signingSecret: tokens.signing,
    body,
    headers: {
      "x-slack-signature": String(headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
    },
    nowMilliseconds: slack.world.now(),
  });

test("a command comes as a signed form, and words in the answer are shown to its person", async () => {
  await using slack = await startLocalSlack();
  const received = await withApp(slack, (_, response) => response.end("here"));
  await slack.command(ana, "/stream start twitch");
  const [command] = received;
  expect(command && isSigned(slack, command)).toBe(true);
  expect(command?.headers).toMatchObject({ "content-type": form, "user-agent": "Slackbot 1.0" });
  expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({
    command: "/stream",
    text: "start twitch",
    user_id: ana,
    is_enterprise_install: "false",
    trigger_id: expect.any(String),
    response_url: expect.stringContaining(slack.origin),
  });
  expect(await lastOf(slack)).toMatchObject({ text: "here", ephemeral: true });
  expect((await slack.state(ana)).bot.connected).toBe(true);
});

test("a press comes as JSON in a signed form", async () => {
  await using slack = await startLocalSlack();
  const received = await withApp(slack, (_, response) => response.end());
  await slack.web.chat.postMessage({
    channel: "C0LIVE00001",
    text: "buttons",
    blocks: [
      {
        type: "actions",
        elements: [
          {
            type: "button",
            action_id: "go",
            value: "&=+",
            text: { type: "plain_text", text: "Go" },
          },
        ],
      },
    ],
  });
  expect(await slack.press(ana, "go")).toEqual({ ok: true });
  const [press] = received;
  expect(press && isSigned(slack, press)).toBe(true);
  expect(press?.headers["content-type"]).toBe(form);
  expect(JSON.parse(new URLSearchParams(press?.body).get("payload") ?? "")).toMatchObject({
    type: "block_actions",
    user: { id: ana },
    actions: [{ action_id: "go", value: "&=+" }],
  });
});

test("a JSON answer is taken as one", async () => {
  await using slack = await startLocalSlack();
  await withApp(slack, (_, response) =>
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ response_type: "in_channel", text: "for all" })),
  );
  await slack.command(ana, "/stream");
  expect(await lastOf(slack)).toMatchObject({ text: "for all", ephemeral: false });
});

test("an event comes as signed JSON, and again until it is acknowledged, saying why", async () => {
  await using slack = await startLocalSlack();
  const statuses = [500, 404, 302, 200];
  const received = await withApp(slack, (_, response) =>
    response.writeHead(statuses.shift() ?? 200).end(),
  );
  await slack.post("/console/home", { person: ana });
  await vi.waitFor(() => expect(received).toHaveLength(4));
  expect(received.every((each) => isSigned(slack, each))).toBe(true);
  expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  expect(
    received.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]),
  ).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
    ["3", "http_error"],
  ]);
});

test("an event waits for the world's clock before it is sent again", async () => {
  await using slack = await startLocalSlack({ timing: { retryMs: [0, 60_000, 300_000] } });
  const received = await withApp(slack, (_, response) => response.writeHead(500).end());
  await slack.post("/console/home", { person: ana });
  const forward = (ms: number) =>
    slack.world.change(({ clock }) => {
      clock.offsetMs += ms;
    });
  await vi.waitFor(() => expect(received).toHaveLength(2));
  for (const times of [3, 4])
    await vi.waitFor(() => {
      forward(30_000);
      expect(received).toHaveLength(times);
    });
  const [first = 0, second = 0, third = 0, fourth = 0] = received.map(({ headers }) =>
    Number(headers["x-slack-request-timestamp"]),
  );
  expect(second - first).toBe(0);
  expect(third - second).toBeGreaterThanOrEqual(60);
  expect(fourth - third).toBeGreaterThanOrEqual(300);
});

test("an app that wants no more of an event is left alone", async () => {
  await using slack = await startLocalSlack();
  const received = await withApp(slack, (_, response) =>
    response.writeHead(500, { "x-slack-no-retry": "1" }).end(),
  );
  await slack.post("/console/home", { person: ana });
  await slack.command(ana, "/stream");
  await slack.command(ana, "/stream");
  expect(received.filter(({ body }) => body.startsWith("{"))).toHaveLength(1);
});

test("a command that is refused, or that nobody answers in time, fails as in Slack", async () => {
  await using slack = await startLocalSlack({ timing: { ackMs: 50 } });
  const answers: Answer[] = [
    (_, response) => response.writeHead(401).end(),
    () => undefined,
    (_, response) => response.destroy(),
  ];
  await withApp(slack, (received, response) => answers.shift()?.(received, response));
  for (const error of ["dispatch_failed", "operation_timeout", "dispatch_failed"]) {
    await slack.command(ana, "/stream");
    expect((await lastOf(slack))?.text).toContain(error);
  }
});

test("during an outage nothing is sent", async () => {
  await using slack = await startLocalSlack();
  const received = await withApp(slack, (_, response) => response.end());
  slack.slack.outage(true);
  await slack.command(ana, "/stream");
  expect((await lastOf(slack))?.text).toContain("dispatch_failed");
  expect(received).toEqual([]);
});

test("without a request URL Socket Mode is back", async () => {
  await using slack = await startLocalSlack();
  await withApp(slack, (_, response) => response.end("by HTTP"));
  await slack.bolt((app) => {
    app.command("/stream", async ({ ack }) => ack("by socket"));
  });
  await slack.command(ana, "/stream");
  expect((await lastOf(slack))?.text).toBe("by HTTP");
  expect(await requestUrl(slack, null)).toEqual({ ok: true });
  await slack.command(ana, "/stream");
  expect((await lastOf(slack))?.text).toBe("by socket");
});

test("an address that does not answer as it should is not taken", async () => {
  await using slack = await startLocalSlack();
  const other = createServer((_, response) => void response.end("hello"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  expect(await requestUrl(slack, `http://127.0.0.1:${port}/`)).toEqual({
    ok: false,
    error: "It did not answer with the value of the challenge parameter (200).",
  });
  await new Promise((resolve) => other.close(resolve));
  expect(await requestUrl(slack, `http://127.0.0.1:${port}/`)).toEqual({
    ok: false,
    error: "Nothing answers there.",
  });
  for (const url of ["https://example.com/slack/events", "http://127.0.0.1.example.com:80/", 7])
    expect(await requestUrl(slack, url)).toMatchObject({ ok: false });
  expect((await slack.state(ana)).bot.connected).toBe(false);
});
