import {
  type CloudFormationClient,
  DescribeStacksCommand,
  type Output,
} from "@aws-sdk/client-cloudformation";
import { OpsError } from "../errors.ts";
import { ask } from "./errors.ts";

/** The outputs of all these stacks. Throws `not-configured` for a stack that does not exist. */
export async function readOutputs(
  client: CloudFormationClient,
  stacks: readonly string[],
): Promise<Output[]> {
  return (await Promise.all(stacks.map((stack) => outputsOf(client, stack)))).flat();
}

async function outputsOf(client: CloudFormationClient, stack: string): Promise<Output[]> {
  const call = { doing: `read the stack ${stack}`, operation: "cloudformation:DescribeStacks" };
  const answer = await ask(call, async () => {
    try {
      return await client.send(new DescribeStacksCommand({ StackName: stack }));
    } catch (error) {
      throw isUnknownStack(error) ? noStack(stack) : error;
    }
  });
  const [found] = answer.Stacks ?? [];
  if (found === undefined) throw noStack(stack);
  return found.Outputs ?? [];
}

/** CloudFormation answers a ValidationError for a stack that does not exist (DescribeStacks). */
const isUnknownStack = (error: unknown): boolean =>
  error instanceof Error && error.name === "ValidationError";

const noStack = (stack: string) =>
  new OpsError("not-configured", `There is no stack named ${stack} in this account and region.`);
