export type Codec = "avc" | "hevc" | "mpeg2" | "av1";
export type Resolution = "sd" | "hd" | "uhd";

/** One version that a channel encodes; `fps` is null when it follows the source, which AWS bills as 30 to 60. */
export type Encode = {
  codec: Codec;
  resolution: Resolution;
  /** Video alone. */
  bitrateBps: number;
  fps: number | null;
};

/**
 * What decides the price of a running channel, as DescribeChannel tells it (MediaLive user guide, pricing): its class, the
 * input specification that is set (not what arrives), each encode, and the audio that goes with each delivered rendition.
 */
export type ChannelSpec = {
  channelClass: "single-pipeline" | "standard";
  input: { codec: Codec; resolution: Resolution; maxBitrateMbps: 10 | 20 | 50 };
  encodes: readonly Encode[];
  audioBitrateBps: number;
  /** Where the encodes go: out of AWS (RTMP), or to a packager in the region. */
  delivery: "rtmp" | "package";
};
