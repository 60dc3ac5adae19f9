import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { addDays } from "date-fns/addDays";
import { addMinutes } from "date-fns/addMinutes";
import { getUnixTime } from "date-fns/getUnixTime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { dynamoAudit } from "../../src/aws/dynamodb-audit.ts";
import { dynamoNotes } from "../../src/aws/dynamodb-notes.ts";
import { dynamoSessions } from "../../src/aws/dynamodb-sessions.ts";
import { dynamoSiteMemory } from "../../src/aws/dynamodb-site-memory.ts";
import { dynamoSpans } from "../../src/aws/dynamodb-spans.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { aSession, siteNow } from "../support/builders.ts";
import { memoryClock } from "../support/memory/clock.ts";
import { anOpsTable, type OpsTableStage } from "../support/ops-table.ts";

let stage: AwsStage;
let clients: AwsClients;
let ops: OpsTableStage;
beforeAll(async () => {
  stage = await openAwsStage();
  clients = createAwsClients(stage.options);
});
afterAll(async () => {
  clients.close();
  await stage.close();
});
beforeEach(async () => {
  ops = await anOpsTable(stage, clients);
});

const put = (item: object, table = ops.table) =>
  ops.client.send(new PutCommand({ TableName: table, Item: { ...item } }));
const loseAnswer = (operation: string) =>
  stage.aws.faults.add({ service: "dynamodb", operation, kind: "lost-response", times: 1 });
const later = addMinutes(siteNow, 60);

describe("what is damaged in the ops table", () => {
  it("is left out of the spans and reported", async () => {
    const spans = dynamoSpans(ops);
    const damaged = {
      pk: "site#main#spans#flow-active",
      sk: `flow-active_${siteNow.toISOString()}`,
      from_at: "today",
    };
    await put(damaged);
    expect(await spans.list("flow-active", siteNow, later)).toEqual([]);
    expect(ops.unreadable).toEqual([damaged]);
  });

  it("is left out of the sessions and reported", async () => {
    const table = await stage.table("session_id");
    const sessions = dynamoSessions(ops, table);
    await sessions.open(aSession());
    const { id } = aSession();
    const damaged = { session_id: id, session_status: "rehearsal" };
    await put(damaged, table);
    expect(await sessions.find(id)).toBeNull();
    expect(await sessions.list(siteNow, later)).toEqual([]);
    expect(ops.unreadable).toEqual([damaged, damaged]);
  });

  it("is left out of the audit and reported", async () => {
    const damaged = { pk: "site#main#audit#2026-11", sk: "2026-11-22#x", what: 7 };
    await put(damaged);
    expect(await dynamoAudit(ops, memoryClock()).latest({ limit: 5 })).toEqual([]);
    expect(ops.unreadable).toEqual([damaged]);
  });

  it("is left out of the notes, and never written over", async () => {
    const notes = dynamoNotes(ops, memoryClock());
    const damaged = { pk: "site#main#notes", sk: "settings", words: { budget: 7 } };
    await put(damaged);
    expect(await notes.read("settings")).toBeNull();
    expect(await notes.list("")).toEqual([]);
    await expect(notes.write("settings", "new", null)).rejects.toMatchObject({ code: "conflict" });
    expect(ops.unreadable).toEqual([damaged, damaged]);
  });

  it("is left out of the memory, item by item", async () => {
    const at = siteNow.toISOString();
    await put({
      pk: "site#main",
      sk: "memory",
      flow_active_since: at,
      source_bitrate_bps: "fast",
      deadlines: [{ channel_id: "1001", at }, { channel_id: "1002" }, "1003"],
      strangers: "many",
      version: 3,
    });
    expect(await dynamoSiteMemory(ops).read()).toEqual({
      flowQuietSince: null,
      strangers: [],
      deadlines: [{ channelId: "1001", at: siteNow, sure: false, before: null }],
      flowActiveSince: siteNow,
      sourceLostSince: null,
      sourceLostSeenAt: null,
      sourceBitrateBps: null,
      version: 3,
    });
  });
});

describe("a write whose answer is lost", () => {
  it.each([
    ["writes", "new"],
    ["removes", null],
  ])("is no conflict when it %s a note", async (_what, words) => {
    const notes = dynamoNotes(ops, memoryClock());
    await notes.write("settings", "old", null);
    loseAnswer("PutItem");
    await notes.write("settings", words, "old");
    expect(await notes.read("settings")).toBe(words);
  });
});

describe("a note that is removed", () => {
  const item = async () => {
    const Key = { pk: "site#main#notes", sk: "settings" };
    const answer = await ops.client.send(new GetCommand({ TableName: ops.table, Key }));
    return answer.Item;
  };

  it("leaves an item that DynamoDB may sweep away two days later", async () => {
    const notes = dynamoNotes(ops, memoryClock(siteNow));
    await notes.write("settings", "old", null);
    expect(await item()).not.toHaveProperty("expires_at");
    await notes.write("settings", null, "old");
    expect(await item()).toMatchObject({ expires_at: getUnixTime(addDays(siteNow, 2)) });
    expect(await item()).not.toHaveProperty("words");
  });

  it("does not expire any more when it is written anew", async () => {
    const notes = dynamoNotes(ops, memoryClock(siteNow));
    await notes.write("settings", "old", null);
    await notes.write("settings", null, "old");
    await notes.write("settings", "new", null);
    expect(await item()).toMatchObject({ words: "new" });
    expect(await item()).not.toHaveProperty("expires_at");
  });
});

describe("the index of sessions", () => {
  it("lists no session of other programs, of other sites, or that was never opened", async () => {
    const table = await stage.table("session_id");
    const sessions = dynamoSessions(ops, table);
    await dynamoSessions({ ...ops, site: "other" }, table).open(aSession({ id: "session_other" }));
    await put({ session_id: "s", start_time: siteNow.toISOString() }, table);
    await put({ pk: "site#main#sessions#2026-11", sk: "gone", session_id: "gone" });
    await put({ pk: "site#main#sessions#2026-11", sk: "odd", session_id: 7 });
    await sessions.open(aSession());
    expect(await sessions.list(siteNow, later)).toEqual([aSession()]);
  });

  it("finds a session whose opening was cut off and repeated", async () => {
    const sessions = dynamoSessions(ops, "no-such-table");
    await expect(sessions.open(aSession())).rejects.toMatchObject({ code: "not-configured" });
    const repeated = dynamoSessions(ops, await stage.table("session_id"));
    await repeated.open(aSession());
    expect(await repeated.list(siteNow, later)).toEqual([aSession()]);
  });

  it("cannot read a specification from a newer version, whose price is assumed then", async () => {
    const table = await stage.table("session_id");
    const sessions = dynamoSessions(ops, table);
    await put(
      {
        session_id: "s",
        start_time: siteNow.toISOString(),
        session_status: "active",
        active_destinations: ["dest_twitch"],
        spec: { channel_class: "triple" },
      },
      table,
    );
    expect(await sessions.find("s")).toMatchObject({ id: "s", spec: null });
  });
});
