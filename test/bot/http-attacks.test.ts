import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConnectedHttpBot, form, type HttpBot, type Sent, slashOf } from "../support/http-bot.ts";

const json = "application/json";
const event = '{"type":"event_callback","event":{"type":"app_home_opened","user":"U0ANA000001"}}';
const press = `payload=${encodeURIComponent('{"type":"block_actions","actions":[]}')}`;
const stop = () => slashOf("stop all");

type Attack = (bot: HttpBot, body: string) => Sent;
const marked =
  (change: (signature: string) => string | string[]): Attack =>
  ({ sign }, body) => {
    const headers = sign(body);
    return {
      body,
      headers: { ...headers, "x-slack-signature": change(headers["x-slack-signature"]) },
    };
  };
const stamped =
  (change: (timestamp: string) => string | string[]): Attack =>
  ({ sign }, body) => {
    const headers = sign(body);
    const changed = change(headers["x-slack-request-timestamp"]);
    return { body, headers: { ...headers, "x-slack-request-timestamp": changed } };
  };
const signedAhead =
  (aheadS: number): Attack =>
  ({ sign }, body) => ({ body, headers: sign(body, form, aheadS) });
const typed =
  (type: string, sent?: string | Buffer): Attack =>
  ({ sign }, body) => ({ body: sent ?? body, headers: sign(sent ?? body, type) });
const unsigned =
  (type: string, sent?: string): Attack =>
  (_, body) => ({ body: sent ?? body, headers: { "content-type": type } });
const long = `${stop()}&pad=${"x".repeat(70_000)}`;

/** Status of the answer; every body asks for `stop all`. */
const attacks: [string, number, Attack][] = [
  ["unsigned", 401, unsigned(form)],
  ["unsigned JSON", 401, unsigned(json, event)],
  ["unsigned broken JSON", 401, unsigned(json, "{")],
  ["an unsigned broken payload", 401, unsigned(form, "payload={bad")],
  ["no media type", 401, (_, body) => ({ body })],
  ["no body", 401, unsigned(form, "")],
  ["another body than the signed one", 401, ({ sign }, body) => ({ body, headers: sign("a=b") })],
  ["another version", 401, marked((signature) => signature.replace("v0", "v1"))],
  ["a bare version", 401, marked(() => "v0=")],
  ["63 digits", 401, marked((signature) => signature.slice(0, -1))],
  ["65 digits", 401, marked((signature) => `${signature}0`)],
  ["upper-case digits", 401, marked((signature) => `v0=${signature.slice(3).toUpperCase()}`)],
  ["two signatures", 401, marked((signature) => [signature, signature])],
  ["a longer version", 401, marked((signature) => signature.replace("v0", "v0:0:a"))],
  ["two timestamps", 401, stamped((timestamp) => [timestamp, timestamp])],
  ["another timestamp", 401, stamped((timestamp) => String(Number(timestamp) + 1))],
  ...["0", "-1", "1e10", "NaN", "9999999999999"].map((timestamp): [string, number, Attack] => [
    `the timestamp ${timestamp}`,
    401,
    stamped(() => timestamp),
  ]),
  ["301 s old", 401, signedAhead(-301)],
  ["301 s early", 401, signedAhead(301)],
  ["an hour early", 401, signedAhead(3_600)],
  ["signed plain text", 400, typed("text/plain")],
  ["a signed form that calls itself JSON", 400, typed(json)],
  ["signed JSON that is null", 400, typed(json, "null")],
  ["signed JSON that is a list", 400, typed(json, `[${event}]`)],
  ["a signed payload that is null", 400, typed(form, "payload=null")],
  ["signed and packed", 400, typed(form, gzipSync(stop()))],
  ["too long", 413, typed(form, long)],
  ["too long and unsigned", 413, unsigned(form, long)],
  [
    "too long, in chunks of no known end",
    413,
    ({ sign }) => ({ body: long, headers: { ...sign(long), "transfer-encoding": "chunked" } }),
  ],
  ["ssl_check with a command", 200, typed(form, `ssl_check=1&${stop()}`)],
  ["ssl_check with a command, unsigned", 200, unsigned(form, `${stop()}&ssl_check=0`)],
  ["ssl_check alone", 200, unsigned(form, "ssl_check=1&token=x")],
];

describe("what Slack has not signed does nothing", () => {
  it.each(attacks)("%s: %i", async (_, status, attack) => {
    const bot = await aConnectedHttpBot();
    expect(await bot.send(attack(bot, stop()))).toEqual({ status, words: "" });
    expect(bot.lines).toEqual([]);
    const logged = JSON.stringify(bot.world.log.lines);
    expect(logged).not.toMatch(/stop|v0=|request-failed/);
    expect((await bot.deliver(slashOf("status"))).status).toBe(200);
  });

  it("whatever it is", async () => {
    const bot = await aConnectedHttpBot();
    const name = fc.constantFrom("x-slack-signature", "x-slack-request-timestamp", "content-type");
    const value = fc.oneof(
      fc.constantFrom(form, json, `${form};charset=x`),
      fc.stringMatching(/^v[01]=[0-9a-fA-F]{62,66}$/),
      fc.stringMatching(/^[0-9]{9,11}$/),
      fc.stringMatching(/^[!-~]{1,40}$/),
    );
    const sent = fc.record({
      headers: fc.dictionary(name, value),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
        fc.constantFrom(stop(), event, press, "ssl_check=1", "payload={", "null"),
      ),
    });
    await fc.assert(
      fc.asyncProperty(sent, async (each) => {
        expect([200, 401]).toContain((await bot.send(each)).status);
      }),
      { numRuns: 300 },
    );
    expect(bot.lines).toEqual([]);
    expect(bot.world.log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("a sender that takes its time", () => {
  const head = "POST /slack/events HTTP/1.1\r\nHost: a\r\n";
  it.each([
    ["the head", "POST /slack/events HTTP/1.1\r\nHost:"],
    ["the body", `${head}Content-Length: 100\r\n\r\nssl_check=1`],
    ["the last chunk", `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`],
  ])("is cut off: it never ends %s", async (_, beginning) => {
    const { url, lines, world } = await aConnectedHttpBot({ patienceMs: 200 });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(beginning);
    const said: string[] = [];
    socket.on("data", (chunk) => said.push(String(chunk)));
    await new Promise((resolve) => socket.on("close", resolve));
    expect(said.join("")).toMatch(/^HTTP\/1\.1 408 |^$/);
    expect(lines).toEqual([]);
    expect(world.log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is cut off: it goes on for ever", async () => {
    const { url, lines } = await aConnectedHttpBot();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const chunk = `8000\r\n${"x".repeat(0x8000)}\r\n`;
    const goOn = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on("drain", goOn);
    socket.on("error", () => undefined);
    let said = "";
    socket.on("data", (data) => {
      said += data;
    });
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`, goOn);
    await new Promise((resolve) => socket.on("close", resolve));
    expect(said).toMatch(/^HTTP\/1\.1 413 |^$/);
    expect(socket.bytesWritten).toBeLessThan(50_000_000);
    expect(lines).toEqual([]);
  });

  it("and breaks off, harms nobody", async () => {
    const { url, deliver, world } = await aConnectedHttpBot();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(`${head}Content-Length: 100\r\n\r\nhalf`, () => socket.resetAndDestroy());
    await new Promise((resolve) => socket.on("close", resolve));
    expect((await deliver(slashOf("status"))).status).toBe(200);
    expect(world.log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});
