import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { readOutputs } from "./stack-outputs.ts";

/** What the stacks say of the bot's own resources; what none of them has as an output is left out. */
export type StackSettings = {
  opsTable?: string;
  destinationsTable?: string;
  sessionsTable?: string;
  schedulerRoleArn?: string;
  schedulerGroup?: string;
  schedulerDeadLetterArn?: string;
  eventsQueueUrl?: string;
};

/** Output keys of infra/tables.yaml and infra/multi-medialive-channels.yaml. */
const keys = {
  opsTable: "OpsTableName",
  destinationsTable: "DestinationsTableName",
  sessionsTable: "SessionsTableName",
  schedulerRoleArn: "SchedulerRoleArn",
  schedulerGroup: "SchedulerGroupName",
  schedulerDeadLetterArn: "SchedulerDeadLetterArn",
  eventsQueueUrl: "EventsQueueUrl",
} as const;

/** Reads the outputs of all stacks. Throws `not-configured` for a stack that does not exist. */
export async function readStackSettings(
  client: CloudFormationClient,
  stacks: readonly string[],
): Promise<StackSettings> {
  const outputs = await readOutputs(client, stacks);
  const outputOf = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = outputOf(key);
      return value ? [[name, value]] : [];
    }),
  );
}
