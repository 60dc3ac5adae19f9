import { AwsError } from "../errors.ts";
import type { Template } from "./template.ts";

const nameOf: Record<string, string> = {
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Policy": "",
};

/** What a template needs the caller to acknowledge (CloudFormation API, CreateStack, Capabilities). */
export function capabilitiesOf({ resources }: Template): { needed: string[]; types: string[] } {
  const iam = Object.values(resources).filter(({ Type }) => Type in nameOf);
  const named = iam.some(({ Type, Properties }) => (nameOf[Type] ?? "") in Properties);
  const needed = named ? ["CAPABILITY_NAMED_IAM"] : ["CAPABILITY_IAM"];
  return {
    needed: iam.length === 0 ? [] : needed,
    types: [...new Set(iam.map(({ Type }) => Type))],
  };
}

/** CAPABILITY_NAMED_IAM includes CAPABILITY_IAM. */
export function requireCapabilities(template: Template, given: readonly string[]) {
  const { needed } = capabilitiesOf(template);
  const missing = needed.filter(
    (each) => !given.includes(each) && !given.includes("CAPABILITY_NAMED_IAM"),
  );
  if (missing.length === 0) return;
  throw new AwsError("InsufficientCapabilitiesException", 400, {
    message: `Requires capabilities : [${missing.join(", ")}]`,
  });
}
