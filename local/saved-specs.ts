import { z } from "zod";

const tags = z.record(z.string(), z.string());
const members = z.record(z.string(), z.unknown());

/** What a channel was created with, as it is saved; the local MediaLive has seen to the rest when it was created. */
export const channelSpec = z.object({
  roleArn: z.string(),
  channelClass: z.enum(["SINGLE_PIPELINE", "STANDARD"]),
  inputSpecification: members,
  inputAttachments: z.array(z.looseObject({ inputId: z.string() })),
  destinations: z.array(z.looseObject({ id: z.string() })),
  encoderSettings: members,
  logLevel: z.string(),
  maintenance: members,
  tags,
  requestId: z.string().optional(),
});

export const input = z.object({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  type: z.enum(["MEDIACONNECT", "RTP_PUSH"]),
  roleArn: z.string().nullable(),
  flowArn: z.string().nullable(),
  securityGroups: z.array(z.string()),
  state: z.enum(["CREATING", "DETACHED", "ATTACHED", "DELETING", "DELETED"]),
  tags,
  requestId: z.string().optional(),
});

export const securityGroup = z.object({
  id: z.string(),
  arn: z.string(),
  whitelistRules: z.array(z.object({ cidr: z.string() })),
  tags,
});

const part = z.looseObject({ arn: z.string(), name: z.string(), tags });

export const flowSpec = z.object({
  availabilityZone: z.string(),
  sources: z.array(part),
  outputs: z.array(part),
  sourceFailoverConfig: members.optional(),
  sourceMonitoringConfig: members,
  maintenance: members,
  tags,
});
