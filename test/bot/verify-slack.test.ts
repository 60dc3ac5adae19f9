import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { isValidSlackRequest } from "@slack/bolt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestBody, verifySlack } from "../../src/bot/verify-slack.ts";
import { Secret } from "../../src/domain/secret.ts";
import { slackSigned } from "../support/slack-signed.ts";

const form = "application/x-www-form-urlencoded";
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const now = new Date("2027-01-02T10:00:00.900Z");
const nowS = Math.floor(now.getTime() / 1000);
const body = "command=%2Fstream&text=stop+all&trigger_id=1.2.a";

type Headers = Record<string, unknown>;
const signed = (over: { body?: string; at?: number; type?: string } = {}): Headers =>
  slackSigned(over.body ?? body, { secret, at: over.at ?? nowS, type: over.type ?? form });
const verify = (headers: Headers | null | undefined, sent: string | Buffer = body, key = secret) =>
  verifySlack({ headers, body: Buffer.from(sent) }, new Secret(key), now);
const refusedWith = (status: number) => ({ accepted: false, status });

const signature = String(signed()["x-slack-signature"]);
const hex = signature.slice(3);
const without = (name: string) =>
  Object.fromEntries(Object.entries(signed()).filter(([each]) => each !== name));

describe("a signature made by openssl", () => {
  const example =
    "command=%2Fstream&text=start+twitch&user_id=U0ANA&team_id=T0CREW&trigger_id=1.2.b";
  // printf 'v0:1531420618:%s' "$example" | openssl dgst -sha256 -hmac "$secret"
  const given = "v0=462974e7f8fbd0cc7c61062cb67271d7e2a2f6b72b20c803b3e981586422f180";

  it("is accepted in its time, and is what the tests sign like", () => {
    const headers = slackSigned(example, { secret, at: 1531420618, type: form });
    expect(headers["x-slack-signature"]).toBe(given);
    const request = { headers, body: Buffer.from(example) };
    expect(verifySlack(request, new Secret(secret), new Date(1531420618000))).toEqual({
      accepted: true,
      body: Buffer.from(example),
      mediaType: form,
      key: createHash("sha256").update(given).digest("hex"),
    });
  });
});

describe("a request of Slack is accepted", () => {
  it.each([
    ["as it comes", signed()],
    ["with names in other cases", upper(signed())],
    ["with a charset", signed({ type: `${form}; charset=utf-8` })],
    ["with a media type in capitals", signed({ type: `${form.toUpperCase()} ;charset="UTF-8"` })],
    ["300 s old", signed({ at: nowS - 300 })],
    ["300 s early", signed({ at: nowS + 300 })],
    ["with other headers, of any kind", { ...signed(), cookie: ["a", "b"], "x-odd": null }],
  ])("%s", (_, headers) => {
    expect(verify(headers)).toMatchObject({ accepted: true, body: Buffer.from(body) });
  });

  it.each(['{"type":"event_callback","text":"é😀"}', ' {"a":{}}\n'])("as JSON: %s", (sent) => {
    const headers = signed({ body: sent, type: "application/json;charset=utf-8" });
    expect(verify(headers, sent)).toMatchObject({ accepted: true, mediaType: "application/json" });
  });

  it.each(["payload=%7B%7D", "payload={}&payload=null", "command=%E0%A4%A", "a=1&command"])(
    "as a form: %s",
    (sent) => {
      expect(verify(signed({ body: sent }), sent)).toMatchObject({ accepted: true });
    },
  );

  it("over its bytes, whatever they spell", () => {
    const odd = Buffer.concat([
      Buffer.from("command="),
      Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]),
    ]);
    const headers = slackSigned(odd, { secret, at: nowS, type: form });
    expect(verify(headers, odd)).toMatchObject({ accepted: true, body: odd });
  });
});

