import { z } from "zod";
import { members, text } from "../../members.ts";

const audioSelector = members(
  { name: text },
  {
    selectorSettings: members(
      {},
      {
        audioLanguageSelection: members(
          { languageCode: text },
          { languageSelectionPolicy: z.enum(["LOOSE", "STRICT"]) },
        ),
        audioPidSelection: members({ pid: z.int().min(0).max(8191) }, {}),
        audioTrackSelection: members(
          { tracks: z.array(members({ track: z.int().min(1) }, {})).min(1) },
          {},
        ),
      },
    ),
  },
);

const videoSelector = members(
  {},
  {
    colorSpace: z.enum(["FOLLOW", "HDR10", "HLG_2020", "REC_601", "REC_709"]),
    colorSpaceUsage: z.enum(["FALLBACK", "FORCE"]),
  },
);

const inputSettings = members(
  {},
  {
    audioSelectors: z.array(audioSelector),
    deblockFilter: z.enum(["DISABLED", "ENABLED"]),
    denoiseFilter: z.enum(["DISABLED", "ENABLED"]),
    filterStrength: z.int().min(1).max(5),
    inputFilter: z.enum(["AUTO", "DISABLED", "FORCED"]),
    smpte2038DataPreference: z.enum(["IGNORE", "PREFER"]),
    sourceEndBehavior: z.enum(["CONTINUE", "LOOP"]),
    videoSelector,
  },
);

const failoverCondition = members(
  {},
  {
    failoverConditionSettings: members(
      {},
      {
        audioSilenceSettings: members(
          { audioSelectorName: text },
          { audioSilenceThresholdMsec: z.int().min(1000) },
        ),
        inputLossSettings: members({}, { inputLossThresholdMsec: z.int().min(100) }),
        videoBlackSettings: members(
          {},
          {
            blackDetectThreshold: z.number().min(0).max(1),
            videoBlackThresholdMsec: z.int().min(1000),
          },
        ),
      },
    ),
  },
);

const automaticFailover = members(
  { secondaryInputId: text },
  {
    errorClearTimeMsec: z.int().min(1),
    failoverConditions: z.array(failoverCondition),
    inputPreference: z.enum(["EQUAL_INPUT_PREFERENCE", "PRIMARY_INPUT_PREFERRED"]),
  },
);

/** Required members, enums and bounds of an input attachment (MediaLive API model). */
export const inputAttachment = members(
  { inputId: text },
  {
    automaticInputFailoverSettings: automaticFailover,
    inputAttachmentName: text,
    inputSettings,
  },
);

export type InputAttachment = z.infer<typeof inputAttachment>;
