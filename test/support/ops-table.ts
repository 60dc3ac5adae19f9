import type { AwsClients } from "../../src/aws/clients.ts";
import type { OpsTable } from "../../src/aws/ops-table.ts";
import type { AwsStage } from "./aws-stage.ts";
import { memoryIds } from "./memory/process.ts";

/** Our table on a local AWS, and every item that could not be read. */
export type OpsTableStage = OpsTable & { unreadable: unknown[] };

/** A new, empty table of ours. */
export const anOpsTable = async (local: AwsStage, clients: AwsClients): Promise<OpsTableStage> => {
  const unreadable: unknown[] = [];
  return {
    client: clients.dynamoDb,
    table: await local.table("pk", "sk"),
    site: "main",
    ids: memoryIds(),
    unreadable,
    onUnreadable: (item) => void unreadable.push(item),
  };
};
