import { isDeepStrictEqual } from "node:util";
import type { Json } from "../answers.ts";
import { seconds } from "./desk.ts";

/** One item before and after a write; null where there is none. */
export type Change = { table: string; keys: Json; before: Json | null; after: Json | null };

/** A record as a function gets it (Lambda developer guide, DynamoDB event). */
export type StreamRecord = {
  eventID: string;
  eventName: "INSERT" | "MODIFY" | "REMOVE";
  eventVersion: "1.1";
  eventSource: "aws:dynamodb";
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Json;
    NewImage?: Json;
    OldImage?: Json;
    SequenceNumber: string;
    StreamViewType: "NEW_AND_OLD_IMAGES";
  };
};

/** A write that changes nothing makes no record (DynamoDB developer guide, DynamoDB Streams). */
export const isChange = ({ before, after }: Change): boolean => !isDeepStrictEqual(before, after);

/** `sequence` counts the records of this world; `at` is in epoch milliseconds. */
export function toStreamRecord(
  { table, keys, before, after }: Change,
  { region, sequence, at }: { region: string; sequence: number; at: number },
): StreamRecord {
  const kept = after === null ? "REMOVE" : "MODIFY";
  return {
    eventID: sequence.toString(16).padStart(32, "0"),
    eventName: before === null ? "INSERT" : kept,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    eventSourceARN: `arn:aws:dynamodb:${region}:000000000000:table/${table}/stream/local`,
    dynamodb: {
      ApproximateCreationDateTime: seconds(at),
      Keys: keys,
      ...(after && { NewImage: after }),
      ...(before && { OldImage: before }),
      // 21 digits at least (DynamoDB Streams API, StreamRecord).
      SequenceNumber: String(sequence).padStart(21, "0"),
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  };
}