describe("anything else is refused with 401", () => {
  const stamped = (value: unknown) => ({ ...signed(), "x-slack-request-timestamp": value });
  const marked = (value: unknown) => ({ ...signed(), "x-slack-signature": value });
  it.each<[string, Headers | null | undefined]>([
    ["no headers at all", null],
    ["missing headers", undefined],
    ["empty headers", {}],
    ["no signature", without("x-slack-signature")],
    ["no timestamp", without("x-slack-request-timestamp")],
    ["a list of one signature", marked([signature])],
    ["a doubled signature, joined", marked(`${signature}, ${signature}`)],
    ["a signature in two spellings", { ...signed(), "X-Slack-Signature": signature }],
    ["a timestamp in two spellings", { ...signed(), "X-SLACK-REQUEST-TIMESTAMP": String(nowS) }],
    ["a number for a timestamp", stamped(nowS)],
    ["another version", marked(`v1=${hex}`)],
    ["a bare version", marked("v0=")],
    ["no version", marked(hex)],
    ["a longer version", marked(`v0:0:a=${hex}`)],
    ["63 digits", marked(signature.slice(0, -1))],
    ["65 digits", marked(`${signature}0`)],
    ["upper-case digits", marked(`v0=${hex.toUpperCase()}`)],
    ["a space after it", marked(`${signature} `)],
    ["a line after it", marked(`${signature}\n`)],
    ["no hex", marked(`v0=${"z".repeat(64)}`)],
    ["zeros", marked(`v0=${"0".repeat(64)}`)],
    ["another timestamp than the signed one", stamped(String(nowS - 1))],
    ["301 s old", signed({ at: nowS - 301 })],
    ["301 s early", signed({ at: nowS + 301 })],
    ["an hour early", signed({ at: nowS + 3600 })],
    ["the year 2286", signed({ at: 10_000_000_000 })],
    ["the year 1970", signed({ at: 0 })],
    ["a time below nothing", signed({ at: -1 })],
    ["milliseconds", signed({ at: now.getTime() })],
    ...["NaN", "1e10", "", "0x65a1b2c3d4", ` ${nowS}`, `${nowS} `, `+${nowS}`, "١٧٩٨٨٨٠٤٠٠"].map(
      (value): [string, Headers] => [`the timestamp "${value}"`, stamped(value)],
    ),
  ])("%s", (_, headers) => {
    expect(verify(headers)).toEqual(refusedWith(401));
  });

  it.each(["v0:text=stop+all", `${body}&text=start`, body.slice(1), ""])(
    "another body than the signed one: %s",
    (sent) => {
      expect(verify(signed(), sent)).toEqual(refusedWith(401));
    },
  );

  it("a signature by another secret", () => {
    expect(verify(signed(), body, "another-secret")).toEqual(refusedWith(401));
  });

  it("everything, with an empty secret", () => {
    const headers = slackSigned(body, { secret: "", at: nowS, type: form });
    expect(verify(headers, body, "")).toEqual(refusedWith(401));
  });

  it("everything, by a clock that does not go", () => {
    const request = { headers: signed(), body: Buffer.from(body) };
    const stopped = new Date(Number.NaN);
    expect(verifySlack(request, new Secret(secret), stopped)).toEqual(refusedWith(401));
  });

  it("before anything is parsed", () => {
    for (const broken of ["{", "payload={bad", "", "%"])
      expect(verify({ "content-type": form }, broken)).toEqual(refusedWith(401));
  });
});

describe("Slack's check of the certificate", () => {
  it.each(["ssl_check=1", "ssl_check=", "ssl_check=0&token=a", `${body}&ssl_check=1`])(
    "is answered and does nothing, signed or not: %s",
    (sent) => {
      expect(verify({ "content-type": `${form}; charset=utf-8` }, sent)).toEqual(refusedWith(200));
      expect(verify(signed({ body: sent }), sent)).toEqual(refusedWith(200));
    },
  );

  it.each(["command=ssl_check=1", "command=a&my_ssl_check=1", "command=%26ssl_check%3D1"])(
    "is a field of its own: %s",
    (sent) => {
      expect(verify(signed({ body: sent }), sent)).toMatchObject({ accepted: true });
      expect(verify({ "content-type": form }, sent)).toEqual(refusedWith(401));
    },
  );

  it("is no JSON", () => {
    const headers = { "content-type": "application/json" };
    expect(verify(headers, "ssl_check=1")).toEqual(refusedWith(401));
  });
});

it.each(["text/plain", "", "multipart/form-data", `${form}x`, "application/json, text/plain"])(
  "refuses a signed body that is neither form nor JSON: %s",
  (type) => {
    expect(verify(signed({ type }))).toEqual(refusedWith(400));
  },
);

