import { randomUUID } from "node:crypto";
import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { vi } from "vitest";
import type { LocalAwsHarness } from "../../../support/aws-harness.ts";

type Clients = Pick<LocalAwsHarness, "clients">;

export type Wish = Partial<Omit<CreateChangeSetCommandInput, "Parameters">> & {
  StackName: string;
  Parameters?: Record<string, string>;
};

/** Makes a change set and answers what it would change. */
export async function propose({ clients }: Clients, { Parameters = {}, ...wish }: Wish) {
  const { cloudFormation } = clients;
  const given = Object.entries(Parameters);
  const { Id } = await cloudFormation.send(
    new CreateChangeSetCommand({
      ChangeSetName: `by-test-${randomUUID()}`,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: given.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      ...wish,
    }),
  );
  return cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
}

/** Deploys a template by a change set, as the deploy command and the AWS CLI do, and waits for the end. */
export async function deploy(local: Clients, wish: Wish) {
  const { ChangeSetId, StatusReason, ExecutionStatus } = await propose(local, wish);
  if (ExecutionStatus !== "AVAILABLE") throw new Error(StatusReason);
  const command = new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId });
  await local.clients.cloudFormation.send(command);
  return settled(local, wish.StackName);
}

/** The stack as it is when nothing is under way any more. */
export const settled = ({ clients }: Clients, StackName: string) =>
  vi.waitFor(
    async () => {
      const answer = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName }));
      const stack = answer.Stacks?.[0];
      if (stack?.StackStatus?.endsWith("_IN_PROGRESS")) throw new Error(stack.StackStatus);
      return stack;
    },
    { timeout: 4000, interval: 25 },
  );

/** `logical id: status` of each event, oldest first, and its reason where it has one. */
export async function eventsOf({ clients }: Clients, StackName: string): Promise<string[]> {
  const command = new DescribeStackEventsCommand({ StackName });
  const { StackEvents: events = [] } = await clients.cloudFormation.send(command);
  return events.toReversed().map((event) => {
    const { LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason } = event;
    return [`${id}: ${status}`, ...(reason === undefined ? [] : [reason])].join(" - ");
  });
}

/** Values by output key. */
export const outputsOf = (stack: Stack | undefined): Record<string, string | undefined> =>
  Object.fromEntries((stack?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue]));
