import { z } from "zod";
import { cidr, members, resourceName, roleArn, tagMap, text } from "../../members.ts";

const flows = z.array(members({ flowArn: text }, {})).length(1, "needs exactly one flow here");
const groups = z.array(text).min(1);

/** The API model requires nothing; an input is not created without what its type needs. */
const fed = members(
  {
    mediaConnectFlows: flows,
    name: resourceName,
    roleArn,
    type: z.literal("MEDIACONNECT"),
  },
  { requestId: text, tags: tagMap },
);

const pushed = members(
  { inputSecurityGroups: groups, name: resourceName, type: z.literal("RTP_PUSH") },
  { requestId: text, tags: tagMap },
);

/** CreateInput, of the two types that exist here. */
export const inputMembers = z.discriminatedUnion("type", [fed, pushed]);

export type InputRequest = z.infer<typeof inputMembers>;

export const inputUpdateMembers = members(
  {},
  { inputSecurityGroups: groups, mediaConnectFlows: flows, name: resourceName, roleArn },
);

const rules = z.array(members({ cidr }, {})).min(1);

/** CreateInputSecurityGroup: a group that nobody may push through is of no use. */
export const securityGroupMembers = members({ whitelistRules: rules }, { tags: tagMap });

export const securityGroupUpdateMembers = members({}, { tags: tagMap, whitelistRules: rules });
