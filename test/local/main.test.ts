import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { ListChannelsCommand, MediaLiveClient } from "@aws-sdk/client-medialive";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { localEnvironment } from "../../local/environment.ts";
import { startWorld, type WorldOptions } from "../../local/main.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
});
afterEach(() => rm(home, { recursive: true }));

const options = (more: Partial<WorldOptions> = {}): WorldOptions => ({
  port: 0,
  home: null,
  stepMs: 0,
  srtPort: 0,
  rtmpPort: 0,
  media: false,
  log: () => undefined,
  ...more,
});

test("one port answers for AWS, Slack, the console page and the world", async () => {
  const local = await startWorld(options());
  const client = new MediaLiveClient({
    endpoint: local.environment.AWS_ENDPOINT_URL ?? "",
    region: local.environment.AWS_REGION ?? "",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    const { Channels } = await client.send(new ListChannelsCommand({}));
    expect(Channels).toHaveLength(5);

    const authorization = `Bearer ${local.environment.SLACK_BOT_TOKEN}`;
    const who = await fetch(`${local.environment.SLACK_API_URL}auth.test`, {
      method: "POST",
      headers: { authorization },
    });
    expect(await who.json()).toMatchObject({ ok: true });

    const page = await fetch(local.url);
    expect(page.headers.get("content-type")).toContain("text/html");

    const faults = await fetch(`${local.url}/world/faults`);
    expect(await faults.json()).toEqual({ ok: true, faults: [] });
    expect((await fetch(`${local.url}/hls/primary/index.m3u8`)).status).toBe(404);
  } finally {
    client.destroy();
    await local.close();
  }
});

test("the environment of a world names everything the bot needs", () => {
  expect(localEnvironment(4400)).toMatchObject({
    AWS_ENDPOINT_URL: "http://127.0.0.1:4400",
    AWS_REGION: "us-west-2",
    PATCHBAY_ADMINS: "U0ADA000001",
    PATCHBAY_OPERATORS: "U0ANA000001,U0BEN000001",
    PATCHBAY_STACKS: "patchbay-local",
    SLACK_API_URL: "http://127.0.0.1:4400/api/",
    SLACK_APP_TOKEN: expect.stringMatching(/^xapp-/),
    SLACK_BOT_TOKEN: expect.stringMatching(/^xoxb-/),
    SLACK_CONVERSATION_ID: expect.stringMatching(/^C/),
  });
});

test("a second start goes on where the first stopped, also in the middle of a change", async () => {
  const first = await startWorld(options({ home, stepMs: 60_000 }));
  first.world.change(({ channels, source }) => {
    Object.assign(channels["4710002"] ?? {}, { state: "STARTING", streamName: "kept" });
    Object.assign(channels["4710003"] ?? {}, { state: "RUNNING" });
    Object.assign(source, { connected: true });
  });
  await first.close();

  const second = await startWorld(options({ home }));
  try {
    const { channels, source } = second.world.data;
    expect(channels["4710003"]?.state).toBe("RUNNING");
    expect(channels["4710002"]?.streamName).toBe("kept");
    expect(source.connected).toBe(true);
    await vi.waitFor(() => expect(channels["4710002"]?.state).toBe("RUNNING"));
  } finally {
    await second.close();
  }
});

test("what is under way when the world closes breaks nothing", async () => {
  const local = await startWorld(options({ home }));
  const client = new DynamoDBClient({
    endpoint: local.url,
    region: "us-west-2",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  const scan = () => client.send(new ScanCommand({ TableName: "lunora-destinations" }));
  await scan();
  const answers = Promise.allSettled(Array.from({ length: 100 }, scan));
  await Promise.race([scan(), answers]);
  await local.close();
  client.destroy();
  expect(await answers).toHaveLength(100);
});

test("a source that was measured is unknown after a restart", async () => {
  const first = await startWorld(options({ home }));
  first.world.change(({ source }) => {
    Object.assign(source, { by: "media", connected: true, bitrateBps: 1, rttMs: 1 });
  });
  await first.close();
  const second = await startWorld(options({ home }));
  await second.close();
  const unknown = { by: "switch", connected: false, bitrateBps: null, rttMs: null };
  expect(second.world.data.source).toMatchObject(unknown);
});

test("a taken port is one clear sentence", async () => {
  const first = await startWorld(options());
  try {
    await expect(startWorld(options({ port: first.port }))).rejects.toThrow(
      `Port ${first.port} is taken; set LOCAL_PORT to another one.`,
    );
  } finally {
    await first.close();
  }
});

test.each(["world.json", "parameters.json", "slack.json"])(
  "damaged data in %s is one clear sentence, and the port is free again",
  async (file) => {
    await writeFile(join(home, file), '{"channels":{"1":{}}}');
    const sentence = `The saved data in ${join(home, file)} is damaged; move this file away to start fresh.`;
    await expect(startWorld(options({ home }))).rejects.toThrow(sentence);
    await rm(join(home, file));
    await (await startWorld(options({ home }))).close();
  },
);

test("a world that was moved ahead stays ahead, and its jump ends with it", async () => {
  const first = await startWorld(options({ home, clockPaceMs: 1 }));
  const body = JSON.stringify({ forwardMinutes: 10_000 });
  const headers = { "content-type": "application/json" };
  await fetch(`${first.url}/world/clock`, { method: "POST", headers, body });
  await vi.waitFor(() => expect(first.world.data.clock.offsetMs).toBeGreaterThan(0));
  await first.close();
  const { offsetMs } = first.world.data.clock;

  const second = await startWorld(options({ home, clockPaceMs: 1 }));
  try {
    expect(second.world.data.clock).toEqual({ offsetMs, jump: null });
    expect(second.world.now()).toBeGreaterThanOrEqual(Date.now() + offsetMs - 60_000);
    const state: unknown = await (await fetch(`${second.url}/console/state`)).json();
    expect(state).toMatchObject({ world: { clock: { offsetMs, jump: null } } });
  } finally {
    await second.close();
  }
});

test("a world that was saved before it had a clock is at the machine's time", async () => {
  const first = await startWorld(options({ home }));
  first.world.log("something to save");
  await first.close();
  const file = join(home, "world.json");
  const { clock, ...saved } = JSON.parse(await readFile(file, "utf8"));
  expect(clock).toEqual({ offsetMs: 0, jump: null });
  await writeFile(file, JSON.stringify(saved));
  const second = await startWorld(options({ home }));
  await second.close();
  expect(second.world.data.clock).toEqual({ offsetMs: 0, jump: null });
});

test("a body of unknown length is read as any other", async () => {
  const local = await startWorld(options());
  const rehearse = async (text: string) => {
    const body = new Blob([text]).stream();
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", headers, body, duplex: "half" } as const;
    const answer = await fetch(`${local.url}/world/slack/outage`, request);
    return { status: answer.status, body: await answer.json() };
  };
  try {
    const error = expect.stringContaining('Send a JSON body: {"on": true}.');
    expect(await rehearse("")).toEqual({ status: 400, body: { ok: false, error } });
    expect(await rehearse('{"on": false}')).toEqual({ status: 200, body: { ok: true } });
  } finally {
    await local.close();
  }
});
