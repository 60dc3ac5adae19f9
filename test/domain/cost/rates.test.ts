import { describe, expect, it } from "vitest";
import type { ChannelSpec, Encode } from "../../../src/domain/channel-spec.ts";
import { assumedSpec, ratesOf } from "../../../src/domain/cost/rates.ts";
import { listTable } from "./support.ts";

const rates = (spec: ChannelSpec, sourceBitrateBps: number | null = 8_000_000) =>
  ratesOf(spec, { table: listTable, sourceBitrateBps });

const encode: Encode = { codec: "avc", resolution: "hd", bitrateBps: 6_000_000, fps: 30 };
const spec = (overrides: Partial<ChannelSpec> = {}): ChannelSpec => ({
  ...assumedSpec("twitch"),
  ...overrides,
});
const encoding = (overrides: Partial<Encode>) => spec({ encodes: [{ ...encode, ...overrides }] });

describe("the rates of a channel", () => {
  it("are those of the list for an RTMP destination at 1080p30", () => {
    const { totalUsdPerHour, ...parts } = rates(assumedSpec("twitch"));
    expect(totalUsdPerHour).toBeCloseTo(0.5616 + 2.7576 * 0.09 + 3.6 * 0.01, 9);
    expect(parts).toMatchObject({
      inputUsdPerHour: 0.1404,
      outputUsdPerHour: 0.4212,
      minimumUsd: 0.0936,
      idleUsdPerHour: 0.02,
      confidence: "medium",
      assumed: false,
    });
  });

  it("count what the packager takes in for the primary", () => {
    const primary = {
      ...assumedSpec("primary"),
      encodes: [{ ...encode, bitrateBps: 5_000_000 }],
    };
    expect(rates(primary).totalUsdPerHour).toBeCloseTo(0.5616 + 2.3076 * 0.03 + 3.6 * 0.01, 9);
  });

  it.each([
    [
      "720p counts as HD and 480p as SD",
      { encodes: [encode, { ...encode, resolution: "sd" as const }] },
      0.4212 + 0.2124,
    ],
    [
      "following the source counts as 30 to 60 frames",
      { encodes: [{ ...encode, fps: null }] },
      0.5292,
    ],
    ["50 frames count as 30 to 60", { encodes: [{ ...encode, fps: 50 }] }, 0.5292],
    ["two pipelines have their own lines", { channelClass: "standard" as const }, 0.702],
  ])("know that %s", (_, overrides, outputs) => {
    expect(rates(spec(overrides))).toMatchObject({ assumed: false });
    expect(rates(spec(overrides)).outputUsdPerHour).toBeCloseTo(outputs, 9);
  });

  it.each([
    [10, 0.1404],
    [20, 0.1764],
    [50, 0.2124],
  ] as const)("follow the input setting of %i Mb/s, whatever arrives", (maxBitrateMbps, usd) => {
    const input = { ...spec().input, maxBitrateMbps };
    expect(rates(spec({ input }), 1_000_000).inputUsdPerHour).toBe(usd);
  });

  it("send everything twice with two pipelines", () => {
    const [one, two] = [rates(spec()), rates(spec({ channelClass: "standard" }))];
    expect(two.transferUsdPerHour).toBeCloseTo(2 * one.transferUsdPerHour, 9);
    expect(two.deliveryUsdPerHour).toBeCloseTo(2 * one.deliveryUsdPerHour, 9);
  });

  it.each([
    ["another codec", encoding({ codec: "hevc" }), 0.4212],
    ["10 Mb/s, which is no longer under 10", encoding({ bitrateBps: 10_000_000 }), 0.4212],
    ["25 Mb/s", encoding({ bitrateBps: 25_000_000 }), 0.4212],
    ["120 frames", encoding({ fps: 120 }), 0.5292],
    ["a resolution that is not listed", encoding({ resolution: "uhd" }), 0.4212],
  ])("are marked low when borrowed from a similar line: %s", (_, unusual, usd) => {
    expect(rates(unusual)).toMatchObject({ confidence: "low", assumed: true });
    expect(rates(unusual).outputUsdPerHour).toBeCloseTo(usd, 9);
  });

  it("scale a line that is listed for one pipeline only", () => {
    const standard = { ...encoding({ fps: 60 }), channelClass: "standard" as const };
    expect(rates(standard).outputUsdPerHour).toBeCloseTo(0.882, 9);
    expect(rates(standard).assumed).toBe(true);
  });

  it("take a source of 8 Mb/s before one was measured, and say so", () => {
    expect(rates(spec(), null)).toEqual({ ...rates(spec()), assumed: true });
  });
});
