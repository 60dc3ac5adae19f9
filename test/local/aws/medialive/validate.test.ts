import {
  CreateChannelCommand,
  type CreateChannelCommandInput,
  type UnprocessableEntityException,
} from "@aws-sdk/client-medialive";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalAwsHarness } from "../../../support/aws-harness.ts";
import {
  aChannel,
  anEmptyAws,
  aVideo,
  makeFlow,
  makeInput,
  withMember,
} from "../../../support/site-requests.ts";

let local: LocalAwsHarness;
let valid: ReturnType<typeof aChannel>;
beforeAll(async () => {
  local = await anEmptyAws();
  valid = aChannel(await makeInput(local, await makeFlow(local)));
});
afterAll(() => local[Symbol.asyncDispose]());

/** The paths of what is wrong, as MediaLive tells them. */
async function problemsOf(request: CreateChannelCommandInput) {
  const call = local.clients.mediaLive.send(new CreateChannelCommand(request));
  const error: UnprocessableEntityException = await call.then(
    () => expect.fail("the channel was made"),
    (reason) => reason,
  );
  expect(error).toMatchObject({
    name: "UnprocessableEntityException",
    $metadata: { httpStatusCode: 422 },
  });
  return error.ValidationErrors?.map(({ ElementPath }) => ElementPath);
}

const encoder = "EncoderSettings";
const group = `${encoder}.OutputGroups.0`;
const output = `${group}.Outputs.0`;
const attachment = "InputAttachments.0";
const h264 = `${encoder}.VideoDescriptions.0.CodecSettings.H264Settings`;
const reference = `${output}.OutputSettings.RtmpOutputSettings.Destination.DestinationRefId`;

/** `A.0.Bc` of the SDK is `/a/0/bc` on the wire. */
const onTheWire = (path: string) =>
  path
    .split(".")
    .map((part) => `/${part.charAt(0).toLowerCase()}${part.slice(1)}`)
    .join("");

test.each([
  "Name",
  "RoleArn",
  "InputAttachments",
  "InputSpecification",
  "Destinations",
  encoder,
  `${encoder}.AudioDescriptions`,
  `${encoder}.OutputGroups`,
  `${encoder}.TimecodeConfig`,
  `${encoder}.VideoDescriptions`,
  `${encoder}.TimecodeConfig.Source`,
  `${encoder}.AudioDescriptions.0.Name`,
  `${encoder}.AudioDescriptions.0.AudioSelectorName`,
  `${encoder}.VideoDescriptions.0.Name`,
  `${group}.OutputGroupSettings`,
  `${group}.Outputs`,
  `${output}.OutputSettings`,
  `${output}.OutputSettings.RtmpOutputSettings.Destination`,
  `${attachment}.InputId`,
  `${attachment}.InputSettings.AudioSelectors.0.Name`,
  `${attachment}.InputSettings.AudioSelectors.0.SelectorSettings.AudioTrackSelection.Tracks`,
])("needs %s", async (path) => {
  expect(await problemsOf(withMember(valid, path, undefined))).toContain(onTheWire(path));
});

test.each([
  ["Name", "with_underscore"],
  ["Name", "-inner-hyphens-only"],
  ["RoleArn", "medialive"],
  ["ChannelClass", "DOUBLE_PIPELINE"],
  ["LogLevel", "LOUD"],
  ["InputSpecification.Codec", "VP9"],
  ["InputSpecification.MaximumBitrate", "MAX_5_MBPS"],
  ["InputSpecification.Resolution", "FULL_HD"],
  ["Maintenance", { MaintenanceStartTime: "six" }, "Maintenance.MaintenanceStartTime"],
  ["Maintenance", { MaintenanceDay: "Sunday" }, "Maintenance.MaintenanceDay"],
  [`${encoder}.TimecodeConfig.Source`, "CLOCK"],
  [`${encoder}.VideoDescriptions.0.Width`, 1919],
  [`${h264}.Level`, "H264_LEVEL_4_3"],
  [`${h264}.RateControlMode`, "ABR"],
  [`${group}.OutputGroupSettings.RtmpGroupSettings.CacheLength`, 10],
  [`${group}.OutputGroupSettings.RtmpGroupSettings.InputLossAction`, "STOP"],
  [`${output}.OutputSettings.RtmpOutputSettings.CertificateMode`, "NONE"],
  [`${output}.OutputSettings.RtmpOutputSettings.ConnectionRetryInterval`, 0],
  [`${encoder}.ThumbnailConfiguration`, {}, `${encoder}.ThumbnailConfiguration.State`],
])("refuses %s: %o", async (path, value, problem = path) => {
  expect(await problemsOf(withMember(valid, path, value))).toEqual([onTheWire(problem)]);
});

