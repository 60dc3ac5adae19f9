import { OpsError } from "../src/errors.ts";
import type { Change, ChangeSetRequest } from "./cloud.ts";
import type { Builder } from "./desk.ts";

/** A change set that stands ready in AWS; `changes` is empty and `id` null when there is nothing to do. */
export type ReadyChangeSet = { id: string | null; stackId: string; changes: readonly Change[] };

type Maker = Pick<Builder, "cloud" | "clock" | "pollMs" | "ending">;

/** Lets CloudFormation work out what a deployment would change; one that it refuses, or that changes nothing, is cleared away. */
export async function makeChangeSet(
  { cloud, clock, pollMs, ending }: Maker,
  request: ChangeSetRequest,
): Promise<ReadyChangeSet> {
  const { id, stackId } = await cloud.createChangeSet(request);
  for (;;) {
    const made = await cloud.changeSet(id);
    if (made.status === "ready") return { id, stackId, changes: made.changes };
    if (made.status !== "pending" || ending?.aborted) {
      await clear({ cloud }, { ...request, id });
      if (made.status === "empty") return { id: null, stackId, changes: [] };
      throw made.status === "failed" ? refused(request.stack, made.reason) : stopped();
    }
    await clock.sleep(pollMs, ending);
  }
}

/** Removes a change set that was not carried out, and the empty stack that it made, unless somebody else plans with that too. */
export async function clear(
  { cloud }: Pick<Builder, "cloud">,
  made: { id: string; stack: string; kind: "create" | "update" },
): Promise<void> {
  await cloud.deleteChangeSet(made.id);
  if (made.kind === "update") return;
  const stack = await cloud.stack(made.stack);
  if (stack?.status !== "REVIEW_IN_PROGRESS" || (await cloud.hasChangeSets(made.stack))) return;
  await cloud.deleteStack(stack.id);
}

const refused = (stack: string, reason: string) =>
  new OpsError("aws-refused", `CloudFormation cannot plan ${stack}: ${reason}`, {
    hint: /^No export named/.test(reason)
      ? "Nothing was changed. Deploy the stack that exports it first: npm run infra -- deploy"
      : "Nothing was changed.",
  });

/** What ends a command after Ctrl-C. */
export const stopped = () => new OpsError("conflict", "Stopped; nothing was changed.");
