import { describe, expect, it } from "vitest";
import { readBatch } from "../../src/lambda/records.ts";

type Image = Record<string, { S: string } | { N: string }>;

const record = (
  { id, name = "MODIFY" }: { id: string; name?: string },
  dynamodb: { Keys: Image; NewImage?: Image; OldImage?: Image },
) => ({ eventName: name, dynamodb: { SequenceNumber: id, ...dynamodb } });

const row = { destination_id: { S: "dest_twitch" } };
const before = { ...row, desired_state: { S: "off" }, intent_id: { S: "intent_1" } };

/** A change of a destination's row from `before`. */
const changed = (after: Image, id = "1") =>
  record({ id }, { Keys: row, OldImage: before, NewImage: { ...before, ...after } });

const ours = (pk: string, name?: string) =>
  record({ id: "7", ...(name && { name }) }, { Keys: { pk: { S: pk }, sk: { S: "x" } } });

describe("a batch", () => {
  it.each([
    ["somebody wants it on", changed({ desired_state: { S: "on" }, intent_id: { S: "intent_2" } })],
    ["it is wanted once more", changed({ intent_id: { S: "intent_2" } })],
    ["its end has moved", changed({ lease_until: { S: "2026-11-22T22:00:00Z" } })],
    ["somebody holds it", changed({ hold_until: { S: "2026-11-22T22:00:00Z" } })],
    ["a row is new", record({ id: "1", name: "INSERT" }, { Keys: row, NewImage: before })],
    ["there is something to say", ours("site#main#live", "INSERT")],
  ])("asks for a pass when %s", (_, each) => {
    expect(readBatch({ Records: [each] })).toMatchObject({ isNews: true, unreadable: [] });
  });

  it.each([
    ["the loop has noted a state", changed({ channel_status: { S: "running" } })],
    ["a phase went on", changed({ intent_phase: { S: "running" }, version: { N: "9" } })],
    ["a row is gone", record({ id: "1", name: "REMOVE" }, { Keys: row, OldImage: before })],
    ["the site's memory was written", ours("site#main")],
    ["the turn was renewed", ours("site#main#notes")],
    ["something was said", ours("site#main#live", "REMOVE")],
  ])("asks for nothing when %s", (_, each) => {
    expect(readBatch({ Records: [each] })).toMatchObject({ isNews: false, unreadable: [] });
  });

  it("names the records that nobody can read, and reads the others", () => {
    const damaged = { dynamodb: { SequenceNumber: "2", Keys: "?" } };
    const nameless = { eventName: "MODIFY" };
    const wish = changed({ desired_state: { S: "on" } }, "3");
    expect(readBatch({ Records: [changed({}), damaged, nameless, wish] })).toEqual({
      isNews: true,
      all: ["1", "2", "3"],
      unreadable: ["2"],
    });
  });

  it.each([[null], [{}], [{ Records: "?" }], [{ source: "aws.medialive" }]])(
    "is not %j",
    (event) => {
      expect(readBatch(event)).toBeNull();
    },
  );
});
