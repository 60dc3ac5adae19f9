import { describe, expect, it } from "vitest";
import type { Stack } from "../../infra/cloud.ts";
import { conditionOf, hasSucceeded, obstacleOf, stateWords } from "../../infra/stack-state.ts";

const stack = (status: string): Stack => ({
  name: "show-prod-flow",
  id: "arn:show",
  status,
  outputs: {},
  parameters: {},
  isProtected: false,
});

describe("a stack's status", () => {
  it.each([
    ["REVIEW_IN_PROGRESS", "absent", "only planned, never made"],
    ["CREATE_COMPLETE", "ready", "in place"],
    ["UPDATE_COMPLETE", "ready", "in place"],
    ["UPDATE_ROLLBACK_COMPLETE", "ready", "as it was before a change that failed"],
    ["UPDATE_IN_PROGRESS", "busy", "being changed"],
    ["ROLLBACK_COMPLETE", "failed", "failed: deploy removes it and makes it anew"],
    ["DELETE_FAILED", "failed", "failed: deploy removes it and makes it anew"],
    ["UPDATE_ROLLBACK_FAILED", "stuck", "stuck after a failed change"],
  ])("says what can be done at %s", (status, condition, words) => {
    expect(conditionOf(stack(status))).toBe(condition);
    expect(stateWords(stack(status))).toBe(words);
  });

  it("is absent when there is no stack", () => {
    expect(conditionOf(null)).toBe("absent");
    expect(obstacleOf(null)).toBeNull();
  });

  it("stops a deployment while it changes and while it is stuck, with what to do", () => {
    expect(obstacleOf(stack("UPDATE_IN_PROGRESS"))).toMatch(/Wait until npm run infra -- status/);
    expect(obstacleOf(stack("UPDATE_ROLLBACK_FAILED"))).toMatch(
      /aws cloudformation continue-update-rollback --stack-name show-prod-flow/,
    );
    expect(obstacleOf(stack("ROLLBACK_COMPLETE"))).toBeNull();
  });

  it("has succeeded only where it was meant to end", () => {
    expect(hasSucceeded(stack("UPDATE_COMPLETE"))).toBe(true);
    expect(hasSucceeded(stack("UPDATE_ROLLBACK_COMPLETE"))).toBe(false);
  });
});