const packaged = {
  MediaPackageGroupSettings: { Destination: { DestinationRefId: "destination1" } },
};

test.each<[string, unknown, string]>([
  [reference, "nowhere", reference],
  [`${output}.VideoDescriptionName`, "other", `${output}.VideoDescriptionName`],
  [`${output}.AudioDescriptionNames`, ["other"], `${output}.AudioDescriptionNames.0`],
  [`${attachment}.InputId`, "1234567", `${attachment}.InputId`],
  [`${attachment}.InputSettings`, {}, `${encoder}.AudioDescriptions.0.AudioSelectorName`],
  ["Destinations.0.Settings", [], "Destinations.0.Settings"],
  ["Destinations.0.Settings.0.StreamName", "", "Destinations.0.Settings.0.StreamName"],
  ["Destinations.0.Settings.0.Url", "https://host/app", "Destinations.0.Settings.0.Url"],
  [`${group}.OutputGroupSettings`, {}, `${group}.OutputGroupSettings`],
  [`${group}.OutputGroupSettings`, packaged, `${output}.OutputSettings`],
  [`${h264}.Bitrate`, undefined, `${h264}.Bitrate`],
  [`${h264}.FramerateDenominator`, undefined, `${h264}.FramerateDenominator`],
])("refuses what does not fit together: %s as %o", async (path, value, problem) => {
  expect(await problemsOf(withMember(valid, path, value))).toContain(onTheWire(problem));
});

test("refuses one settings entry for a channel with two pipelines", async () => {
  const standard = { ...valid, ChannelClass: "STANDARD" as const };
  const { ChannelClass, ...silent } = standard;
  const problems = ["/inputAttachments/0/inputId", "/destinations/0/settings"];
  expect(await problemsOf(standard)).toEqual(problems);
  expect(await problemsOf(silent)).toEqual(problems);
});

test.each([
  { level: "H264_LEVEL_4_1", fps: 60, size: { Width: 1920, Height: 1080 } },
  { level: "H264_LEVEL_3_1", fps: 31, size: { Width: 1280, Height: 720 } },
  { level: "H264_LEVEL_3", fps: 30, size: { Width: 854, Height: 480 } },
])(
  "refuses $level for $size.Height lines at $fps frames a second",
  async ({ level, fps, size }) => {
    const video = aVideo({ Level: level, FramerateNumerator: fps }, size);
    const request = withMember(valid, `${encoder}.VideoDescriptions.0`, video);
    expect(await problemsOf(request)).toEqual([onTheWire(`${h264}.Level`)]);
  },
);

test("tells all that is wrong at once, and makes nothing", async () => {
  const request = withMember(withMember(valid, reference, "nowhere"), "Destinations.0.Id", "other");
  const twice = withMember(request, `${output}.VideoDescriptionName`, "other");
  expect(await problemsOf(twice)).toHaveLength(2);
  expect(local.world.data.channels).toEqual({});
});

test("MediaPackage takes one elementary stream an output, by group and channel", async () => {
  const both = {
    ...valid.EncoderSettings.OutputGroups[0],
    OutputGroupSettings: packaged,
    Outputs: [
      {
        VideoDescriptionName: "video",
        AudioDescriptionNames: ["audio"],
        OutputSettings: { MediaPackageOutputSettings: {} },
      },
    ],
  };
  const request = withMember(valid, group, both);
  expect(await problemsOf(request)).toEqual([
    "/destinations/0/mediaPackageSettings",
    onTheWire(output),
  ]);
});

test("a member of AWS that does not exist here is refused by name", async () => {
  const call = local.clients.mediaLive.send(
    new CreateChannelCommand(withMember(valid, `${encoder}.NielsenConfiguration`, {})),
  );
  await expect(call).rejects.toMatchObject({
    message:
      "medialive CreateChannel with encoderSettings/nielsenConfiguration is not part of the local AWS yet",
  });
});
