import { isJson } from "../../input.ts";
import { invalidRequest } from "./names.ts";

type Kind = "identity" | "resource" | "trust";

const members = [
  ...["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal"],
  ...["NotPrincipal", "Condition"],
];

/** Refuses a policy document that IAM would call malformed (IAM user guide, grammar of the policy language). */
export function checkPolicy(document: unknown, kind: Kind) {
  if (!isJson(document)) throw malformed("The policy is not in the valid JSON format.");
  const version = document.Version ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17")
    throw malformed("Syntax errors in policy.");
  const statements = [document.Statement].flat();
  if (document.Statement === undefined || statements.length === 0)
    throw malformed("Syntax errors in policy.");
  for (const statement of statements) checkStatement(statement, kind);
}

function checkStatement(statement: unknown, kind: Kind) {
  if (!isJson(statement)) throw malformed("Syntax errors in policy.");
  const strange = Object.keys(statement).find((name) => !members.includes(name));
  if (strange !== undefined) throw malformed(`Syntax errors in policy: ${strange}.`);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    throw malformed("Syntax errors in policy: Effect must be Allow or Deny.");
  }
  checkActions(statement.Action ?? statement.NotAction);
  checkPrincipal(statement.Principal ?? statement.NotPrincipal, kind);
  const resource = statement.Resource ?? statement.NotResource;
  if (kind === "identity") checkResources(resource);
  if (kind === "trust" && resource !== undefined) throw malformed("Has prohibited field Resource");
}

/** Only a policy that belongs to somebody leaves out whom it is for. */
function checkPrincipal(principal: unknown, kind: Kind) {
  if (kind === "identity" && principal !== undefined) {
    throw malformed("Policy document should not specify a principal.");
  }
  if (kind !== "identity" && principal === undefined) {
    throw malformed("Missing required field Principal");
  }
}

function checkActions(actions: unknown) {
  const list = [actions].flat();
  if (actions === undefined || list.length === 0)
    throw malformed("Policy statement must contain actions.");
  for (const action of list) {
    if (typeof action === "string" && /^(\*|[\w-]+:[\w*?]+)$/.test(action)) continue;
    throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
}

function checkResources(resources: unknown) {
  const list = [resources].flat();
  if (resources === undefined || list.length === 0) {
    throw malformed("Policy statement must contain resources.");
  }
  for (const resource of list) {
    if (typeof resource === "string" && /^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$/.test(resource))
      continue;
    throw malformed(`Resource ${String(resource)} must be in ARN format or "*".`);
  }
}

const malformed = (message: string) => invalidRequest(`MalformedPolicyDocument: ${message}`);
