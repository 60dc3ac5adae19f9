import { z } from "zod";
import { members, text } from "../../members.ts";
import { outputGroup } from "./outputs.ts";
import { videoDescription } from "./video.ts";

const aac = members(
  {},
  {
    bitrate: z.number().positive(),
    codingMode: z.enum([
      "AD_RECEIVER_MIX",
      "CODING_MODE_1_0",
      "CODING_MODE_1_1",
      "CODING_MODE_2_0",
      "CODING_MODE_5_1",
    ]),
    inputType: z.enum(["BROADCASTER_MIXED_AD", "NORMAL"]),
    profile: z.enum(["HEV1", "HEV2", "LC"]),
    rateControlMode: z.enum(["CBR", "VBR"]),
    rawFormat: z.enum(["LATM_LOAS", "NONE"]),
    sampleRate: z.number().positive(),
    spec: z.enum(["MPEG2", "MPEG4"]),
    vbrQuality: z.enum(["HIGH", "LOW", "MEDIUM_HIGH", "MEDIUM_LOW"]),
  },
);

const loudness = members(
  {},
  {
    algorithm: z.enum(["ITU_1770_1", "ITU_1770_2"]),
    algorithmControl: z.enum(["CORRECT_AUDIO"]),
    targetLkfs: z.number().min(-59).max(0),
  },
);

const follow = z.enum(["FOLLOW_INPUT", "USE_CONFIGURED"]);

const audioDescription = members(
  { audioSelectorName: text, name: text },
  {
    audioNormalizationSettings: loudness,
    audioType: z.enum([
      "CLEAN_EFFECTS",
      "HEARING_IMPAIRED",
      "UNDEFINED",
      "VISUAL_IMPAIRED_COMMENTARY",
    ]),
    audioTypeControl: follow,
    codecSettings: members({}, { aacSettings: aac }),
    languageCode: z.string().min(1).max(35),
    languageCodeControl: follow,
    streamName: text,
  },
);

const inputLoss = members(
  {},
  {
    blackFrameMsec: z.int().min(0).max(1_000_000),
    inputLossImageColor: z.string().regex(/^[0-9A-Fa-f]{6}$/),
    inputLossImageType: z.enum(["COLOR", "SLATE"]),
    inputLossImageSlate: members({ uri: text }, { passwordParam: text, username: text }),
    repeatFrameMsec: z.int().min(0).max(1_000_000),
  },
);

const globalConfiguration = members(
  {},
  {
    initialAudioGain: z.int().min(-60).max(60),
    inputEndAction: z.enum(["NONE", "SWITCH_AND_LOOP_INPUTS"]),
    inputLossBehavior: inputLoss,
    outputLockingMode: z.enum(["EPOCH_LOCKING", "PIPELINE_LOCKING", "DISABLED"]),
    outputTimingSource: z.enum(["INPUT_CLOCK", "SYSTEM_CLOCK"]),
    supportLowFramerateInputs: z.enum(["DISABLED", "ENABLED"]),
  },
);

/** Required members, enums and bounds of EncoderSettings (MediaLive API model), as far as they exist here. */
export const encoderMembers = members(
  {
    audioDescriptions: z.array(audioDescription),
    outputGroups: z.array(outputGroup).min(1),
    timecodeConfig: members(
      { source: z.enum(["EMBEDDED", "SYSTEMCLOCK", "ZEROBASED"]) },
      { syncThreshold: z.int().min(1) },
    ),
    videoDescriptions: z.array(videoDescription),
  },
  {
    captionDescriptions: z.array(z.never()),
    globalConfiguration,
    thumbnailConfiguration: members({ state: z.enum(["AUTO", "DISABLED"]) }, {}),
  },
);

export type EncoderSettings = z.infer<typeof encoderMembers>;
