import type { Json } from "../../answers.ts";
import { type BuiltInStack, builtInStack } from "../built-in.ts";
import { shown } from "../parameters.ts";
import { validationError } from "../refusals.ts";
import { requireText, toPage } from "../requests.ts";
import type { Output, Stack, StackResource } from "../stacks.ts";
import { findStack, noStack } from "../states.ts";
import { parseTemplate } from "../template.ts";
import { type Operation, toIso } from "./operation.ts";

/** DescribeStacks: one by name or id, or all that are not deleted. */
export const describeStacks: Operation = (engine, asked) => {
  const builtIn = builtInStack(engine.site);
  const { StackName: name } = asked;
  if (name !== undefined) {
    if (builtIn !== null && [builtIn.id, builtIn.name].includes(name)) {
      return { Stacks: [toBuiltIn(builtIn)] };
    }
    const stack = engine.stacks.find(name);
    if (stack === undefined) throw noStack(name);
    return { Stacks: [toStack(stack)] };
  }
  const live = engine.stacks.list().filter(({ deletedAt }) => deletedAt === null);
  const all = [...live.map(toStack), ...(builtIn === null ? [] : [toBuiltIn(builtIn)])];
  const { some, NextToken } = toPage(all, asked);
  return { Stacks: some, NextToken };
};

const toBuiltIn = ({ id, name, createdAt, outputs }: BuiltInStack): Json => ({
  ...{ StackId: id, StackName: name, CreationTime: toIso(createdAt) },
  ...{ StackStatus: "CREATE_COMPLETE", DisableRollback: false, Outputs: outputs.map(toOutput) },
});

function toStack(stack: Stack): Json {
  return {
    ...{ StackId: stack.id, StackName: stack.name, Description: stack.description ?? undefined },
    Parameters: toParameters(stack),
    CreationTime: toIso(stack.createdAt),
    LastUpdatedTime: toIso(stack.updatedAt),
    DeletionTime: toIso(stack.deletedAt),
    ...{ StackStatus: stack.status, StackStatusReason: stack.reason ?? undefined },
    ...{ DisableRollback: stack.onFailure === "DO_NOTHING", NotificationARNs: [] },
    ...{ Capabilities: stack.capabilities, Outputs: stack.outputs.map(toOutput), Tags: stack.tags },
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}

const toOutput = ({ key, value, description, exportName }: Output): Json => ({
  ...{ OutputKey: key, OutputValue: value },
  ...{ Description: description ?? undefined, ExportName: exportName ?? undefined },
});

/** What is NoEcho is shown as stars. */
function toParameters({ template, parameters }: Stack): Json[] {
  if (template === "") return [];
  const parsed = parseTemplate(template);
  return Object.entries(parameters).map(([name, value]) => ({
    ...{ ParameterKey: name, ParameterValue: shown(parsed, name, value) },
  }));
}

/** ListStacks: the deleted ones too; newest first. */
export const listStacks: Operation = (engine, asked) => {
  const builtIn = builtInStack(engine.site);
  const all = [
    ...engine.stacks.list().toReversed().map(toSummary),
    ...(builtIn === null ? [] : [toBuiltInSummary(builtIn)]),
  ];
  const { StackStatusFilter: wanted } = asked;
  const found = all.filter(
    (each) => wanted.length === 0 || wanted.includes(String(each.StackStatus)),
  );
  const { some, NextToken } = toPage(found, asked);
  return { StackSummaries: some, NextToken };
};

function toSummary(stack: Stack): Json {
  const { Outputs: _outputs, Parameters: _parameters, Tags: _tags, ...summary } = toStack(stack);
  return { ...summary, TemplateDescription: stack.description ?? undefined };
}

function toBuiltInSummary(stack: BuiltInStack): Json {
  const { Outputs: _outputs, ...summary } = toBuiltIn(stack);
  return summary;
}

/** DescribeStackEvents: newest first. */
export const describeStackEvents: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  const { some, NextToken } = toPage(stack.events.toReversed(), asked);
  const events = some.map((event) => ({
    ...{ StackId: stack.id, StackName: stack.name, EventId: event.id },
    ...{ LogicalResourceId: event.logicalId, PhysicalResourceId: event.physicalId },
    ...{ ResourceType: event.type, Timestamp: toIso(event.at), ResourceStatus: event.status },
    ResourceStatusReason: event.reason ?? undefined,
    ResourceProperties: event.properties ?? undefined,
    ClientRequestToken: event.token ?? undefined,
  }));
  return { StackEvents: events, NextToken };
};

const toResource = (stack: Stack, resource: StackResource): Json => ({
  ...{ StackId: stack.id, StackName: stack.name, LogicalResourceId: resource.logicalId },
  PhysicalResourceId: resource.physicalId ?? undefined,
  ...{ ResourceType: resource.type, ResourceStatus: resource.status },
  ResourceStatusReason: resource.reason ?? undefined,
  DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
});

/** DescribeStackResources: of a stack, or of the stack that has a physical resource. */
export const describeStackResources: Operation = (engine, asked) => {
  const { StackName, PhysicalResourceId: physicalId, LogicalResourceId: logicalId } = asked;
  const stack =
    StackName === undefined
      ? engine.stacks.list().find((each) => has(each, requireText("stackName", physicalId)))
      : findStack(engine, StackName);
  if (stack === undefined) throw validationError(`Stack for ${physicalId} does not exist`);
  const found = Object.values(stack.resources)
    .filter((each) => logicalId === undefined || each.logicalId === logicalId)
    .map((each) => ({ ...toResource(stack, each), Timestamp: toIso(each.at) }));
  return { StackResources: found };
};

const has = ({ resources, deletedAt }: Stack, physicalId: string) =>
  deletedAt === null && Object.values(resources).some((each) => each.physicalId === physicalId);

export const describeStackResource: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  const logicalId = requireText("logicalResourceId", asked.LogicalResourceId);
  const resource = stack.resources[logicalId];
  if (resource === undefined) {
    throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  }
  const detail = { ...toResource(stack, resource), LastUpdatedTimestamp: toIso(resource.at) };
  return { StackResourceDetail: detail };
};

export const listStackResources: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  const all = Object.values(stack.resources).map((each) => {
    const { StackId: _id, StackName: _name, ...summary } = toResource(stack, each);
    return { ...summary, LastUpdatedTimestamp: toIso(each.at) };
  });
  const { some, NextToken } = toPage(all, asked);
  return { StackResourceSummaries: some, NextToken };
};
