import { describe, expect, it } from "vitest";
import { channelSpecs } from "../../infra/encoding.ts";
import { readTemplate, type Template } from "../../infra/template.ts";

const specsOf = ({ text, parameters }: Template, given: Record<string, string> = {}) => {
  const defaults = parameters.map(({ name, default: value }) => [name, value ?? ""]);
  return channelSpecs(text, { ...Object.fromEntries(defaults), ...given });
};

describe("channelSpecs", () => {
  it("reads what each channel of the templates encodes, 60 frames for Twitch", async () => {
    const specs = specsOf(await readTemplate("multi-medialive-channels.yaml"));
    const words = [...specs].map(
      ([
        id,
        {
          encodes: [encode],
          delivery,
          input,
        },
      ]) => [
        id,
        Math.round(encode?.fps ?? 0),
        (encode?.bitrateBps ?? 0) / 1_000_000,
        `${delivery} ${encode?.resolution} ${input.maxBitrateMbps}`,
      ],
    );
    expect(words).toEqual([
      ["PrimaryChannel", 30, 5, "package hd 10"],
      ["YoutubeChannel", 30, 6, "rtmp hd 10"],
      ["TwitchChannel", 60, 6, "rtmp hd 10"],
      ["LinkedinChannel", 30, 2.5, "rtmp hd 10"],
      ["CustomChannel", 30, 5, "rtmp hd 10"],
      ["StandbyPrimaryChannel", 30, 5, "package hd 10"],
    ]);
  });

  it("takes what is given for a parameter", async () => {
    const template = await readTemplate("destination-channel.yaml");
    const given = { BitrateBps: "3000000", Height: "540", Width: "960", FramesPerSecond: "50" };
    const spec = specsOf(template, { ...given, InputMaximumBitrate: "MAX_50_MBPS" }).get("Channel");
    expect(spec).toMatchObject({
      input: { maxBitrateMbps: 50 },
      encodes: [{ bitrateBps: 3_000_000, resolution: "sd", fps: 50 }],
    });
  });

  it.each(["", "a: 1", "Resources: { A: { Type: 'AWS::MediaLive::Channel' } }"])(
    "finds nothing in %j",
    (text) => {
      expect(channelSpecs(text, {})).toEqual(new Map());
    },
  );
});
