import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seedWorld } from "../../local/aws/seed.ts";
import { toConsoleWorld } from "../../local/control.ts";
import { aLocalAws, type LocalAwsHarness, testNow } from "../support/aws-harness.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws({ stepMs: 60_000 });
});
beforeEach(() =>
  local.world.change((data) => {
    Object.assign(data, seedWorld(testNow));
    data.source.connected = false;
  }),
);
afterAll(() => local[Symbol.asyncDispose]());

async function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${local.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

test("switches the source on with a bitrate, and off without one", async () => {
  expect(await post("/world/source", { connected: true, bitrateBps: 6_000_000 })).toEqual({
    status: 200,
    body: { ok: true },
  });
  expect(local.world.data.source).toMatchObject({ connected: true, bitrateBps: 6_000_000 });
  await post("/world/source", { connected: false, bitrateBps: 6_000_000 });
  expect(local.world.data.source).toMatchObject({ connected: false, bitrateBps: null });
});

test("refuses to switch a source that is measured on real media", async () => {
  local.world.change(({ source }) => void Object.assign(source, { by: "media" }));
  const { status, body } = await post("/world/source", { connected: true });
  expect(status).toBe(409);
  expect(body).toMatchObject({ ok: false, error: expect.stringContaining("measured") });
});

test.each([undefined, {}, { connected: "yes" }, { connected: true, bitrateBps: -1 }])(
  "refuses the source reading %o",
  async (reading) => {
    const { status, body } = await post("/world/source", reading);
    expect(status).toBe(400);
    expect(body).toMatchObject({ ok: false });
    expect(local.world.data.source.connected).toBe(false);
  },
);

test("somebody in the AWS console starts and stops a channel, by AWS's rules", async () => {
  const path = "/world/channels/4710003";
  expect((await post(`${path}/start`)).body).toEqual({ ok: true });
  expect(local.world.data.channels["4710003"]?.state).toBe("STARTING");
  expect((await post(`${path}/start`)).body).toMatchObject({ ok: false });
  expect((await post(`${path}/stop`)).body).toEqual({ ok: true });
  expect((await post("/world/channels/1/stop")).body).toMatchObject({ ok: false });
});

test("a page from another site cannot move this world", async () => {
  const reading = { connected: true };
  const elsewhere = await post("/world/source", reading, { origin: "https://example.com" });
  expect(elsewhere.status).toBe(403);
  expect(local.world.data.source.connected).toBe(false);
  expect((await post("/world/source", reading, { origin: local.url })).status).toBe(200);
});

test("the console sees states and outputs but no address and no key", () => {
  local.world.change(({ channels, outputs }) => {
    Object.assign(channels["4710002"] ?? {}, { streamName: "very-secret", state: "RUNNING" });
    outputs["4710002"] = { channelId: "4710002", status: "sending", detail: "sends" };
  });
  const watch = (id: string) => (id === "4710002" ? "http://127.0.0.1/watch" : null);
  const media = { installed: true, note: "real", srt: "srt://127.0.0.1:9998", watch };
  const shown = toConsoleWorld(local.world, media);
  expect(shown.media).toEqual({ installed: true, note: "real", srt: "srt://127.0.0.1:9998" });
  expect(shown.channels.find(({ id }) => id === "4710002")).toMatchObject({
    media: { status: "sending", detail: "sends" },
    state: "RUNNING",
    watch: "http://127.0.0.1/watch",
  });
  expect(JSON.stringify(shown)).not.toMatch(/very-secret|placeholder/);
});

test("the console sees no flow and no deleted channel", () => {
  local.world.change((data) => {
    data.flow = null;
    Object.assign(data.channels["4710002"] ?? {}, { state: "DELETED" });
  });
  const media = { installed: false, note: "", srt: null, watch: () => null };
  const shown = toConsoleWorld(local.world, media);
  expect(shown.flow).toBeNull();
  expect(shown.channels.map(({ id }) => id)).not.toContain("4710002");
});

test("the console shows the channels in one order, whatever their ids", () => {
  local.world.change((data) => {
    const { "4710002": youtube, ...rest } = data.channels;
    if (youtube) data.channels = { "1": { ...youtube, id: "1" }, ...rest };
  });
  const media = { installed: false, note: "", srt: null, watch: () => null };
  const shown = toConsoleWorld(local.world, media).channels.map(({ platform }) => platform);
  expect(shown).toEqual(["primary", "youtube", "twitch", "linkedin", "custom"]);
});

test.each([{}, { channels: 0 }, { channels: 101 }, { channels: "7" }])(
  "refuses the quotas %o",
  async (quotas) => {
    expect(await post("/world/quotas", quotas)).toMatchObject({ status: 400, body: { ok: false } });
    const answer = await (await fetch(`${local.url}/world/quotas`)).json();
    expect(answer).toEqual({ ok: true, quotas: { channels: 5 } });
  },
);

const minute = 60_000;
const howFar = '1 to 10080 (a week), for example {"forwardMinutes": 60}.';

test("the clock goes forward, says where it is going, and stops where it is", async () => {
  const clock = async (): Promise<unknown> => (await fetch(`${local.url}/world/clock`)).json();
  expect(await clock()).toEqual({ ok: true, now: testNow, offsetMs: 0, target: null });
  const answer = await post("/world/clock", { forwardMinutes: 10_080 });
  expect(answer).toEqual({ status: 200, body: { ok: true } });
  expect(await clock()).toMatchObject({ target: testNow + 10_080 * minute });
  const stopped = await fetch(`${local.url}/world/clock`, { method: "DELETE" });
  expect(await stopped.json()).toEqual({ ok: true });
  const { offsetMs } = local.world.data.clock;
  expect(await clock()).toEqual({ ok: true, now: testNow + offsetMs, offsetMs, target: null });
});

test.each([
  undefined,
  {},
  { forwardMinutes: 0 },
  { forwardMinutes: 10_081 },
  { forwardMinutes: 1.5 },
  { forwardMinutes: "60" },
])("refuses to move the clock by %o, with an example", async (wanted) => {
  const { status, body } = await post("/world/clock", wanted);
  expect(status).toBe(400);
  expect(body).toMatchObject({ ok: false, error: expect.stringContaining(howFar) });
  expect(local.world.data.clock).toEqual({ offsetMs: 0, jump: null });
});

test("the clock goes forward by a week at most at one time", async () => {
  await post("/world/clock", { forwardMinutes: 10_080 });
  const { status, body } = await post("/world/clock", { forwardMinutes: 10_080 });
  expect(status).toBe(409);
  expect(body).toMatchObject({ ok: false, error: expect.stringContaining("a week at most") });
  await fetch(`${local.url}/world/clock`, { method: "DELETE" });
});
