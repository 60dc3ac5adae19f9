import type {
  Change as AwsChange,
  Stack as AwsStack,
  StackEvent as AwsStackEvent,
  DescribeChangeSetOutput,
  Export,
  ResourceChange,
  StackResourceSummary,
} from "@aws-sdk/client-cloudformation";
import type { ChannelSummary } from "@aws-sdk/client-medialive";
import type { Change, ChangeSet, ChannelSeen, Stack, StackEvent, StackResource } from "./cloud.ts";

/** A stack out of DescribeStacks. */
export const toStack = (stack: AwsStack): Stack => ({
  name: stack.StackName ?? "",
  id: stack.StackId ?? "",
  status: stack.StackStatus ?? "",
  outputs: Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  ),
  parameters: Object.fromEntries(
    (stack.Parameters ?? []).map(({ ParameterKey = "", ParameterValue = "" }) => [
      ParameterKey,
      ParameterValue,
    ]),
  ),
  isProtected: stack.EnableTerminationProtection === true,
});

/** A resource out of ListStackResources. */
export const toResource = (resource: StackResourceSummary): StackResource => ({
  logicalId: resource.LogicalResourceId ?? "",
  physicalId: resource.PhysicalResourceId ?? null,
  type: resource.ResourceType ?? "",
  status: resource.ResourceStatus ?? "",
});

/** An event out of DescribeStackEvents. */
export const toEvent = (event: AwsStackEvent): StackEvent => ({
  id: event.EventId ?? "",
  at: event.Timestamp ?? new Date(0),
  logicalId: event.LogicalResourceId ?? "",
  physicalId: event.PhysicalResourceId ?? null,
  type: event.ResourceType ?? "",
  status: event.ResourceStatus ?? "",
  reason: event.ResourceStatusReason ?? null,
});

/** An export out of ListExports. */
export const toExport = ({ Name = "", ExportingStackId = "" }: Export) => ({
  name: Name,
  stackId: ExportingStackId,
});

/** A channel out of ListChannels; its stream key, which stands there in clear, is dropped. */
export const toChannel = ({ Id, Name, State }: ChannelSummary): ChannelSeen => ({
  id: Id ?? "",
  name: Name ?? "",
  state: State ?? "",
});

/** CloudFormation has no code for a change set that changes nothing; both sentences are its own. */
const nothingNew = /didn't contain changes|No updates are to be performed/;

/** All pages of DescribeChangeSet as one. */
export function toChangeSet(pages: readonly DescribeChangeSetOutput[]): ChangeSet {
  const { Status = "", StatusReason = "" } = pages[0] ?? {};
  if (Status === "CREATE_COMPLETE")
    return {
      status: "ready",
      changes: pages.flatMap(({ Changes = [] }) => Changes.flatMap(toChange)),
    };
  if (Status !== "FAILED") return { status: "pending" };
  return nothingNew.test(StatusReason)
    ? { status: "empty" }
    : { status: "failed", reason: StatusReason };
}

const actions: Record<string, Change["action"]> = {
  Add: "add",
  Modify: "modify",
  Remove: "remove",
  Import: "import",
};
const replacements: Record<string, Change["replaces"]> = { True: "yes", Conditional: "maybe" };

function toChange({ ResourceChange: change }: AwsChange): Change[] {
  if (change === undefined) return [];
  return [
    {
      action: actions[change.Action ?? ""] ?? "other",
      logicalId: change.LogicalResourceId ?? "",
      physicalId: change.PhysicalResourceId ?? null,
      type: change.ResourceType ?? "",
      replaces: replacements[change.Replacement ?? ""] ?? "no",
      properties: propertiesOf(change),
      isKept: change.PolicyAction === "Retain" || change.PolicyAction === "ReplaceAndRetain",
    },
  ];
}

/** What changes by name: a property, else what is changed of the resource as a whole ("Tags"). */
function propertiesOf({ Details = [], Scope = [] }: ResourceChange): string[] {
  const named = Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []);
  return [...new Set(named.length > 0 ? named : Scope)];
}
