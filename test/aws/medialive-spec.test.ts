import { describe, expect, it } from "vitest";
import { specFrom } from "../../src/aws/medialive-spec.ts";

type Answer = Parameters<typeof specFrom>[0];

const video = (Name: string, Height: number | undefined, CodecSettings: object) => ({
  Name,
  Height,
  Width: Height === undefined ? undefined : Math.round((Height * 16) / 9),
  CodecSettings,
});

const h264 = { Bitrate: 5_000_000, FramerateControl: "SPECIFIED" as const };
const thirty = { FramerateNumerator: 30_000, FramerateDenominator: 1_001 };

const outputTo = (group: object, ...names: string[]) => ({
  OutputGroupSettings: group,
  Outputs: names.map((VideoDescriptionName) => ({ VideoDescriptionName, OutputSettings: {} })),
});

const audio = (CodecSettings: object) => ({ Name: "a", AudioSelectorName: "a", CodecSettings });

const aChannel = (encoder: object, more: object = {}): Answer => ({
  ChannelClass: "STANDARD",
  InputSpecification: { Codec: "HEVC", MaximumBitrate: "MAX_20_MBPS", Resolution: "UHD" },
  ...more,
  EncoderSettings: {
    AudioDescriptions: [],
    OutputGroups: [],
    TimecodeConfig: { Source: "EMBEDDED" },
    VideoDescriptions: [],
    ...encoder,
  },
});

describe("specFrom", () => {
  it("reads a ladder that goes to a packager", () => {
    const answer = aChannel({
      VideoDescriptions: [
        video("uhd", 2160, { H265Settings: { MaxBitrate: 12_000_000, Bitrate: 9_000_000 } }),
        video("hd", 720, { H264Settings: { ...h264, ...thirty } }),
        video("sd", 480, { Av1Settings: { MaxBitrate: 1_000_000 } }),
        video("unused", 1080, { H264Settings: h264 }),
      ],
      AudioDescriptions: [
        audio({ AacSettings: { Bitrate: 128_000 } }),
        audio({ Ac3Settings: { Bitrate: 384_000 } }),
        audio({ PassThroughSettings: {} }),
      ],
      OutputGroups: [outputTo({ MediaPackageGroupSettings: {} }, "uhd", "hd", "sd")],
    });
    expect(specFrom(answer)).toEqual({
      channelClass: "standard",
      input: { codec: "hevc", resolution: "uhd", maxBitrateMbps: 20 },
      encodes: [
        { codec: "hevc", resolution: "uhd", bitrateBps: 12_000_000, fps: null },
        { codec: "avc", resolution: "hd", bitrateBps: 5_000_000, fps: 30_000 / 1_001 },
        { codec: "av1", resolution: "sd", bitrateBps: 1_000_000, fps: null },
      ],
      audioBitrateBps: 512_000,
      delivery: "package",
    });
  });

  it.each([
    [1080, 1920, "hd"],
    [719, 1280, "sd"],
    [1920, 1080, "hd"],
    [1081, 1921, "uhd"],
  ])("takes %i lines of %i for %s", (Height, Width, resolution) => {
    const each = { ...video("v", Height, { H264Settings: h264 }), Width };
    const groups = [outputTo({ RtmpGroupSettings: {} }, "v")];
    const answer = aChannel({ VideoDescriptions: [each], OutputGroups: groups });
    expect(specFrom(answer)).toMatchObject({ encodes: [{ resolution }], delivery: "rtmp" });
  });

  it("assumes what is not set from the input, and a rate that follows the source", () => {
    const settings = { H264Settings: { FramerateControl: "INITIALIZE_FROM_SOURCE", ...thirty } };
    const answer = aChannel({
      VideoDescriptions: [video("v", undefined, settings)],
      OutputGroups: [outputTo({ HlsGroupSettings: {} }, "v")],
    });
    expect(specFrom(answer).encodes).toEqual([
      { codec: "avc", resolution: "uhd", bitrateBps: 20_000_000, fps: null },
    ]);
  });

  it("keeps nothing of the destinations", () => {
    const answer = aChannel({}, { Destinations: [{ Settings: [{ StreamName: "canary" }] }] });
    expect(JSON.stringify(specFrom(answer))).not.toContain("canary");
  });

  it("does not make up a channel without encoder settings", () => {
    expect(() => specFrom({ ChannelClass: "STANDARD" })).toThrow("without encoder settings");
  });
});
