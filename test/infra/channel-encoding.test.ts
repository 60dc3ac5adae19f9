import { describe, expect, it } from "vitest";
import { readTemplate, resourcesOf } from "../support/templates.ts";

const template = readTemplate("multi-medialive-channels.yaml");
const further = readTemplate("destination-channel.yaml");
const channels = resourcesOf(template, "AWS::MediaLive::Channel");
const rtmp = ["Youtube", "Twitch", "Linkedin", "Custom"];

describe("encoding", () => {
  /** Macroblocks a second that a level takes (ITU-T H.264, table A-1). */
  const most: Record<string, number> = {
    H264_LEVEL_3: 40_500,
    H264_LEVEL_3_1: 108_000,
    H264_LEVEL_4_1: 245_760,
    H264_LEVEL_4_2: 522_240,
  };
  const presets = Object.entries(template.Mappings.Encoding ?? {});
  const framesOf: Record<string, number> = { Thirty: 30, Sixty: 60 };

  it.each(presets)("gives %s the level that its size and rate need", (_name, preset) => {
    const { Width, Height, Rate, Level } = preset;
    const blocks = Math.ceil(Number(Width) / 16) * Math.ceil(Number(Height) / 16);
    expect(blocks * (framesOf[String(Rate)] ?? Number.NaN)).toBeLessThanOrEqual(
      most[String(Level)] ?? 0,
    );
  });

  it.each(presets)("gives %s a key frame every two seconds", (_name, { Gop, Rate }) => {
    expect(Gop).toBe(2 * (framesOf[String(Rate)] ?? Number.NaN));
  });

  it("is as the presets of the platforms say, and the player's no less than it was", () => {
    const words = presets.map(
      ([name, { Height, Rate, Bitrate, Profile, Level }]) =>
        `${name} ${Height} ${Rate} ${Number(Bitrate) / 1e6}M ${Profile} ${Level}`,
    );
    expect(words).toEqual([
      "Primary 1080 Thirty 5M HIGH H264_LEVEL_4_1",
      "Youtube 1080 Thirty 6M HIGH H264_LEVEL_4_1",
      "Twitch 1080 Sixty 6M HIGH H264_LEVEL_4_2",
      "Linkedin 720 Thirty 2.5M MAIN H264_LEVEL_3_1",
      "Custom 1080 Thirty 5M HIGH H264_LEVEL_4_1",
    ]);
  });

  it("has a rate that is billed as 30 frames or fewer, 60 for Twitch", () => {
    for (const rate of Object.values(template.Mappings.FrameRates ?? {})) {
      const { Thirty, Sixty, Denominator } = rate;
      expect(Number(Thirty) / Number(Denominator)).toBeLessThanOrEqual(30);
      expect(Number(Sixty) / Number(Denominator)).toBeLessThanOrEqual(60);
      expect(Number(Sixty)).toBe(2 * Number(Thirty));
    }
    expect(template.Parameters.FrameRate?.Default).toBe("29.97");
    expect(template.Parameters.InputMaximumBitrate?.Default).toBe("MAX_10_MBPS");
  });
});

/** What MediaLive needs although its CloudFormation schema requires nothing (MediaLive API model). */
const needed = (own: { Destinations: unknown; OutputGroups: unknown }) => ({
  ChannelClass: "SINGLE_PIPELINE",
  Name: expect.anything(),
  RoleArn: expect.anything(),
  InputSpecification: {
    Codec: "AVC",
    Resolution: "HD",
    MaximumBitrate: { Ref: "InputMaximumBitrate" },
  },
  InputAttachments: [
    {
      InputId: expect.anything(),
      InputAttachmentName: expect.anything(),
      InputSettings: {
        SourceEndBehavior: "CONTINUE",
        AudioSelectors: [
          {
            Name: "audio",
            SelectorSettings: { AudioTrackSelection: { Tracks: [{ Track: 1 }] } },
          },
        ],
      },
    },
  ],
  Destinations: own.Destinations,
  EncoderSettings: {
    TimecodeConfig: { Source: "EMBEDDED" },
    ThumbnailConfiguration: { State: "AUTO" },
    AudioDescriptions: [
      {
        Name: "audio",
        AudioSelectorName: "audio",
        CodecSettings: { AacSettings: expect.anything() },
      },
    ],
    VideoDescriptions: [
      {
        Name: "video",
        Width: expect.anything(),
        Height: expect.anything(),
        CodecSettings: {
          H264Settings: {
            Profile: expect.anything(),
            Level: expect.anything(),
            Bitrate: expect.anything(),
            RateControlMode: "CBR",
            FramerateControl: "SPECIFIED",
            FramerateNumerator: expect.anything(),
            FramerateDenominator: expect.anything(),
            GopSize: expect.anything(),
            GopSizeUnits: "FRAMES",
          },
        },
      },
    ],
    OutputGroups: own.OutputGroups,
  },
});

describe("channels", () => {
  const toAddress = needed({
    Destinations: [{ Id: "destination1", Settings: [expect.anything()] }],
    OutputGroups: [
      {
        OutputGroupSettings: { RtmpGroupSettings: { AuthenticationScheme: "COMMON" } },
        Outputs: [
          {
            VideoDescriptionName: "video",
            AudioDescriptionNames: ["audio"],
            OutputSettings: {
              RtmpOutputSettings: {
                Destination: { DestinationRefId: "destination1" },
                NumRetries: 1000,
              },
            },
          },
        ],
      },
    ],
  });
  const toPackager = needed({
    Destinations: [
      {
        Id: "destination1",
        MediaPackageSettings: [
          {
            ChannelGroup: template.Resources.PackageGroup?.Properties.ChannelGroupName,
            ChannelName: template.Resources.PackageChannel?.Properties.ChannelName,
          },
        ],
      },
    ],
    OutputGroups: [
      {
        OutputGroupSettings: {
          MediaPackageGroupSettings: { Destination: { DestinationRefId: "destination1" } },
        },
        Outputs: [{ VideoDescriptionName: "video" }, { AudioDescriptionNames: ["audio"] }],
      },
    ],
  });

  it.each(rtmp)("%s has every member that an RTMP channel needs", (name) => {
    expect(template.Resources[`${name}Channel`]?.Properties).toMatchObject(toAddress);
  });

  it("a further destination has them too", () => {
    expect(further.Resources.Channel?.Properties).toMatchObject(toAddress);
  });

  it.each(["Primary", "StandbyPrimary"])(
    "%s has every member that the packager's needs",
    (name) => {
      expect(template.Resources[`${name}Channel`]?.Properties).toMatchObject(toPackager);
    },
  );

  /** One destination's part of the template, its own words taken out. */
  const partOf = (name: string) => {
    const own = Object.entries(template.Resources).filter(([id]) =>
      [`${name}Input`, `${name}Channel`].includes(id),
    );
    return JSON.parse(
      JSON.stringify(own)
        .replaceAll(name, "Destination")
        .replaceAll(name.toLowerCase(), "destination"),
    );
  };

  it.each(rtmp.slice(1))("%s is as YouTube's but for the words of its preset", (name) => {
    expect(partOf(name)).toEqual(partOf("Youtube"));
  });

  it.each(channels)(
    "%s is called and tagged after the destination that it serves",
    (id, channel) => {
      const words = id
        .replace("Channel", "")
        .replace(/(?<=.)[A-Z]/g, "-$&")
        .toLowerCase();
      expect(channel.Properties).toMatchObject({
        Name: { "Fn::Sub": `\${Project}-\${Environment}-${words}` },
        Tags: { Project: { Ref: "Project" }, Destination: words },
      });
    },
  );
});
