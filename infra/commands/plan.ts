import type { Desk } from "../desk.ts";
import { showPlan } from "../plan-lines.ts";
import { dropPlan, isEmpty, makePlan } from "../planning.ts";

/** Shows what deploy would do and what it costs, and leaves nothing behind. */
export async function plan(desk: Desk): Promise<unknown> {
  const made = await makePlan(desk);
  try {
    const { lines, warnings, costs } = await showPlan(desk, made);
    for (const line of lines) desk.say(line);
    desk.say("");
    desk.say(
      isEmpty(made)
        ? "Everything is as in the templates."
        : "Nothing was changed. To make it so: npm run infra -- deploy, with the same options.",
    );
    const stacks = made.stacks.map(({ target, kind, changes }) => ({
      name: target.name,
      kind,
      changes,
    }));
    return { stacks, warnings, costs };
  } finally {
    await dropPlan(desk, made);
  }
}
