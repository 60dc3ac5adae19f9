import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { addMinutes } from "date-fns/addMinutes";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { dynamoAnnouncements } from "../../src/aws/dynamodb-announcements.ts";
import { type Announcement, saying } from "../../src/domain/announcement.ts";
import { isOpsError } from "../../src/errors.ts";
import type { Announcements } from "../../src/manager/ports.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { siteNow } from "../support/builders.ts";
import { crashAt, type Wrap } from "../support/hooked.ts";
import { anOpsTable, type OpsTableStage } from "../support/ops-table.ts";

let stage: AwsStage;
let clients: AwsClients;
let table: OpsTableStage;
let ops: OpsTableStage;
let others: AwsClients;
let wrapOfProcess: Wrap;
beforeAll(async () => {
  stage = await openAwsStage();
  clients = createAwsClients(stage.options);
  table = await anOpsTable(stage, clients);
  others = createAwsClients(stage.options);
  others.dynamoDb.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        await wrapOfProcess(commandName, "before");
        const answer = await next(args);
        await wrapOfProcess(commandName, "after");
        return answer;
      },
    { step: "initialize" },
  );
});
afterAll(async () => {
  clients.close();
  others.close();
  await stage.close();
});
let tests = 0;
/** Each test is a site of its own, because a new table takes long. */
beforeEach(() => {
  tests += 1;
  const unreadable: unknown[] = [];
  const onUnreadable = (item: unknown) => void unreadable.push(item);
  ops = { ...table, site: `site-${tests}`, unreadable, onUnreadable };
});

const key = "source-lost:1";
const asked: Announcement = {
  key,
  at: siteNow,
  broadcastId: null,
  loud: true,
  destinationId: null,
  open: false,
  content: saying([["The source is gone."]]),
};
const closing = { content: saying([["It is back."]]), open: false };

/** Another process on the same table: each call to DynamoDB goes through `wrap`. */
function aProcess(wrap: Wrap): Announcements {
  wrapOfProcess = wrap;
  return dynamoAnnouncements({ ...ops, client: others.dynamoDb });
}

type Act = {
  name: string;
  calls: number;
  before: (all: Announcements) => Promise<void>;
  act: typeof amendOnce;
};

async function amendOnce(all: Announcements): Promise<void> {
  const read = await all.find(key);
  if (read !== null) await all.amend(read, closing);
}

async function showOnce(all: Announcements): Promise<void> {
  const revision = (await all.find(key))?.revision ?? 0;
  await all.noteShown(key, { conversationId: "C1", messageTs: "1.1", revision });
}

async function addOnce(all: Announcements): Promise<void> {
  await all.add(asked);
}

async function showAndLook(all: Announcements): Promise<void> {
  await showOnce(all);
  await all.live();
}

const nothing = () => Promise.resolve();
const acts: Act[] = [
  { name: "adds", calls: 3, before: nothing, act: addOnce },
  { name: "amends what is not shown yet", calls: 3, before: addOnce, act: amendOnce },
  {
    name: "amends what was done with",
    calls: 3,
    before: (all) => addOnce(all).then(() => showAndLook(all)),
    act: amendOnce,
  },
  { name: "notes what is shown", calls: 5, before: addOnce, act: showAndLook },
];

/** What is live by its item is in the list, and nothing else is. */
async function expectNothingLost(all: Announcements): Promise<void> {
  const item = await all.find(key);
  const live = item !== null && (item.open || item.shown?.revision !== item.revision);
  expect((await all.live()).map((each) => each.key)).toEqual(live ? [key] : []);
}

/** Each act with each moment before and after its calls. */
const moments = acts.flatMap((each) =>
  Array.from({ length: 2 * each.calls }, (_, moment) => ({ ...each, moment })),
);

