import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { type SlackHarness, slackPeople, startLocalSlack } from "../../support/local-slack.ts";

const { ana } = slackPeople;

const frame = z.looseObject({ type: z.string(), envelope_id: z.string().optional() });
type Frame = z.infer<typeof frame>;

type Line = { socket: WebSocket; frames: Frame[]; ack(frame: Frame | undefined): void };

async function openUrl(slack: SlackHarness): Promise<string> {
  const response = await fetch(`${slack.origin}/api/apps.connections.open`, {
    method: "POST",
    headers: { authorization: "Bearer xapp-local" },
  });
  return z.object({ url: z.string() }).parse(await response.json()).url;
}

/** A bare Socket Mode connection that has heard `hello` and acknowledges only when told. */
async function connect(slack: SlackHarness): Promise<Line> {
  const socket = new WebSocket(await openUrl(slack));
  const frames: Frame[] = [];
  socket.on("message", (data) => frames.push(frame.parse(JSON.parse(String(data)))));
  await once(socket, "message");
  const ack = (heard?: Frame) => socket.send(JSON.stringify({ envelope_id: heard?.envelope_id }));
  return { socket, frames, ack };
}

test("a connection starts with hello, and its address works once", async () => {
  await using slack = await startLocalSlack();
  const url = await openUrl(slack);
  const socket = new WebSocket(url);
  const [data] = await once(socket, "message");
  expect(JSON.parse(String(data))).toMatchObject({
    type: "hello",
    num_connections: 1,
    connection_info: { app_id: "A0LOCAL0001" },
  });
  const [error] = await once(new WebSocket(url), "error");
  expect(String(error)).toContain("401");
  expect((await slack.state(ana)).bot.connected).toBe(true);
});

test("a connection is pinged", async () => {
  await using slack = await startLocalSlack({ timing: { pingMs: 10 } });
  const { socket } = await connect(slack);
  const [data] = await once(socket, "ping");
  expect(String(data)).toBe("local");
});

test("envelopes go to one connection each, in turn", async () => {
  await using slack = await startLocalSlack();
  const lines = [await connect(slack), await connect(slack)];
  for (const line of lines) line.socket.on("message", () => line.ack(line.frames.at(-1)));
  for (const text of ["1", "2", "3", "4"]) await slack.command(ana, `/stream ${text}`);
  const heard = lines.map(({ frames }) =>
    frames.flatMap(({ payload }) => z.object({ text: z.string() }).safeParse(payload).data ?? []),
  );
  expect(heard).toMatchObject([
    [{ text: "1" }, { text: "3" }],
    [{ text: "2" }, { text: "4" }],
  ]);
});

test("only answers that Slack takes are announced as welcome", async () => {
  await using slack = await startLocalSlack();
  const line = await connect(slack);
  line.socket.on("message", () => line.ack(line.frames.at(-1)));
  await slack.command(ana, "/stream");
  await slack.post("/console/home", { person: ana });
  await expect.poll(() => line.frames).toHaveLength(3);
  expect(line.frames.slice(1)).toMatchObject([
    { type: "slash_commands", accepts_response_payload: true },
    {
      type: "events_api",
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: "",
    },
  ]);
  expect(line.frames[1]).not.toHaveProperty("retry_attempt");
});

test("an event that nobody acknowledges comes three times more", async () => {
  await using slack = await startLocalSlack({ timing: { ackMs: 20 } });
  const line = await connect(slack);
  await slack.post("/console/home", { person: ana });
  const again = { retry_reason: "timeout" };
  await expect
    .poll(() => line.frames.slice(1))
    .toMatchObject([
      { retry_attempt: 0, retry_reason: "" },
      { retry_attempt: 1, ...again },
      { retry_attempt: 2, ...again },
      { retry_attempt: 3, ...again },
    ]);
  const ids = line.frames
    .slice(1)
    .map(({ payload }) => z.object({ event_id: z.string() }).parse(payload));
  expect(new Set(ids.map(({ event_id }) => event_id)).size).toBe(1);
});

test("a command that nobody acknowledges comes once", async () => {
  await using slack = await startLocalSlack({ timing: { ackMs: 20 } });
  const line = await connect(slack);
  await slack.command(ana, "/stream");
  await slack.command(ana, "/stream");
  expect(line.frames).toHaveLength(3);
});

test("a connection that is to be renewed hears so, and gets nothing more", async () => {
  await using slack = await startLocalSlack();
  const line = await connect(slack);
  slack.slack.disconnect("refresh_requested");
  await expect
    .poll(() => line.frames.at(-1))
    .toMatchObject({
      type: "disconnect",
      reason: "refresh_requested",
    });
  await slack.command(ana, "/stream");
  expect((await slack.messages(ana)).at(-1)?.text).toContain("dispatch_failed");
});

test("an app holds ten connections at most", async () => {
  await using slack = await startLocalSlack();
  for (let count = 0; count < 10; count += 1) await connect(slack);
  const eleventh = await connect(slack);
  expect(eleventh.frames).toMatchObject([{ type: "disconnect", reason: "too_many_websockets" }]);
});

test("frames that are not acknowledgements are ignored", async () => {
  await using slack = await startLocalSlack();
  const line = await connect(slack);
  line.socket.send("{");
  line.socket.send("[]");
  line.socket.send('{"envelope_id":"unknown"}');
  line.socket.on("message", () => line.ack(line.frames.at(-1)));
  await slack.command(ana, "/stream");
  expect(await slack.messages(ana)).toHaveLength(1);
});
