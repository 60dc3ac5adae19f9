import * as z from "zod";

/** A row's attributes as DynamoDB Streams spell them (DynamoDB API, AttributeValue); only words count here. */
const image = z.record(z.string(), z.looseObject({ S: z.string().optional() }));

/** One record of a stream (Lambda developer guide, DynamoDB event). */
const streamRecord = z.object({
  eventName: z.enum(["INSERT", "MODIFY", "REMOVE"]),
  dynamodb: z.object({
    Keys: image,
    NewImage: image.optional(),
    OldImage: image.optional(),
  }),
});
type StreamRecord = z.infer<typeof streamRecord>;

const named = z.object({ dynamodb: z.object({ SequenceNumber: z.string().min(1) }) });

const batch = z.object({ Records: z.array(z.unknown()) });

/** What a batch of a stream says, or null for what is no such batch. */
export type Batch = {
  /** True when a row says something new, to AWS or to people. */
  isNews: boolean;
  /** Sequence numbers of all records that have one, in the order in which they came. */
  all: string[];
  /** Those of the records that nobody can read. */
  unreadable: string[];
};

/** Reads a batch record by record, so that one that is damaged keeps back no other. */
export function readBatch(event: unknown): Batch | null {
  const { data } = batch.safeParse(event);
  if (data === undefined) return null;
  const records = data.Records.map((raw) => ({
    id: named.safeParse(raw).data?.dynamodb.SequenceNumber ?? null,
    record: streamRecord.safeParse(raw).data ?? null,
  }));
  const idsOf = (some: typeof records) => some.flatMap(({ id }) => (id === null ? [] : [id]));
  return {
    isNews: records.some(({ record }) => record !== null && isNews(record)),
    all: idsOf(records),
    unreadable: idsOf(records.filter(({ record }) => record === null)),
  };
}

/** What people and jobs write into a destination's row; everything else in it is the loop's own. */
const wishes = ["desired_state", "intent_id", "lease_until", "hold_until"];

/**
 * Whether a record asks for a pass. What the loop itself writes down does not, or each pass would bring about the next:
 * of a destination only a wish counts, and of the rest only that there is something to say (a pointer of `live`).
 */
function isNews({ eventName, dynamodb }: StreamRecord): boolean {
  const { Keys, NewImage = {}, OldImage = {} } = dynamodb;
  if (eventName === "REMOVE") return false;
  if (Keys.destination_id === undefined) return Keys.pk?.S?.endsWith("#live") === true;
  return wishes.some((name) => NewImage[name]?.S !== OldImage[name]?.S);
}