describe("dynamoAnnouncements", () => {
  it.each(moments)("loses nothing when who $name dies at moment $moment", async (each) => {
    const other = dynamoAnnouncements(ops);
    await each.before(other);
    const crash = crashAt(each.moment);
    await each.act(aProcess(crash.wrap)).catch(nothing);
    expect(crash.moments()).toBeGreaterThan(each.moment);
    await expectNothingLost(other);
    await each.act(other);
    expect(await other.find(key)).not.toBeNull();
    await expectNothingLost(other);
    await amendOnce(other);
    expect((await other.live()).map((live) => live.key)).toEqual([key]);
    await showAndLook(other);
    expect(await other.live()).toEqual([]);
  });

  it.each(moments)("loses nothing when who $name sleeps at moment $moment", async (each) => {
    const other = dynamoAnnouncements(ops);
    await each.before(other);
    let count = 0;
    const sleeping = aProcess(async () => {
      count += 1;
      if (count === each.moment + 1)
        for (const act of [addOnce, amendOnce, showAndLook]) await act(other);
    });
    await each.act(sleeping).catch((error: unknown) => {
      if (!isOpsError(error, "conflict")) throw error;
    });
    expect(count).toBeGreaterThan(each.moment);
    await expectNothingLost(other);
    await showAndLook(other);
    expect(await other.live()).toEqual([]);
  });

  it("drops the pointers of what is done with", async () => {
    const announcements = dynamoAnnouncements(ops);
    await addOnce(announcements);
    await showAndLook(announcements);
    const pointer = { pk: `site#${ops.site}#live`, sk: `${siteNow.toISOString()}#${key}` };
    const left = await ops.client.send(new GetCommand({ TableName: ops.table, Key: pointer }));
    expect(left.Item).toBeUndefined();
  });

  it("says that it was added although the answer was lost", async () => {
    const fault = { service: "dynamodb", operation: "PutItem", kind: "lost-response" } as const;
    stage.aws.faults.add({ ...fault, times: 2 });
    expect(await dynamoAnnouncements(ops).add(asked)).toBe(true);
    expect(await dynamoAnnouncements(ops).add(asked)).toBe(false);
  });

  it("does not call its own change a conflict when the answer was lost", async () => {
    const announcements = dynamoAnnouncements(ops);
    await addOnce(announcements);
    const fault = { service: "dynamodb", operation: "UpdateItem", kind: "lost-response" } as const;
    stage.aws.faults.add({ ...fault, times: 1 });
    await amendOnce(announcements);
    expect(await announcements.find(key)).toMatchObject({ revision: 2, ...closing });
  });

  it.each([
    ["from a newer version", { format: 2 }],
    ["whose content is no JSON", { content: "{" }],
    ["with a kind of part that is not known", { content: '{"lines":[[{"emoji":"x"}]]}' }],
    ["without a revision", { revision: "many" }],
  ])("leaves an item alone %s, and reports it", async (_what, damage) => {
    const announcements = dynamoAnnouncements(ops);
    await addOnce(announcements);
    await announcements.add({ ...asked, key: "sound", at: addMinutes(siteNow, 1) });
    const Key = { pk: `site#${ops.site}#announcement#${key}`, sk: "announcement" };
    const [[name, value] = ["", null]] = Object.entries(damage);
    await ops.client.send(
      new UpdateCommand({
        TableName: ops.table,
        Key,
        UpdateExpression: "SET #name = :value",
        ExpressionAttributeNames: { "#name": name },
        ExpressionAttributeValues: { ":value": value },
      }),
    );
    const read = () => ops.client.send(new GetCommand({ TableName: ops.table, Key }));
    const before = (await read()).Item;
    expect((await announcements.live()).map((each) => each.key)).toEqual(["sound"]);
    expect(await announcements.find(key)).toBeNull();
    expect(await announcements.add(asked)).toBe(false);
    expect((await read()).Item).toEqual(before);
    expect(ops.unreadable).toEqual([before, before]);
  });

  it("leaves a pointer alone that it cannot read", async () => {
    const pointer = { pk: `site#${ops.site}#live`, sk: "2026", announcement_key: 7 };
    await ops.client.send(new PutCommand({ TableName: ops.table, Item: pointer }));
    expect(await dynamoAnnouncements(ops).live()).toEqual([]);
    expect(ops.unreadable).toEqual([pointer]);
  });
});
