import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { isJson, toJson } from "../input.ts";
import {
  type Desk,
  describe,
  invalid,
  noTable,
  seconds,
  type TableHandler,
  textOf,
} from "./desk.ts";
import { noSettings, type TableSettings } from "./kept.ts";

const unknownTable = (name: string) =>
  new AwsError("ResourceNotFoundException", 400, {
    message: `Requested resource not found: Table: ${name} not found`,
  });

/** Settings go with a table's id, so that one that is made again under the same name begins without any. */
async function find(desk: Desk, input: Json, missing: (name: string) => AwsError) {
  const name = textOf(input, "TableName");
  const id = textOf(await describe(desk, name, missing(name)), "TableId");
  return { id, settings: desk.kept.settings[id] ?? noSettings };
}

async function set(desk: Desk, id: string, settings: TableSettings): Promise<TableSettings> {
  desk.kept.settings[id] = settings;
  await desk.kept.save();
  return settings;
}

export const describeTimeToLive: TableHandler = async (desk, input) => {
  const { expiresBy } = (await find(desk, input, unknownTable)).settings;
  const TimeToLiveDescription =
    expiresBy === null
      ? { TimeToLiveStatus: "DISABLED" }
      : { TimeToLiveStatus: "ENABLED", AttributeName: expiresBy };
  return { TimeToLiveDescription };
};

/** Remembers the attribute, and expires nothing: DynamoDB itself promises no time for that. */
export const updateTimeToLive: TableHandler = async (desk, input) => {
  const { id, settings } = await find(desk, input, unknownTable);
  const { expiresBy } = settings;
  const wanted = toJson(input.TimeToLiveSpecification);
  const AttributeName = textOf(wanted, "AttributeName");
  const Enabled = wanted.Enabled === true;
  if (Enabled) {
    if (expiresBy !== null) throw invalid("TimeToLive is already enabled");
  } else if (expiresBy === null) throw invalid("TimeToLive is already disabled");
  else if (expiresBy !== AttributeName)
    throw invalid(`TimeToLive is active on a different AttributeName: ${expiresBy}`);
  await set(desk, id, { ...settings, expiresBy: Enabled ? AttributeName : null });
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
};

export const describeContinuousBackups: TableHandler = async (desk, input) => {
  const { settings } = await find(desk, input, noTable);
  return { ContinuousBackupsDescription: continuous(desk, settings) };
};

/** Remembers that recovery is on; there is no RestoreTableToPointInTime here. */
export const updateContinuousBackups: TableHandler = async (desk, input) => {
  const { id, settings } = await find(desk, input, noTable);
  const wanted = input.PointInTimeRecoverySpecification;
  if (!isJson(wanted) || typeof wanted.PointInTimeRecoveryEnabled !== "boolean")
    throw invalid("PointInTimeRecoveryEnabled must not be null");
  const since = settings.recoverySince ?? desk.now();
  const recoverySince = wanted.PointInTimeRecoveryEnabled ? since : null;
  const now = await set(desk, id, { ...settings, recoverySince });
  return { ContinuousBackupsDescription: continuous(desk, now) };
};

/** Continuous backups are always on, recovery to a point in time is what is switched (DynamoDB API). */
const continuous = (desk: Desk, { recoverySince }: TableSettings) => ({
  ContinuousBackupsStatus: "ENABLED",
  PointInTimeRecoveryDescription:
    recoverySince === null
      ? { PointInTimeRecoveryStatus: "DISABLED" }
      : {
          PointInTimeRecoveryStatus: "ENABLED",
          RecoveryPeriodInDays: 35,
          EarliestRestorableDateTime: seconds(recoverySince),
          LatestRestorableDateTime: seconds(desk.now()),
        },
});
