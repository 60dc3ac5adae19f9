import { afterEach, describe, expect, it, vi } from "vitest";
import { eventQueue } from "../../local/aws/sqs/queues.ts";
import { createAwsClients } from "../../src/aws/clients.ts";
import { awsHints } from "../../src/aws/sqs.ts";
import { openAwsStage } from "../support/aws-stage.ts";
import { memoryClock } from "../support/memory/clock.ts";
import { memoryLog } from "../support/memory/process.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function listening(queue = eventQueue) {
  const stage = await openAwsStage();
  opened.push(stage.close);
  const clients = createAwsClients(stage.options);
  opened.push(clients.close);
  const log = memoryLog();
  const clock = memoryClock();
  let count = 0;
  const hints = awsHints(clients.sqs, `${stage.url}/000000000000/${queue}`, {
    clock,
    log,
    onHint: () => {
      count += 1;
    },
  });
  opened.push(hints.close);
  const send = (body: string) => {
    const found = stage.aws.queues.get(eventQueue);
    if (found === undefined) throw new Error("the local AWS has no queue of events");
    stage.aws.queues.send(found, { body });
    return found;
  };
  return { hints, send, log, clock, count: () => count };
}

describe("awsHints", () => {
  it("calls back for whatever is in the queue, and removes it", async () => {
    const { send, count, log } = await listening();
    const queue = send("anything, not even JSON");
    await vi.waitFor(() => expect(count()).toBe(1));
    await vi.waitFor(() => expect(queue.messages).toEqual([]));
    send("{}");
    await vi.waitFor(() => expect(count()).toBe(2));
    expect(log.lines).toEqual([]);
  });

  it("closes at once while it waits", async () => {
    const { hints, count, log } = await listening();
    await hints.close();
    expect(count()).toBe(0);
    expect(log.lines).toEqual([]);
  });

  it("says that it cannot read, waits, and ends when it is closed", async () => {
    const { hints, log } = await listening("no-such-queue");
    await vi.waitFor(() =>
      expect(log.lines).toMatchObject([
        { level: "warn", event: "hints-unreadable", fields: { code: "not-found" } },
      ]),
    );
    await hints.close();
    expect(log.lines).toHaveLength(1);
  });
});
