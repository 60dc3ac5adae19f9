import type { Scope } from "./intrinsics.ts";
import { evaluate } from "./intrinsics.ts";
import { validationError } from "./refusals.ts";
import type { Template } from "./template.ts";

/** Refuses parameters that the rules of a template do not allow together. */
export function checkRules({ rules }: Template, scope: Scope) {
  for (const [name, { RuleCondition, Assertions }] of Object.entries(rules)) {
    if (RuleCondition !== undefined && evaluate(RuleCondition, scope) !== true) continue;
    for (const { Assert, AssertDescription } of Assertions) {
      if (evaluate(Assert, scope) === true) continue;
      throw validationError(
        `Template error: Rule ${name} failed: ${AssertDescription ?? "an assertion does not hold"}`,
      );
    }
  }
}
