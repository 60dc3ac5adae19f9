import type { Stack } from "./cloud.ts";

/**
 * What can be done with a stack: make it (`absent`), change it (`ready`), wait (`busy`), remove it and make it anew
 * (`failed`), or mend it by hand first (`stuck`).
 */
export type StackCondition = "absent" | "ready" | "busy" | "failed" | "stuck";

/** A stack that failed while it was made, or removed, can only be removed (CloudFormation user guide, stack status codes). */
const failed = new Set(["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"]);
/** REVIEW_IN_PROGRESS is a plan that nobody has carried out. */
const absent = new Set(["REVIEW_IN_PROGRESS", "DELETE_COMPLETE"]);
const stuck = new Set(["UPDATE_ROLLBACK_FAILED", "IMPORT_ROLLBACK_FAILED", "UPDATE_FAILED"]);

export function conditionOf(stack: Stack | null): StackCondition {
  if (stack === null || absent.has(stack.status)) return "absent";
  if (stack.status.endsWith("_IN_PROGRESS")) return "busy";
  if (failed.has(stack.status)) return "failed";
  return stuck.has(stack.status) ? "stuck" : "ready";
}

/** True when a stack has settled where it was meant to: made, changed or removed. */
export const hasSucceeded = ({ status }: Stack): boolean =>
  ["CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"].includes(status);

/** Why a stack cannot be deployed now and what to do; null when it can. */
export function obstacleOf(stack: Stack | null): string | null {
  const condition = conditionOf(stack);
  if (stack === null) return null;
  if (condition === "busy")
    return `${stack.name} is being changed by somebody (${stack.status}). Wait until npm run infra -- status says that it is done.`;
  if (condition === "stuck")
    return `${stack.name} is stuck after a failed change (${stack.status}). Mend what its events name, then: aws cloudformation continue-update-rollback --stack-name ${stack.name}`;
  return null;
}

/** A stack's status for people. */
export function stateWords(stack: Stack | null): string {
  if (stack === null) return "not there";
  const words: Partial<Record<StackCondition, string>> = {
    absent: "only planned, never made",
    ready: stack.status.includes("ROLLBACK") ? "as it was before a change that failed" : "in place",
    busy: "being changed",
    failed: "failed: deploy removes it and makes it anew",
    stuck: "stuck after a failed change",
  };
  return words[conditionOf(stack)] ?? stack.status;
}
