import { randomBytes } from "node:crypto";
import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import {
  type Desk,
  describe,
  find,
  invalid,
  noTable,
  seconds,
  type TableHandler,
  textOf,
} from "./desk.ts";
import type { Backup } from "./kept.ts";

/** Copies every item at once. As in AWS the answer is CREATING, and who asks again finds it AVAILABLE. */
export const createBackup: TableHandler = async (desk, input) => {
  const tableName = textOf(input, "TableName");
  const name = textOf(input, "BackupName");
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name))
    throw invalid("Value at 'backupName' failed to satisfy constraint: [a-zA-Z0-9_.-]+, 3 to 255");
  const table = await describe(desk, tableName, noTable(tableName));
  const madeAt = desk.now();
  const id = `${String(madeAt).padStart(14, "0")}-${randomBytes(4).toString("hex")}`;
  const arn = `${textOf(table, "TableArn")}/backup/${id}`;
  const backup: Backup = { arn, name, table, items: await itemsOf(desk, tableName), madeAt };
  desk.kept.backups.push(backup);
  await desk.kept.save();
  return { BackupDetails: detailsOf(backup, "CREATING") };
};

export const describeBackup: TableHandler = (desk, input) => {
  const backup = backupOf(desk, textOf(input, "BackupArn"));
  return Promise.resolve({ BackupDescription: descriptionOf(backup, "AVAILABLE") });
};

export const deleteBackup: TableHandler = async (desk, input) => {
  const backup = backupOf(desk, textOf(input, "BackupArn"));
  desk.kept.backups.splice(desk.kept.backups.indexOf(backup), 1);
  await desk.kept.save();
  return { BackupDescription: descriptionOf(backup, "DELETED") };
};

/** The oldest first; in one page, and by table alone. */
export const listBackups: TableHandler = (desk, input) => {
  const unknown = Object.keys(input).filter((member) => member !== "TableName");
  if (unknown.length > 0) throw invalid(`${unknown.join(", ")} is not part of the local AWS yet`);
  const found = desk.kept.backups.filter(
    ({ table }) => input.TableName === undefined || table.TableName === input.TableName,
  );
  return Promise.resolve({ BackupSummaries: found.map(summaryOf) });
};

/** A new table with the keys and the items of a backup; settings are not restored, as in AWS. */
export const restoreTableFromBackup: TableHandler = async (desk, input) => {
  const TableName = textOf(input, "TargetTableName");
  const backup = backupOf(desk, textOf(input, "BackupArn"));
  if ((await find(desk, TableName)) !== null)
    throw new AwsError("TableAlreadyExistsException", 400, {
      message: `Table already exists: ${TableName}`,
    });
  const { AttributeDefinitions, KeySchema } = backup.table;
  const shape = { TableName, AttributeDefinitions, KeySchema, BillingMode: "PAY_PER_REQUEST" };
  const { TableDescription } = await desk.call("CreateTable", shape);
  // dynalite makes a table with its next timers.
  let table: Json = {};
  while (table.TableStatus !== "ACTIVE")
    table = await describe(desk, TableName, noTable(TableName));
  for (const Item of backup.items) await desk.call("PutItem", { TableName, Item });
  return { TableDescription };
};

function backupOf({ kept }: Desk, arn: string): Backup {
  const backup = kept.backups.find((each) => each.arn === arn);
  if (backup !== undefined) return backup;
  throw new AwsError("BackupNotFoundException", 400, { message: `Backup not found: ${arn}` });
}

async function itemsOf(desk: Desk, TableName: string): Promise<Json[]> {
  const items: Json[] = [];
  let start: unknown;
  do {
    const page = await desk.call("Scan", {
      TableName,
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    if (Array.isArray(page.Items)) items.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

const sizeOf = ({ items }: Backup) => JSON.stringify(items).length;

const detailsOf = (backup: Backup, status: string) => ({
  BackupArn: backup.arn,
  BackupName: backup.name,
  BackupSizeBytes: sizeOf(backup),
  BackupStatus: status,
  BackupType: "USER",
  BackupCreationDateTime: seconds(backup.madeAt),
});

const summaryOf = (backup: Backup) => ({
  ...detailsOf(backup, "AVAILABLE"),
  TableName: backup.table.TableName,
  TableId: backup.table.TableId,
  TableArn: backup.table.TableArn,
});

function descriptionOf(backup: Backup, status: string) {
  const { TableName, TableId, TableArn, KeySchema, CreationDateTime } = backup.table;
  return {
    BackupDetails: detailsOf(backup, status),
    SourceTableDetails: {
      ...{ TableName, TableId, TableArn, KeySchema, TableCreationDateTime: CreationDateTime },
      TableSizeBytes: sizeOf(backup),
      ItemCount: backup.items.length,
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      BillingMode: "PAY_PER_REQUEST",
    },
    SourceTableFeatureDetails: {},
  };
}
