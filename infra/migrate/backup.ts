import {
  type BackupDetails,
  CreateBackupCommand,
  DescribeBackupCommand,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ask } from "../../src/aws/errors.ts";
import { OpsError } from "../../src/errors.ts";
import type { Clock } from "../../src/manager/ports.ts";

type Backing = {
  client: DynamoDBDocumentClient;
  clock: Clock;
  ending?: AbortSignal | undefined;
};

const pollMs = 2_000;
const patienceMs = 15 * 60_000;

/**
 * Makes an on-demand backup, waits until it is whole, and returns its name. Throws when it cannot be made or does not
 * become available within 15 min, and when somebody has had enough, so that nothing is changed without one.
 */
export async function backUp({ client, clock, ending }: Backing, table: string): Promise<string> {
  if (ending?.aborted) throw stopped(table);
  const BackupName = `${table}-migration-backup-${clock.now().getTime()}`;
  const create = new CreateBackupCommand({ TableName: table, BackupName });
  const call = { doing: `back up the table ${table}`, operation: "dynamodb:CreateBackup" };
  const made = (await ask(call, () => client.send(create))).BackupDetails;
  const deadline = clock.now().getTime() + patienceMs;
  let status = made?.BackupStatus;
  while (status !== "AVAILABLE") {
    if (clock.now().getTime() > deadline || status === "DELETED") throw unfinished(table);
    await clock.sleep(pollMs, ending);
    if (ending?.aborted) throw stopped(table);
    status = (await describe(client, made))?.BackupStatus;
  }
  return BackupName;
}

async function describe(client: DynamoDBDocumentClient, made: BackupDetails | undefined) {
  const command = new DescribeBackupCommand({ BackupArn: made?.BackupArn });
  const call = { doing: "look at the backup", operation: "dynamodb:DescribeBackup" };
  return (await ask(call, () => client.send(command))).BackupDescription?.BackupDetails;
}

const unfinished = (table: string) =>
  new OpsError("timed-out", `The backup of ${table} does not become available.`, {
    hint: "Nothing has been changed. Look at it in the DynamoDB console, and run this again.",
  });

const stopped = (table: string) =>
  new OpsError("conflict", `Stopped before ${table} was backed up; nothing has been changed.`, {
    hint: "A backup that has begun becomes whole by itself. Run this again to go on.",
  });
