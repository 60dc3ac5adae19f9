import { z } from "zod";
import { members, resourceName, roleArn, tagMap, text } from "../../members.ts";
import { inputAttachment } from "./attachment.ts";
import { encoderMembers } from "./encoder.ts";
import { outputDestination } from "./outputs.ts";

const channelClass = z.enum(["SINGLE_PIPELINE", "STANDARD"]);

const inputSpecification = members(
  {
    codec: z.enum(["AVC", "HEVC", "MPEG2"]),
    maximumBitrate: z.enum(["MAX_10_MBPS", "MAX_20_MBPS", "MAX_50_MBPS"]),
    resolution: z.enum(["HD", "SD", "UHD"]),
  },
  {},
);

const maintenance = members(
  {},
  {
    maintenanceDay: z.enum([
      "FRIDAY",
      "MONDAY",
      "SATURDAY",
      "SUNDAY",
      "THURSDAY",
      "TUESDAY",
      "WEDNESDAY",
    ]),
    maintenanceStartTime: z.string().regex(/^([01]\d|2[0-3]):00$/, "must be a full hour, as 06:00"),
  },
);

const mandatory = {
  destinations: z.array(outputDestination).min(1),
  encoderSettings: encoderMembers,
  inputAttachments: z.array(inputAttachment).min(1),
  inputSpecification,
  name: resourceName,
  roleArn,
};

const choices = {
  logLevel: z.enum(["DEBUG", "DISABLED", "ERROR", "INFO", "WARNING"]),
  maintenance,
};

/** CreateChannel: the API model requires nothing, but the service does not create a channel without these. */
export const channelMembers = members(mandatory, {
  ...choices,
  channelClass,
  requestId: text,
  tags: tagMap,
});

/** UpdateChannel: every member is optional, and class and tags have operations of their own (MediaLive API model). */
export const channelUpdateMembers = members({}, { ...mandatory, ...choices });

export const channelClassMembers = members(
  { channelClass },
  { destinations: mandatory.destinations },
);

/** A channel as it is asked for. */
export type ChannelRequest = z.infer<typeof channelMembers>;

/** What shall change of a channel. */
export type ChannelChange = z.infer<typeof channelUpdateMembers> &
  Partial<z.infer<typeof channelClassMembers>>;
