import { z } from "zod";
import { members, text } from "../../members.ts";

/** `destinationRefId` is optional in the API model, but an output without it goes nowhere. */
const location = members({ destinationRefId: text }, {});

const rtmpGroup = members(
  {},
  {
    adMarkers: z.array(z.enum(["ON_CUE_POINT_SCTE35"])),
    authenticationScheme: z.enum(["AKAMAI", "COMMON"]),
    cacheFullBehavior: z.enum(["DISCONNECT_IMMEDIATELY", "WAIT_FOR_SERVER"]),
    cacheLength: z.int().min(30),
    captionData: z.enum(["ALL", "FIELD1_608", "FIELD1_AND_FIELD2_608"]),
    includeFillerNalUnits: z.enum(["AUTO", "DROP", "INCLUDE"]),
    inputLossAction: z.enum(["EMIT_OUTPUT", "PAUSE_OUTPUT"]),
    restartDelay: z.int().min(0),
  },
);

const packageV2Group = members(
  {},
  {
    id3Behavior: z.enum(["DISABLED", "ENABLED"]),
    klvBehavior: z.enum(["NO_PASSTHROUGH", "PASSTHROUGH"]),
    nielsenId3Behavior: z.enum(["NO_PASSTHROUGH", "PASSTHROUGH"]),
    scte35Type: z.enum(["NONE", "SCTE_35_WITHOUT_SEGMENTATION"]),
    segmentLength: z.int().positive(),
    segmentLengthUnits: z.enum(["MILLISECONDS", "SECONDS"]),
    timedMetadataId3Frame: z.enum(["NONE", "PRIV", "TDRL"]),
    timedMetadataId3Period: z.int().positive(),
    timedMetadataPassthrough: z.enum(["DISABLED", "ENABLED"]),
  },
);

const packageGroup = members(
  { destination: location },
  { mediapackageV2GroupSettings: packageV2Group },
);

const rtmpOutput = members(
  { destination: location },
  {
    certificateMode: z.enum(["SELF_SIGNED", "VERIFY_AUTHENTICITY"]),
    connectionRetryInterval: z.int().min(1),
    numRetries: z.int().min(0),
  },
);

const hlsChoice = z.enum(["NO", "OMIT", "YES"]);

const packageOutput = members(
  {},
  {
    mediaPackageV2DestinationSettings: members(
      {},
      {
        audioGroupId: text,
        audioRenditionSets: text,
        hlsAutoSelect: hlsChoice,
        hlsDefault: hlsChoice,
      },
    ),
  },
);

const output = members(
  {
    outputSettings: members(
      {},
      { mediaPackageOutputSettings: packageOutput, rtmpOutputSettings: rtmpOutput },
    ),
  },
  {
    audioDescriptionNames: z.array(z.string()),
    captionDescriptionNames: z.array(z.string()),
    outputName: text,
    videoDescriptionName: z.string(),
  },
);

/** Required members, enums and bounds of output groups (MediaLive API model); only RTMP and MediaPackage exist here. */
export const outputGroup = members(
  {
    outputGroupSettings: members(
      {},
      { mediaPackageGroupSettings: packageGroup, rtmpGroupSettings: rtmpGroup },
    ),
    outputs: z.array(output).min(1),
  },
  { name: z.string().max(32) },
);

export type OutputGroup = z.infer<typeof outputGroup>;

const rtmpSettings = members(
  {},
  { passwordParam: text, streamName: z.string(), url: z.string(), username: text },
);

const packageSettings = members(
  {},
  {
    channelEndpointId: z.enum(["1", "2"]),
    channelGroup: text,
    channelId: text,
    channelName: text,
    mediaPackageRegionName: text,
  },
);

/** A channel's own destination; which of the settings it needs depends on the output group that refers to it. */
export const outputDestination = members(
  { id: text },
  { mediaPackageSettings: z.array(packageSettings), settings: z.array(rtmpSettings) },
);

export type OutputDestination = z.infer<typeof outputDestination>;
