import type { Json } from "./answers.ts";
import { AwsError } from "./errors.ts";
import { stackName } from "./seed.ts";
import type { Site } from "./service.ts";

/** DescribeStacks by name or ARN, or all; an unknown one is a ValidationError (CloudFormation API reference). */
export function describeStacks(site: Site, input: URLSearchParams): Json {
  const asked = input.get("StackName");
  const stackId = `arn:aws:cloudformation:${site.region}:000000000000:stack/${stackName}/00000000-0000-4000-8000-000000000000`;
  if (asked !== null && asked !== stackName && asked !== stackId) {
    const message = `Stack with id ${asked} does not exist`;
    throw new AwsError("ValidationError", 400, { message });
  }
  const stack = {
    StackId: stackId,
    StackName: stackName,
    CreationTime: new Date(site.openedAt).toISOString(),
    StackStatus: "CREATE_COMPLETE",
    DisableRollback: false,
    Outputs: outputsOf(site),
  };
  return { Stacks: [stack] };
}

/** The outputs under which the existing stacks publish the flow and the channels. */
function outputsOf({ world, srtPort }: Site): Json[] {
  const channelIds = Object.values(world.data.channels).map(({ platform, id }) => [
    `${platform.charAt(0).toUpperCase()}${platform.slice(1)}ChannelId`,
    id,
  ]);
  const outputs = [
    ["SrtFlowArn", world.data.flow?.arn],
    ["SrtIngestEndpoint", `srt://127.0.0.1:${srtPort}`],
    ...channelIds,
  ];
  return outputs.map(([key, value]) => ({ OutputKey: key, OutputValue: value }));
}
