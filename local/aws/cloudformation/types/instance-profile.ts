import { account, nameOr } from "./names.ts";
import { requireRoles } from "./policies.ts";
import { recorded } from "./recorded.ts";

/** What hands an EC2 instance its role, which must be there. */
export const instanceProfile = recorded({
  type: "AWS::IAM::InstanceProfile",
  check: requireRoles,
  toResource: (context, properties, before) => {
    const path = typeof properties.Path === "string" ? properties.Path : "/";
    const name = before?.physicalId ?? nameOr(context, properties.InstanceProfileName, 128);
    return {
      physicalId: name,
      attributes: { Arn: `arn:aws:iam::${account}:instance-profile${path}${name}` },
    };
  },
});
