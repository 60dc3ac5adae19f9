import { z } from "zod";
import type { Timers } from "../../timers.ts";
import type { StreamRecord } from "../tables/stream-record.ts";
import { backOffMs } from "./back-off.ts";

/** At most so many records call at once; AWS's default is 100 (Lambda developer guide, event source mapping). */
const batchSize = 10;
/** How long the first record of a batch waits for others. */
const windowMs = 50;

export type StreamOptions = {
  /** Names its waits. */
  name: string;
  timers: Timers;
  /** How often a batch is tried. */
  attempts: number;
  /** Rejects when the function failed. */
  invoke(event: { Records: StreamRecord[] }): Promise<unknown>;
  giveUp(records: StreamRecord[]): void;
};

/** One table's changes on their way to one function: in order, one batch at a time (Lambda developer guide, DynamoDB). */
export function createStream(options: StreamOptions): { push(record: StreamRecord): void } {
  const { name, timers, attempts, giveUp } = options;
  const waiting: StreamRecord[] = [];
  let batch: StreamRecord[] = [];
  let failures = 0;
  let isBusy = false;

  const next = (ms: number) => {
    isBusy = true;
    timers.set(name, ms, () => void deliver());
  };

  async function deliver(): Promise<void> {
    if (batch.length === 0) batch = waiting.splice(0, batchSize);
    const done = await countDone(options, batch);
    batch = batch.slice(done);
    failures = done > 0 ? 1 : failures + 1;
    if (batch.length > 0 && failures < attempts) return next(backOffMs(failures));
    if (batch.length > 0) giveUp(batch);
    batch = [];
    failures = 0;
    isBusy = false;
    if (waiting.length > 0) next(0);
  }

  return {
    push(record) {
      waiting.push(record);
      if (!isBusy) next(windowMs);
    },
  };
}

/** What a function reports of a batch; nothing at all means that everything went well (`ReportBatchItemFailures`). */
const report = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** How many records from the front are done: all before the first that failed, and none when the report makes no sense. */
async function countDone({ invoke }: StreamOptions, records: StreamRecord[]): Promise<number> {
  const answer = await invoke({ Records: records }).catch(() => failed);
  const { success, data } = report.safeParse(answer);
  if (answer === failed || !success) return 0;
  const places = (data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(records.length, ...places));
}

const failed = Symbol("failed");
