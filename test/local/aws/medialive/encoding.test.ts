import { DescribeChannelCommand } from "@aws-sdk/client-medialive";
import { expect, test } from "vitest";
import { aLocalAws } from "../../../support/aws-harness.ts";

test("each channel tells the encodes that decide its rate", async () => {
  await using local = await aLocalAws();
  const described = await Promise.all(
    Object.keys(local.world.data.channels).map((ChannelId) =>
      local.clients.mediaLive.send(new DescribeChannelCommand({ ChannelId })),
    ),
  );
  const encodes = described.map(({ Tags, EncoderSettings }) => [
    Tags?.Destination,
    EncoderSettings?.VideoDescriptions?.map(({ Height, CodecSettings }) => {
      const { Bitrate, FramerateNumerator } = CodecSettings?.H264Settings ?? {};
      return `${Height}p${FramerateNumerator} ${Bitrate}`;
    }),
  ]);
  expect(Object.fromEntries(encodes)).toEqual({
    primary: ["1080p30 5000000", "720p30 3000000", "480p30 1200000"],
    youtube: ["1080p30 6000000"],
    twitch: ["1080p30 6000000"],
    linkedin: ["720p30 4000000"],
    custom: ["1080p30 5000000"],
  });
});

test("every output refers to encodes that are there", async () => {
  await using local = await aLocalAws();
  const { EncoderSettings, ChannelClass, InputSpecification } = await local.clients.mediaLive.send(
    new DescribeChannelCommand({ ChannelId: "4710001" }),
  );
  const outputs = EncoderSettings?.OutputGroups?.flatMap(({ Outputs = [] }) => Outputs) ?? [];
  const names = outputs.flatMap(({ VideoDescriptionName }) => VideoDescriptionName ?? []);
  expect(names).toEqual(EncoderSettings?.VideoDescriptions?.map(({ Name }) => Name));
  expect(outputs.at(-1)?.AudioDescriptionNames).toEqual(["audio_1"]);
  expect(ChannelClass).toBe("SINGLE_PIPELINE");
  expect(InputSpecification).toMatchObject({ MaximumBitrate: "MAX_10_MBPS", Codec: "AVC" });
});
