import type { StackEvent } from "./cloud.ts";
import { typeWords } from "./resource-words.ts";

/** Why a stack failed: the resource, AWS's own reason, and what that means. */
export type Failure = {
  logicalId: string;
  type: string;
  reason: string;
  /** What it means and what to do; null for a reason that is not known here. */
  meaning: string | null;
  /** True when the same may succeed a minute later. */
  mayPass: boolean;
};

/** The first thing that went wrong; what was only cancelled because of it is no cause. Null when nothing failed. */
export function firstFailure(events: readonly StackEvent[]): Failure | null {
  const failed = events.find(
    ({ status, reason }) => status.endsWith("_FAILED") && !/cancelled/i.test(reason ?? ""),
  );
  if (failed === undefined) return null;
  const { logicalId, type } = failed;
  const reason = failed.reason ?? "AWS gives no reason";
  const known = causes.find(({ fits, of }) => fits.test(reason) && (of?.test(type) ?? true));
  return {
    ...{ logicalId, type, reason },
    meaning: known?.meaning ?? null,
    mayPass: known?.mayPass ?? false,
  };
}

type Cause = { fits: RegExp; of?: RegExp; meaning: string; mayPass?: true };

/** Reasons as CloudFormation's resource handlers write them; the first that fits explains. */
const causes: readonly Cause[] = [
  {
    fits: /Status Code: 403|AccessDenied|not authorized|Forbidden/i,
    of: /^AWS::(MediaLive|MediaConnect)::/,
    meaning:
      "AWS does not know the new role everywhere yet, or you may not use it. It is tried once more by itself; if that fails too, your own permissions lack iam:PassRole or the service.",
    mayPass: true,
  },
  {
    fits: /Status Code: 403|AccessDenied|not authorized/i,
    meaning: "You are not allowed to make it: your permissions lack what the reason names.",
  },
  {
    fits: /LimitExceeded|quota|limit of|maximum number|Status Code: 402/i,
    meaning:
      "The account's quota is used up. Ask for more under Service Quotas, or leave something out, for example --skip linkedin,custom.",
  },
  {
    fits: /is already exported by stack|Export with name/i,
    meaning: "Another stack exports that name. Choose another, for example --environment prod2.",
  },
  {
    fits: /Cannot (delete|update) export|in use by/i,
    meaning: "Another stack uses it. Deploy or destroy that stack first.",
  },
  {
    fits: /scheduled for deletion/i,
    meaning:
      "A secret of that name waits for its deletion. Restore it, or force its deletion: aws secretsmanager delete-secret --force-delete-without-recovery.",
  },
  {
    fits: /AlreadyExists|already exists|ResourceInUse|Status Code: 409/i,
    meaning:
      "Something of that name exists already, and is in no stack of this name. Choose another name, or remove it.",
  },
  {
    fits: /Status Code: 422|Unprocessable|ValidationErrors?\b/i,
    meaning: "MediaLive does not accept the settings that the reason names.",
  },
  {
    fits: /Throttl|Rate exceeded|Status Code: 429/i,
    meaning: "AWS asked for fewer requests. The same deployment will do.",
    mayPass: true,
  },
];

/** The sentences that tell of a failure, the cause first. */
export function failureLines(failure: Failure | null): string[] {
  if (failure === null) return ["CloudFormation gives no reason."];
  const { logicalId, type, reason, meaning } = failure;
  const first = `First cause: ${logicalId} (${typeWords(type)}): ${reason}`;
  return meaning === null ? [first] : [first, meaning];
}
