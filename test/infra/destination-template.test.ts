import { describe, expect, it } from "vitest";
import { made, refusals } from "../support/template-choices.ts";
import { readTemplate } from "../support/templates.ts";

const template = readTemplate("destination-channel.yaml");
const five = readTemplate("multi-medialive-channels.yaml");

it("is an input and a channel, and needs a name alone", () => {
  expect(made(template)).toEqual(["MediaLive::Input Input", "MediaLive::Channel Channel"]);
  const required = Object.entries(template.Parameters).filter(([, each]) => !("Default" in each));
  expect(required.map(([name]) => name)).toEqual(["Name"]);
  expect(Object.keys(template.Outputs)).toEqual(["ChannelId", "InputId"]);
});

it.each(["town-hall", "x", "youtube-second"])("may be called %s", (Name) => {
  expect(refusals(template, { Name })).toEqual([]);
});

it.each(["Town Hall", "town_hall", "-town", "town-", "2nd", ""])("may not be called %j", (Name) => {
  expect(refusals(template, { Name })).toEqual([
    "Name must be 1 to 30 lower-case letters, digits and inner hyphens, for example town-hall",
  ]);
});

it.each(["primary", "standby-primary", "youtube", "twitch", "linkedin", "custom"])(
  "may not be called %s, as a channel of the other stack is",
  (Name) => {
    expect(refusals(template, { Name })).toEqual([expect.stringContaining("choose another")]);
  },
);

describe("its level", () => {
  const given = { Name: "town-hall", FramesPerSecond: "59.94" };

  it("is refused when it cannot carry 1080 lines at 60 frames", () => {
    expect(refusals(template, { ...given, Level: "H264_LEVEL_4_1" })).toEqual([
      "1080 lines at 50 or 60 frames need H264_LEVEL_4_2, or H264_LEVEL_AUTO",
    ]);
  });

  it.each([
    { ...given, Level: "H264_LEVEL_4_2" },
    { ...given, Level: "H264_LEVEL_4_1", Height: "720" },
    { Name: "town-hall", Level: "H264_LEVEL_4_1" },
    given,
  ])("is taken as %j", (parameters) => {
    expect(refusals(template, parameters)).toEqual([]);
  });
});

it("is taken on air with settings of the same form as the five", () => {
  const formOf = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, each) => (/^(Fn::|Ref$)/.test(key) ? "…" : each)).replaceAll(
        /\{"(Ref|Fn::[A-Za-z]+)":"…"\}/g,
        '"…"',
      ),
    );
  const encoder = formOf(template.Resources.Channel?.Properties.EncoderSettings);
  const youtube = formOf(five.Resources.YoutubeChannel?.Properties.EncoderSettings);
  const audio = JSON.stringify(encoder).replace(
    '"Bitrate":"…","CodingMode"',
    '"Bitrate":128000,"CodingMode"',
  );
  expect(JSON.parse(audio.replace('"GopNumBFrames":"…"', '"GopNumBFrames":2'))).toEqual(youtube);
});
