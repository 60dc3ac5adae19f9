import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { persistentFetch } from "../../src/bot/persistent-fetch.ts";

const address = "https://slack.example/api/apps.connections.open";
const answers = (body: unknown) =>
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(body)));

describe("the request for a new connection", () => {
  let connected = false;
  const stopping = new AbortController();
  const ask = persistentFetch({ wasConnected: () => connected, stopping: stopping.signal });

  beforeEach(() => {
    connected = false;
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("hands on a refusal at the start, where it is final", async () => {
    answers({ ok: false, error: "invalid_auth" });
    expect(await (await ask(address)).json()).toEqual({ ok: false, error: "invalid_auth" });
  });

  it("fails on a refusal later, so that it is repeated", async () => {
    connected = true;
    answers({ ok: false, error: "invalid_auth" });
    await expect(ask(address)).rejects.toThrow("An API error occurred: invalid_auth");
  });

  it("hands on what Slack answers otherwise", async () => {
    connected = true;
    answers({ ok: true, url: "wss://x" });
    expect(await (await ask(address)).json()).toEqual({ ok: true, url: "wss://x" });
  });
});

it("asks nothing any more after the stop", async () => {
  const fetched = vi.fn();
  vi.stubGlobal("fetch", fetched);
  const ask = persistentFetch({ wasConnected: () => true, stopping: AbortSignal.abort() });
  void ask(address);
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetched).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});
