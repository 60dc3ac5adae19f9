import { isJson } from "../../input.ts";
import { account, nameOr, randomCapitals } from "./names.ts";
import { checkPolicy } from "./policy-document.ts";
import { recorded } from "./recorded.ts";

/** A role with its inline policies, recorded; nobody is refused anything by it here. */
export const role = recorded({
  type: "AWS::IAM::Role",
  check: (_context, { AssumeRolePolicyDocument, Policies }) => {
    checkPolicy(AssumeRolePolicyDocument, "trust");
    for (const policy of Array.isArray(Policies) ? Policies : []) {
      checkPolicy(isJson(policy) ? policy.PolicyDocument : policy, "identity");
    }
  },
  toResource: (context, properties, before) => {
    const name = before?.physicalId ?? nameOr(context, properties.RoleName);
    const path = typeof properties.Path === "string" ? properties.Path : "/";
    const RoleId = before?.attributes.RoleId ?? `AROA${randomCapitals(17)}`;
    return {
      physicalId: name,
      attributes: { Arn: `arn:aws:iam::${account}:role${path}${name}`, RoleId },
    };
  },
});
