import * as z from "zod";
import type { ChannelSpec, Codec, Encode, Resolution } from "../domain/channel-spec.ts";
import { OpsError } from "../errors.ts";

const bitrate = z.number().nonnegative().nullish().catch(null);
const pixels = z.number().int().positive().nullish().catch(null);

/** What H264Settings, H265Settings, Av1Settings and Mpeg2Settings have in common (MediaLive API model). */
const videoSettings = z
  .object({
    Bitrate: bitrate,
    MaxBitrate: bitrate,
    FramerateControl: z.string().nullish().catch(null),
    FramerateNumerator: pixels,
    FramerateDenominator: pixels,
  })
  .nullish()
  .catch(null);

const videoSchema = z.object({
  Name: z.string(),
  Width: pixels,
  Height: pixels,
  CodecSettings: z
    .object({
      H264Settings: videoSettings,
      H265Settings: videoSettings,
      Mpeg2Settings: videoSettings,
      Av1Settings: videoSettings,
    })
    .nullish()
    .catch(null),
});

/** Whatever the audio codec is called, its settings have a bitrate. */
const audioSchema = z.object({
  CodecSettings: z
    .record(z.string(), z.object({ Bitrate: bitrate }).nullish().catch(null))
    .nullish()
    .catch(null),
});

const outputSchema = z.object({ VideoDescriptionName: z.string().nullish().catch(null) });

const groupSchema = z.object({
  OutputGroupSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
  Outputs: z.array(outputSchema).catch([]),
});

const encoderSchema = z.object({
  ChannelClass: z.string().nullish().catch(null),
  InputSpecification: z
    .object({
      Codec: z.string().nullish().catch(null),
      MaximumBitrate: z.string().nullish().catch(null),
      Resolution: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
  EncoderSettings: z.object({
    VideoDescriptions: z.array(videoSchema),
    AudioDescriptions: z.array(audioSchema).catch([]),
    OutputGroups: z.array(groupSchema).catch([]),
  }),
});

type Channel = z.infer<typeof encoderSchema>;
type Video = z.infer<typeof videoSchema>;

/** What a channel encodes, by DescribeChannel's answer. Throws `aws-unavailable` for an answer without encoder settings. Stream keys are not part of what is kept. */
export function specFrom(answer: unknown): ChannelSpec {
  const parsed = encoderSchema.safeParse(answer);
  if (!parsed.success)
    throw new OpsError("aws-unavailable", "AWS answered a channel without encoder settings.");
  const channel = parsed.data;
  const input = inputOf(channel);
  const { AudioDescriptions, OutputGroups } = channel.EncoderSettings;
  return {
    channelClass: channel.ChannelClass === "STANDARD" ? "standard" : "single-pipeline",
    input,
    encodes: usedVideos(channel).map((video) => encodeOf(video, input)),
    audioBitrateBps: AudioDescriptions.reduce((sum, audio) => sum + audioBitrate(audio), 0),
    delivery: OutputGroups.some(({ OutputGroupSettings }) => OutputGroupSettings?.RtmpGroupSettings)
      ? "rtmp"
      : "package",
  };
}

const maxBitrates = { MAX_10_MBPS: 10, MAX_20_MBPS: 20, MAX_50_MBPS: 50 } as const;
const codecs: Record<string, Codec> = { AVC: "avc", HEVC: "hevc", MPEG2: "mpeg2" };
const resolutions: Record<string, Resolution> = { SD: "sd", HD: "hd", UHD: "uhd" };

/** Without a specification MediaLive assumes AVC, HD and 20 Mbit/s at most (console's defaults for a new input). */
function inputOf({ InputSpecification: input }: Channel): ChannelSpec["input"] {
  const [, maxBitrateMbps = 20 as const] =
    Object.entries(maxBitrates).find(([word]) => word === input?.MaximumBitrate) ?? [];
  return {
    codec: codecs[input?.Codec ?? ""] ?? "avc",
    resolution: resolutions[input?.Resolution ?? ""] ?? "hd",
    maxBitrateMbps,
  };
}

/** A description that no output refers to is not encoded. */
function usedVideos({ EncoderSettings: { VideoDescriptions, OutputGroups } }: Channel): Video[] {
  const outputs = OutputGroups.flatMap(({ Outputs }) => Outputs);
  const used = new Set(outputs.map(({ VideoDescriptionName }) => VideoDescriptionName));
  return VideoDescriptions.filter(({ Name }) => used.has(Name));
}

function encodeOf(video: Video, input: ChannelSpec["input"]): Encode {
  const { H264Settings, H265Settings, Mpeg2Settings, Av1Settings } = video.CodecSettings ?? {};
  const settings = H264Settings ?? H265Settings ?? Mpeg2Settings ?? Av1Settings;
  const codec = H265Settings ? "hevc" : Mpeg2Settings ? "mpeg2" : Av1Settings ? "av1" : "avc";
  return {
    codec,
    resolution: resolutionOf(video) ?? input.resolution,
    // Without a figure of its own an encode is at most what may arrive.
    bitrateBps: settings?.MaxBitrate ?? settings?.Bitrate ?? input.maxBitrateMbps * 1_000_000,
    fps: framesOf(settings),
  };
}

/** SD ends below 720 lines and HD at 1080 (MediaLive pricing); an upright picture is judged by its short side. */
function resolutionOf({ Width, Height }: Video): Resolution | null {
  if (!Height) return null;
  const lines = Math.min(Height, Width ?? Height);
  if (lines < 720) return "sd";
  return lines <= 1080 ? "hd" : "uhd";
}

/** INITIALIZE_FROM_SOURCE follows the source; a rate counts only when it is set as SPECIFIED. */
function framesOf(settings: z.infer<typeof videoSettings>): number | null {
  if (settings?.FramerateControl !== "SPECIFIED") return null;
  const { FramerateNumerator: frames, FramerateDenominator: seconds } = settings;
  return frames && seconds ? frames / seconds : null;
}

const audioBitrate = ({ CodecSettings }: z.infer<typeof audioSchema>): number =>
  Object.values(CodecSettings ?? {})[0]?.Bitrate ?? 0;
