import { z } from "zod";
import { members, resourceName, roleArn, tagMap, text } from "../../members.ts";

const flows = z.array(members({ flowArn: text }, {})).length(1, "needs exactly one flow here");

/** The API model requires nothing; an input of type MEDIACONNECT is not created without these. */
export const inputMembers = members(
  {
    mediaConnectFlows: flows,
    name: resourceName,
    roleArn,
    type: z.enum(["MEDIACONNECT"], "only inputs of type MEDIACONNECT are part of the local AWS"),
  },
  { requestId: text, tags: tagMap },
);

export const inputUpdateMembers = members(
  {},
  { mediaConnectFlows: flows, name: resourceName, roleArn },
);
