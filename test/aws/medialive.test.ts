import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { mediaLiveChannels } from "../../src/aws/medialive.ts";
import { Secret } from "../../src/domain/secret.ts";
import { clientOptions, serve } from "../support/aws-stage.ts";

const canary = "live_1_canary0123456789";
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

type Answer = (url: URL, request: Request) => unknown;

/** Channels behind a server that answers JSON as told; a Response is answered as it is. */
async function channelsBehind(answer: Answer) {
  const server = await serve(async (request) => {
    const body = await answer(new URL(request.url), request);
    return body instanceof Response ? body : Response.json(body);
  });
  opened.push(server.close);
  const clients = createAwsClients(clientOptions(server.url));
  opened.push(clients.close);
  return mediaLiveChannels(clients.mediaLive);
}

const aChannel = (id: string, more: object = {}) => ({
  id,
  name: `channel ${id}`,
  state: "IDLE",
  pipelinesRunningCount: 0,
  arn: `arn:aws:medialive:us-west-2:123456789012:channel:${id}`,
  destinations: [{ id: "destination1", settings: [{ url: "rtmp://h/app", streamName: canary }] }],
  ...more,
});

const refusal = (status: number, type: string, body: object = {}) =>
  Response.json(
    { message: `${canary} is wrong`, ...body },
    {
      status,
      headers: { "x-amzn-errortype": type },
    },
  );

describe("mediaLiveChannels", () => {
  it("follows every page", async () => {
    const channels = await channelsBehind((url) => {
      const page = Number(url.searchParams.get("nextToken") ?? "0");
      const next = page < 9 ? { nextToken: String(page + 1) } : {};
      const list = Array.from({ length: 100 }, (_, index) => aChannel(String(page * 100 + index)));
      return { channels: list, ...next };
    });
    const list = await channels.list();
    expect(new Set(list.map(({ channelId }) => channelId)).size).toBe(1_000);
  });

  it.each([
    ["that comes back", () => "again"],
    ["that is always new", (page: number) => `page-${page}`],
  ])("refuses a list with a token %s", async (_what, token) => {
    let pages = 0;
    const channels = await channelsBehind(() => {
      pages += 1;
      return { channels: [aChannel("1")], nextToken: token(pages) };
    });
    await expect(channels.list()).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(pages).toBeLessThan(300);
  });

  it("reads odd answers with tolerance and drops what has no id", async () => {
    const channels = await channelsBehind(() => ({
      channels: [
        aChannel("1", { state: "HIBERNATING", pipelinesRunningCount: -1 }),
        aChannel("2", { state: null, name: null }),
        aChannel("3", { id: null }),
        aChannel("4", { id: "" }),
      ],
    }));
    expect(await channels.list()).toEqual([
      { channelId: "1", name: "channel 1", state: "unknown", pipelinesRunning: null },
      { channelId: "2", name: "", state: "unknown", pipelinesRunning: 0 },
    ]);
  });

  it("reads null channels as none", async () => {
    const channels = await channelsBehind(() => ({ channels: null }));
    expect(await channels.list()).toEqual([]);
  });

  it("calls HTML in a 200 unreadable", async () => {
    const channels = await channelsBehind(
      () => new Response("<html>hello</html>", { headers: { "content-type": "text/html" } }),
    );
    await expect(channels.list()).rejects.toMatchObject({ code: "aws-unavailable" });
  });

  it("reads the states of answers to start and stop, known or not", async () => {
    const channels = await channelsBehind((url) =>
      aChannel("1", { state: url.pathname.endsWith("start") ? "STARTING" : "HIBERNATING" }),
    );
    expect(await channels.start("1")).toBe("starting");
    expect(await channels.stop("1")).toBe("unknown");
  });

  it("reads the 400 of a channel that is being created as a conflict", async () => {
    const channels = await channelsBehind(() => refusal(400, "BadRequestException"));
    await expect(channels.start("1")).rejects.toMatchObject({ code: "conflict" });
    await expect(channels.stop("1")).rejects.toMatchObject({ code: "conflict" });
  });

  it("sends a start once, also when the answer is lost", async () => {
    let starts = 0;
    const channels = await channelsBehind(() => {
      starts += 1;
      return refusal(502, "BadGatewayException");
    });
    await expect(channels.start("1")).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(starts).toBe(1);
  });

  it("sends the output back under the id that the channel has", async () => {
    let sent: unknown;
    const channels = await channelsBehind(async (_url, request) => {
      if (request.method === "PUT") sent = await request.json();
      return request.method === "PUT"
        ? { channel: aChannel("1", { state: "UPDATING" }) }
        : aChannel("1");
    });
    const output = {
      platformIngest: "rtmp://live.twitch.tv/app",
      streamKey: new Secret("new-key"),
    };
    expect(await channels.setOutput("1", output)).toBe("updating");
    expect(sent).toEqual({
      destinations: [
        {
          id: "destination1",
          settings: [{ streamName: "new-key", url: "rtmp://live.twitch.tv/app" }],
        },
      ],
    });
  });

  it.each([
    ["no output", []],
    ["two outputs", [{ id: "a" }, { id: "b" }]],
    ["an output without an id", [{}]],
  ])("does not set %s", async (_what, destinations) => {
    let updates = 0;
    const channels = await channelsBehind((_url, { method }) => {
      if (method === "PUT") updates += 1;
      return aChannel("1", { destinations });
    });
    const output = { platformIngest: "rtmp://h/app", streamKey: new Secret(canary) };
    await expect(channels.setOutput("1", output)).rejects.toMatchObject({ code: "invalid-input" });
    expect(updates).toBe(0);
  });

  it("gives titles of alerts once each", async () => {
    const alert = (alertType: string | null) => ({ alertType, state: "SET", message: canary });
    const channels = await channelsBehind((url) =>
      url.searchParams.get("stateFilter") === "SET"
        ? { alerts: [alert("Video Not Detected"), alert("Video Not Detected"), alert(null)] }
        : { alerts: [alert("Failed RTMP Connection")] },
    );
    expect(await channels.alerts("1")).toEqual(["Video Not Detected"]);
  });

  it("lets no key out, in no answer and in no error", async () => {
    const validationErrors = [{ elementPath: "/destinations", errorMessage: `${canary} is bad` }];
    const channels = await channelsBehind((_url, { method }) =>
      method === "PUT"
        ? refusal(422, "UnprocessableEntityException", { validationErrors })
        : aChannel("1"),
    );
    const output = { platformIngest: "rtmp://h/app", streamKey: new Secret(canary) };
    const caught: unknown = await channels.setOutput("1", output).catch((error: unknown) => error);
    expect(caught).toMatchObject({
      code: "invalid-input",
      message: "Could not set the channel's output: AWS says /destinations: [secret] is bad.",
    });
    const seen = [
      caught,
      await channels.read("1"),
      await channels.start("1"),
      await channels.stop("1"),
    ];
    expect(inspect(seen, { depth: 20, showHidden: true })).not.toContain("canary");
  });
});
