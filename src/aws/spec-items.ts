import * as z from "zod";
import type { ChannelSpec } from "../domain/channel-spec.ts";
import type { Attributes } from "./row-values.ts";

const codec = z.enum(["avc", "hevc", "mpeg2", "av1"]);
const resolution = z.enum(["sd", "hd", "uhd"]);
const bitrate = z.number().nonnegative();

const storedSpecSchema = z
  .object({
    channel_class: z.enum(["single-pipeline", "standard"]),
    input: z.object({
      codec,
      resolution,
      max_bitrate_mbps: z.union([z.literal(10), z.literal(20), z.literal(50)]),
    }),
    encodes: z.array(
      z.object({ codec, resolution, bitrate_bps: bitrate, fps: z.number().positive().nullable() }),
    ),
    audio_bitrate_bps: bitrate,
    delivery: z.enum(["rtmp", "package"]),
  })
  .transform(
    ({ channel_class, input, encodes, audio_bitrate_bps, delivery }): ChannelSpec => ({
      channelClass: channel_class,
      input: {
        codec: input.codec,
        resolution: input.resolution,
        maxBitrateMbps: input.max_bitrate_mbps,
      },
      encodes: encodes.map(({ bitrate_bps, ...encode }) => ({
        ...encode,
        bitrateBps: bitrate_bps,
      })),
      audioBitrateBps: audio_bitrate_bps,
      delivery,
    }),
  );

/** A stored specification; null for none, and for one that cannot be read, whose price is assumed then. */
export const storedSpec = storedSpecSchema.nullable().catch(null);

/** How a specification is stored. */
export const toSpecItem = (spec: ChannelSpec | null): Attributes | null =>
  spec && {
    channel_class: spec.channelClass,
    input: {
      codec: spec.input.codec,
      resolution: spec.input.resolution,
      max_bitrate_mbps: spec.input.maxBitrateMbps,
    },
    encodes: spec.encodes.map(({ bitrateBps, ...encode }) => ({
      ...encode,
      bitrate_bps: bitrateBps,
    })),
    audio_bitrate_bps: spec.audioBitrateBps,
    delivery: spec.delivery,
  };
