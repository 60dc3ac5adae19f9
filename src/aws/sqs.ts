import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { isOpsError } from "../errors.ts";
import type { Clock, Log } from "../manager/ports.ts";
import { ask } from "./errors.ts";

export type HintOptions = {
  clock: Clock;
  log: Log;
  /** Called when AWS says that something has changed; it must not throw. */
  onHint: () => void;
};

/** The most that SQS gives at once, and the longest it waits for a first message (SQS API, ReceiveMessage). */
const most = { MaxNumberOfMessages: 10, WaitTimeSeconds: 20 };
const afterFailureMs = 30_000;

/**
 * Waits on the queue of AWS's events until closed. They are lost, late and doubled at times, so that nothing they say is
 * believed: each only makes the loop look for itself.
 */
export function awsHints(
  client: SQSClient,
  queueUrl: string,
  { clock, log, onHint }: HintOptions,
): { close(): Promise<void> } {
  const closing = new AbortController();
  const { signal } = closing;

  async function once(): Promise<void> {
    const messages = await receive(client, queueUrl, signal);
    if (messages.length === 0) return;
    onHint();
    await remove(client, queueUrl, messages);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) await once().catch(pause);
  }

  async function pause(error: unknown): Promise<void> {
    if (signal.aborted) return;
    log.warn("hints-unreadable", { code: codeOf(error), message: String(error) });
    await clock.sleep(afterFailureMs, signal);
  }

  const running = run();
  return {
    close: () => {
      closing.abort();
      return running;
    },
  };
}

const codeOf = (error: unknown): string => (isOpsError(error) ? error.code : "internal");

async function receive(
  client: SQSClient,
  QueueUrl: string,
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const call = { doing: "read the events of AWS", operation: "sqs:ReceiveMessage" };
  const command = new ReceiveMessageCommand({ QueueUrl, ...most });
  const answer = await ask(call, () => client.send(command, { abortSignal }));
  return answer.Messages ?? [];
}

/** What is not removed comes again after a while, and does no harm. */
async function remove(client: SQSClient, QueueUrl: string, messages: Message[]): Promise<void> {
  const call = { doing: "remove events of AWS", operation: "sqs:DeleteMessage" };
  const Entries = messages.map(({ ReceiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle,
  }));
  await ask(call, () => client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })));
}
