import { z } from "zod";
import { cidr, members, resourceName, roleArn, tagMap, text } from "../members.ts";

const onOff = z.enum(["DISABLED", "ENABLED"]);
const port = z.int().min(1024, "must be 1024 to 65535").max(65_535, "must be 1024 to 65535");
/** The range of an SRT receiver's latency, in milliseconds (MediaConnect user guide, standard source). */
const latency = z.int().min(10).max(15_000);

/** Every protocol that the API model knows; which of them exist here is told by `protocols.ts`. */
const protocol = z.enum([
  "cdi",
  "fujitsu-qos",
  "ndi-speed-hq",
  "rist",
  "rtp",
  "rtp-fec",
  "srt-caller",
  "srt-listener",
  "st2110-jpegxs",
  "udp",
  "zixi-pull",
  "zixi-push",
]);

/** Passwords of SRT, static keys and SPEKE; what goes with which is told by `encryption.ts`. */
const encryption = members(
  { roleArn },
  {
    algorithm: z.enum(["aes128", "aes192", "aes256"]),
    keyType: z.enum(["speke", "srt-password", "static-key"]),
    secretArn: z.string().regex(/^arn:aws[a-z-]*:secretsmanager:/, "must be the ARN of a secret"),
  },
);

export type Encryption = z.infer<typeof encryption>;

const sourceChoices = {
  decryption: encryption,
  description: text,
  ingestPort: port,
  maxBitrate: z.int().positive(),
  maxLatency: latency,
  minLatency: latency,
  senderControlPort: port,
  streamId: text,
  whitelistCidr: cidr,
};

/** CreateFlow and AddFlowSources: a source without name or protocol is not made, whatever the API model requires. */
export const sourceMembers = members(
  { name: resourceName, protocol },
  { ...sourceChoices, sourceTags: tagMap },
);

export const sourceUpdateMembers = members({}, { ...sourceChoices, protocol });

const outputChoices = {
  cidrAllowList: z.array(cidr),
  description: text,
  destination: text,
  encryption,
  maxLatency: latency,
  minLatency: latency,
  outputStatus: onOff,
  port,
  remoteId: text,
  smoothingLatency: z.int().min(0).max(15_000),
  streamId: text,
};

export const outputMembers = members(
  { protocol },
  { ...outputChoices, name: resourceName, outputTags: tagMap },
);

export const outputUpdateMembers = members({}, { ...outputChoices, protocol });

const failover = members(
  {},
  {
    failoverMode: z.enum(["FAILOVER", "MERGE"]),
    recoveryWindow: z.int().min(100).max(15_000),
    sourcePriority: members({}, { primarySource: text }),
    state: onOff,
  },
);

const watched = members({}, { state: onOff, thresholdSeconds: z.int().min(10).max(60) });

const monitoring = members(
  {},
  {
    audioMonitoringSettings: z.array(members({}, { silentAudio: watched })),
    contentQualityAnalysisState: onOff,
    thumbnailState: onOff,
    videoMonitoringSettings: z.array(members({}, { blackFrames: watched, frozenFrames: watched })),
  },
);

const days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const window = {
  maintenanceDay: z.string().refine((day) => days.includes(day), "must be a weekday, as Monday"),
  maintenanceStartHour: z.string().regex(/^([01]\d|2[0-3]):00$/, "must be a full hour, as 06:00"),
};

/** CreateFlow, as far as it exists here: entitlements, VPC interfaces and media streams do not. */
export const flowMembers = members(
  { name: resourceName },
  {
    availabilityZone: z.string(),
    flowTags: tagMap,
    maintenance: members(window, {}),
    outputs: z.array(outputMembers),
    source: sourceMembers,
    sourceFailoverConfig: failover,
    sourceMonitoringConfig: monitoring,
    sources: z.array(sourceMembers),
  },
);

export const flowUpdateMembers = members(
  {},
  {
    maintenance: members({}, window),
    sourceFailoverConfig: failover,
    sourceMonitoringConfig: monitoring,
  },
);

export const sourcesMembers = members({ sources: z.array(sourceMembers).min(1) }, {});
export const outputsMembers = members({ outputs: z.array(outputMembers).min(1) }, {});

export type SourceRequest = z.infer<typeof sourceMembers>;
export type OutputRequest = z.infer<typeof outputMembers>;
export type FlowRequest = z.infer<typeof flowMembers>;
export type Failover = z.infer<typeof failover>;
