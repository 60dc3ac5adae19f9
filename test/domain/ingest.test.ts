import { describe, expect, it } from "vitest";
import { checkIngest } from "../../src/domain/ingest.ts";
import { custom } from "../../src/domain/platforms/custom.ts";
import { twitch } from "../../src/domain/platforms/twitch.ts";
import { youtube } from "../../src/domain/platforms/youtube.ts";

const relay = "rtmp://relay.example.com";

describe("an RTMP address", () => {
  it.each([
    `${relay}/live`,
    `${relay}:1935/live`,
    `${relay}:2935/live/second`,
    "rtmps://relay.example.com:443/app",
    "rtmp://xn--bcher-kva.example/live",
  ])("may be %s", (address) => {
    expect(checkIngest(address, custom)).toBeNull();
  });

  it.each([
    "rtmp://a.rtmp.youtube.com/live2",
    "rtmps://a.rtmps.youtube.com/live2",
    "rtmps://a.rtmps.youtube.com:443/live2",
  ])("may be one of the platform's own hosts: %s", (address) => {
    expect(checkIngest(address, youtube)).toBeNull();
  });

  it.each([
    ["a short number", "rtmp://127.1/live", "public name"],
    ["a dotted number", "rtmp://169.254.169.254/latest", "public name"],
    ["a hexadecimal number", "rtmp://0x7f000001/live", "public name"],
    ["hexadecimal parts", "rtmp://0x7f.0.0.0x1/live", "public name"],
    ["octal parts", "rtmp://0177.0.0.01/live", "public name"],
    ["a decimal number", "rtmp://2130706433/live", "public name"],
    ["IPv6", "rtmp://[::1]/live", "port"],
    ["IPv4 inside IPv6", "rtmp://[::ffff:169.254.169.254]/live", "port"],
    ["a single label", "rtmp://localhost/live", "public name"],
    ["a trailing dot", "rtmp://relay.example.com./live", "public name"],
    ["an internal name", "rtmp://metadata.google.internal/live", "public name"],
    ["a local name", "rtmp://printer.local/live", "public name"],
    ["user and password", "rtmp://user:pass@relay.example.com/live", "user name"],
    ["a host behind an @", "rtmp://a.rtmp.youtube.com@evil.example/live2", "user name"],
    ["a scheme in capitals", "RTMP://relay.example.com/live", "look like rtmp://"],
    ["one slash", "rtmp:/relay.example.com/live", "look like rtmp://"],
    ["http", "http://relay.example.com/live", "look like rtmp://"],
    ["a file", "file:///etc/passwd", "look like rtmp://"],
    ["an odd port", `${relay}:22/live`, "port"],
    ["a padded port", `${relay}:01935/live`, "port"],
    ["an empty port", `${relay}:/live`, "port"],
    ["two ports", `${relay}:1935:443/live`, "port"],
    ["a line break in the host", "rtmp://relay.example\r\n.com/live", "look like rtmp://"],
    ["a line break in the path", `${relay}/live\r\nHost: evil`, "look like rtmp://"],
    ["NUL in the path", `${relay}/live\u0000`, "look like rtmp://"],
    ["a direction mark in the path", `${relay}/\u202elive`, "look like rtmp://"],
    ["a trailing space", `${relay}/live `, "look like rtmp://"],
    ["letters of another script", "rtmp://rеlay.example.com/live", "public name"],
    ["10 kB", `${relay}/${"a".repeat(10_000)}`, "512"],
    ["a query", `${relay}/live?key=abc`, "look like rtmp://"],
    ["a fragment", `${relay}/live#abc`, "look like rtmp://"],
    ["no application", relay, "application"],
    ["an empty application", `${relay}/`, "application"],
    ["nothing", "", "look like rtmp://"],
  ])("must not be %s", (_, address, why) => {
    expect(checkIngest(address, custom)).toContain(why);
  });

  it.each([
    "rtmp://a.rtmp.youtube.com.evil.example/live2",
    "rtmp://evilrtmp.youtube.com/live2",
    "rtmp://live.twitch.tv/app",
  ])("must belong to the platform: %s", (address) => {
    expect(checkIngest(address, youtube)).toContain("YouTube's hosts");
  });

  it.each([
    ["rtmp://a.rtmp.youtube.com/live2/abcd-efgh-ijkl-mnop", youtube],
    ["rtmp://live.twitch.tv/app/live_12345_AbCdEfGh", twitch],
  ])("S1: must not carry the key in its path, nor is the key repeated: %s", (address, platform) => {
    const problem = checkIngest(address, platform);
    expect(problem).toContain("stream key");
    expect(problem).not.toContain(address.split("/").at(-1));
  });
});
