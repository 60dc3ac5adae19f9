import { describe, expect, it } from "vitest";
import type { Cloud, Stack, StackEvent } from "../../infra/cloud.ts";
import { follow } from "../../infra/progress.ts";
import { OpsError } from "../../src/errors.ts";

const id = "arn:aws:cloudformation:us-west-2:123456789012:stack/show-tables/1";
const stackAs = (status: string): Stack => ({
  ...{ name: "show-tables", id, status, outputs: {}, parameters: {}, isProtected: false },
});
const eventAs = (physicalId: string, status: string): StackEvent => ({
  id: `${physicalId} ${status}`,
  at: new Date(0),
  logicalId: physicalId === id ? "show-tables" : "OpsTable",
  physicalId,
  type: physicalId === id ? "AWS::CloudFormation::Stack" : "AWS::DynamoDB::Table",
  status,
  reason: null,
});

const passing = new OpsError("timed-out", "Could not read the stack: AWS did not answer in time.");
const expired = new OpsError("not-configured", "Your AWS session has expired.", {
  hint: "Sign in again.",
});

/** A look at a stack each: what fails at it, and where. */
type Look = { stack?: OpsError; events?: OpsError };

/** Follows a stack that is made at the last look; a wait ends at once. */
async function following(looks: readonly Look[]) {
  const said: string[] = [];
  const ending = new AbortController();
  let at = 0;
  const now = (): Look => looks[at] ?? {};
  const isDone = () => at >= looks.length;
  const cloud: Pick<Cloud, "stack" | "events"> = {
    stack: async () => {
      const { stack } = now();
      if (stack !== undefined) throw stack;
      return stackAs(isDone() ? "CREATE_COMPLETE" : "CREATE_IN_PROGRESS");
    },
    events: async (_stackId, isKnown) => {
      const { events } = now();
      if (events !== undefined) throw events;
      const all = [
        eventAs("ops", "CREATE_COMPLETE"),
        ...(isDone() ? [eventAs(id, "CREATE_COMPLETE")] : []),
      ];
      return all.filter((event) => !isKnown(event.id));
    },
  };
  const clock = {
    now: () => new Date(at * 60_000),
    sleep: async () => {
      at += 1;
    },
  };
  const watcher = {
    ...{ cloud: cloud as Cloud, clock, pollMs: 1, ending: ending.signal },
    detail: (line: string) => void said.push(line),
  };
  return { said, ending, followed: () => follow(watcher, id, new Set()) };
}

describe("a stack that is watched", () => {
  it.each([
    ["the stack cannot be read", { stack: passing }],
    ["its events cannot be read", { events: passing }],
  ])("is watched on when for a while %s, and that is said once", async (_what, failing) => {
    const { said, followed } = await following([{}, failing, failing, failing]);
    const { stack, events } = await followed();
    expect(stack.status).toBe("CREATE_COMPLETE");
    expect(events.map(({ status, physicalId }) => [physicalId, status])).toEqual([
      ["ops", "CREATE_COMPLETE"],
      [id, "CREATE_COMPLETE"],
    ]);
    expect(said).toEqual([
      expect.stringMatching(/^ {2} 0:00 {2}OpsTable .* made$/),
      "   1:00  Could not read the stack: AWS did not answer in time. Still watching …",
    ]);
  });

  it("goes on by itself when it cannot be watched any more, and the person is told", async () => {
    const { followed } = await following([{}, { stack: expired }]);
    await expect(followed()).rejects.toMatchObject({
      code: "not-configured",
      message: "Your AWS session has expired. CloudFormation goes on with show-tables by itself.",
      hint: "Sign in again. npm run infra -- status shows how it ended.",
    });
  });

  it("is left alone when a person stops while AWS is out of reach", async () => {
    const forever = Array.from({ length: 50 }, () => ({ stack: passing }));
    const story = await following(forever);
    story.ending.abort();
    await expect(story.followed()).rejects.toMatchObject({
      message: "Stopped watching; CloudFormation goes on with show-tables by itself.",
    });
  });
});
