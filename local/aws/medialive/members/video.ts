import { z } from "zod";
import { members, text } from "../../members.ts";

const onOff = z.enum(["DISABLED", "ENABLED"]);
const whole = z.int().nonnegative();

const temporalFilter = members(
  {},
  {
    postFilterSharpening: z.enum(["AUTO", "DISABLED", "ENABLED"]),
    strength: z.string().regex(/^(AUTO|STRENGTH_([1-9]|1[0-6]))$/),
  },
);

const colorSpace = members(
  {},
  {
    colorSpacePassthroughSettings: members({}, {}),
    rec601Settings: members({}, {}),
    rec709Settings: members({}, {}),
  },
);

/** The levels with the macroblocks a second that each allows (H.264, table A-1); AUTO has no limit. */
export const h264Levels = {
  H264_LEVEL_1: 1485,
  H264_LEVEL_1_1: 3000,
  H264_LEVEL_1_2: 6000,
  H264_LEVEL_1_3: 11_880,
  H264_LEVEL_2: 11_880,
  H264_LEVEL_2_1: 19_800,
  H264_LEVEL_2_2: 20_250,
  H264_LEVEL_3: 40_500,
  H264_LEVEL_3_1: 108_000,
  H264_LEVEL_3_2: 216_000,
  H264_LEVEL_4: 245_760,
  H264_LEVEL_4_1: 245_760,
  H264_LEVEL_4_2: 522_240,
  H264_LEVEL_5: 589_824,
  H264_LEVEL_5_1: 983_040,
  H264_LEVEL_5_2: 2_073_600,
  H264_LEVEL_AUTO: Number.POSITIVE_INFINITY,
} as const;

const levelNames = z.enum(
  Object.keys(h264Levels) as [keyof typeof h264Levels, ...(keyof typeof h264Levels)[]],
);

const quality = {
  adaptiveQuantization: z.enum(["AUTO", "HIGH", "HIGHER", "LOW", "MAX", "MEDIUM", "OFF"]),
  filterSettings: members({}, { temporalFilterSettings: temporalFilter }),
  flickerAq: onOff,
  lookAheadRateControl: z.enum(["HIGH", "LOW", "MEDIUM"]),
  minQp: whole,
  qualityLevel: z.enum(["ENHANCED_QUALITY", "STANDARD_QUALITY"]),
  qvbrQualityLevel: whole,
  sceneChangeDetect: onOff,
  softness: whole,
  spatialAq: onOff,
  temporalAq: onOff,
};

const pictures = {
  gopBReference: onOff,
  gopClosedCadence: whole,
  gopNumBFrames: whole,
  gopSize: z.number().positive(),
  gopSizeUnits: z.enum(["FRAMES", "SECONDS"]),
  minIInterval: whole,
  numRefFrames: z.int().min(1).max(6),
  slices: z.int().positive(),
  subgopLength: z.enum(["DYNAMIC", "FIXED"]),
};

const h264 = members(
  {},
  {
    ...quality,
    ...pictures,
    afdSignaling: z.enum(["AUTO", "FIXED", "NONE"]),
    bitrate: z.int().min(1000),
    bufFillPct: z.int().min(0).max(100),
    bufSize: whole,
    colorMetadata: z.enum(["IGNORE", "INSERT"]),
    colorSpaceSettings: colorSpace,
    entropyEncoding: z.enum(["CABAC", "CAVLC"]),
    forceFieldPictures: onOff,
    framerateControl: z.enum(["INITIALIZE_FROM_SOURCE", "SPECIFIED"]),
    framerateDenominator: z.int().positive(),
    framerateNumerator: z.int().positive(),
    level: levelNames,
    maxBitrate: z.int().min(1000),
    minBitrate: whole,
    parControl: z.enum(["INITIALIZE_FROM_SOURCE", "SPECIFIED"]),
    parDenominator: z.int().positive(),
    parNumerator: z.int().positive(),
    profile: z.enum(["BASELINE", "HIGH", "HIGH_10BIT", "HIGH_422", "HIGH_422_10BIT", "MAIN"]),
    rateControlMode: z.enum(["CBR", "MULTIPLEX", "QVBR", "VBR"]),
    scanType: z.enum(["INTERLACED", "PROGRESSIVE"]),
    syntax: z.enum(["DEFAULT", "RP2027"]),
    timecodeInsertion: z.enum(["DISABLED", "PIC_TIMING_SEI"]),
  },
);

const even = z.int().positive().multipleOf(2);

export const videoDescription = members(
  { name: text },
  {
    codecSettings: members({}, { h264Settings: h264 }),
    height: even,
    respondToAfd: z.enum(["NONE", "PASSTHROUGH", "RESPOND"]),
    scalingBehavior: z.enum(["DEFAULT", "STRETCH_TO_OUTPUT", "SMART_CROP"]),
    sharpness: z.int().min(0).max(100),
    width: even,
  },
);

export type VideoDescription = z.infer<typeof videoDescription>;
