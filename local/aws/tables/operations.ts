import {
  createBackup,
  deleteBackup,
  describeBackup,
  listBackups,
  restoreTableFromBackup,
} from "./backups.ts";
import type { TableHandler } from "./desk.ts";
import {
  describeContinuousBackups,
  describeTimeToLive,
  updateContinuousBackups,
  updateTimeToLive,
} from "./settings.ts";

/** The operations of DynamoDB that are answered beside dynalite, because it does not have them. */
export const tableOperations: Readonly<Record<string, TableHandler>> = {
  CreateBackup: createBackup,
  DeleteBackup: deleteBackup,
  DescribeBackup: describeBackup,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeTimeToLive: describeTimeToLive,
  ListBackups: listBackups,
  RestoreTableFromBackup: restoreTableFromBackup,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateTimeToLive: updateTimeToLive,
};