it.each([
  ["application/json", ["", "{", "null", "7", '"text"', "[]", '[{"type":"x"}]', "{}{}", body]],
  [form, ["", "payload", "payload=", "payload={bad", "payload=null", "payload=%5B%5D", "text=hi"]],
])("refuses a signed body of %s that is no delivery", (type, bodies) => {
  for (const sent of bodies)
    expect(verify(signed({ body: sent, type }), sent), sent).toEqual(refusedWith(400));
});

it("refuses a packed body, signed as it was sent", () => {
  const packed = gzipSync(body);
  const headers = slackSigned(packed, { secret, at: nowS, type: form });
  expect(verify({ ...headers, "content-encoding": "gzip" }, packed)).toEqual(refusedWith(400));
});

it("reads a body of great depth, or of many fields", () => {
  const deep = `{"type":"x","a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  const headers = signed({ body: deep, type: "application/json" });
  expect(verify(headers, deep)).toMatchObject({ accepted: true });
  const many = `command=x${"&a=".repeat(10_000)}`;
  expect(verify(signed({ body: many }), many)).toMatchObject({ accepted: true });
});

it("refuses a signed body without a media type, or with a doubled one", () => {
  expect(verify(without("content-type"))).toEqual(refusedWith(400));
  expect(verify({ ...signed(), "Content-Type": form })).toEqual(refusedWith(400));
});

it("looks at no body above 64 kB, signed or not", () => {
  const full = body.padEnd(longestBody, "+");
  expect(verify(signed({ body: full }), full)).toMatchObject({ accepted: true });
  const over = `${full}x`;
  expect(verify(signed({ body: over }), over)).toEqual(refusedWith(413));
  expect(verify({}, over)).toEqual(refusedWith(413));
  expect(verify({ "content-type": form }, `ssl_check=1&${over}`)).toEqual(refusedWith(413));
});

it("gives the same bytes, sent again, the same key, and others another one", () => {
  const key = (headers: Headers) => {
    const verdict = verify(headers);
    return verdict.accepted ? verdict.key : null;
  };
  expect(key(signed())).toMatch(/^[0-9a-f]{64}$/);
  expect(key(signed())).toBe(key(signed()));
  expect(key(signed())).not.toBe(key(signed({ at: nowS - 1 })));
});

it("never throws, and accepts nothing that is not signed, whatever is sent", () => {
  const name = fc.constantFrom(
    "content-type",
    "X-Slack-Signature",
    "x-slack-signature",
    "x-slack-request-timestamp",
    "__proto__",
  );
  const value = fc.oneof(
    fc.constantFrom<unknown>(signature, String(nowS), form, "application/json"),
    fc.stringMatching(/^v0=[0-9a-f]{64}$/),
    fc.anything(),
  );
  const headers = fc.oneof(fc.dictionary(name, value), fc.constantFrom(null, undefined));
  const forged = fc
    .uint8Array({ maxLength: 300 })
    .filter((bytes) => !Buffer.from(body).equals(bytes));
  fc.assert(
    fc.property(headers, forged, (each, bytes) => {
      expect(verify(each, Buffer.from(bytes))).toMatchObject({ accepted: false });
    }),
    { numRuns: 1_000 },
  );
});

it("agrees with Bolt about every request that both judge by the same rules", () => {
  const odd = fc.record({
    text: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    ageS: fc.integer({ min: 0, max: 400 }),
    tampered: fc.boolean(),
  });
  fc.assert(
    fc.property(odd, ({ text, ageS, tampered }) => {
      const sent = JSON.stringify({ text });
      const headers = slackSigned(sent, { secret, at: nowS - ageS, type: "application/json" });
      const received = tampered ? `${sent} ` : sent;
      const theirs = isValidSlackRequest({
        signingSecret: secret,
        body: received,
        headers: {
          "x-slack-signature": headers["x-slack-signature"],
          "x-slack-request-timestamp": nowS - ageS,
        },
        nowMilliseconds: now.getTime(),
      });
      expect(verify(headers, received).accepted).toBe(theirs);
    }),
  );
});

function upper(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
}
