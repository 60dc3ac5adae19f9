import { randomUUID } from "node:crypto";
import type { Json } from "../../answers.ts";
import { AwsError } from "../../errors.ts";
import { adoptable, standingIn } from "../adopting.ts";
import { newStack, startCreating, startUpdating, toDeployment } from "../deployments.ts";
import { type Difference, toDifference } from "../diff.ts";
import type { Engine } from "../engine.ts";
import { tellStack } from "../events.ts";
import { shown } from "../parameters.ts";
import { validationError } from "../refusals.ts";
import { type Asked, requireText, toPage } from "../requests.ts";
import type { ChangeSet, Deployment, Stack } from "../stacks.ts";
import { alreadyExists, findStack, noStack, requireUpdatable } from "../states.ts";
import { parseTemplate } from "../template.ts";
import { type Operation, toIso } from "./operation.ts";

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** CreateChangeSet: made at once; one without changes, or that could not begin, is there but FAILED. */
export const createChangeSet: Operation = async (engine, asked) => {
  const name = requireText("changeSetName", asked.ChangeSetName);
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(`Value '${name}' at 'changeSetName' must be letters, digits and hyphens`);
  }
  const standing = asked.ImportExistingResources ? await standingIn(engine) : [];
  const stack = stackFor(engine, asked);
  const existing = stack.changeSets.find((each) => each.name === name);
  if (existing !== undefined) return repeated(existing, stack, asked);
  const deployment = toDeployment(engine, asked, stack);
  deployment.adopts = adoptable(engine, deployment, standing);
  const changeSet = toChangeSet(engine, { asked, name, deployment, stack });
  if (engine.stacks.find(stack.id) === undefined) {
    engine.stacks.add(stack);
    tellStack(engine, stack, { status: "REVIEW_IN_PROGRESS", reason: "User Initiated" });
  }
  stack.changeSets.push(changeSet);
  engine.stacks.changed();
  return { Id: changeSet.id, StackId: stack.id };
};

function repeated({ id, name, clientToken }: ChangeSet, stack: Stack, asked: Asked): Json {
  const same = asked.ClientToken !== undefined && asked.ClientToken === clientToken;
  if (same) return { Id: id, StackId: stack.id };
  throw alreadyExists(`ChangeSet ${name} already exists`);
}

/** The stack that is to change, or a new one that is not there yet. */
function stackFor(engine: Engine, { StackName, ChangeSetType, ChangeSetName }: Asked): Stack {
  const name = requireText("stackName", StackName);
  const stack = engine.stacks.find(name);
  if (ChangeSetType === "IMPORT") throw validationError("IMPORT is not part of the local AWS");
  if (ChangeSetType === "CREATE") {
    if (stack === undefined) return newStack(engine, name);
    if (stack.status === "REVIEW_IN_PROGRESS") return stack;
    throw validationError(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  }
  if (stack === undefined || stack.deletedAt !== null) {
    throw validationError(`Stack [${name}] does not exist`);
  }
  requireUpdatable(stack);
  return stack;
}

type Wanted = { asked: Asked; name: string; deployment: Deployment; stack: Stack };

function toChangeSet(engine: Engine, { asked, name, deployment, stack }: Wanted): ChangeSet {
  const { site } = engine;
  const found = differenceOf(engine, stack, deployment);
  const failed = typeof found === "string" ? found : found.any ? null : noChanges;
  return {
    ...deployment,
    id: `arn:aws:cloudformation:${site.region}:000000000000:changeSet/${name}/${randomUUID()}`,
    name,
    type: asked.ChangeSetType === "CREATE" ? "CREATE" : "UPDATE",
    description: asked.Description ?? null,
    createdAt: site.world.now(),
    status: failed === null ? "CREATE_COMPLETE" : "FAILED",
    execution: failed === null ? "AVAILABLE" : "UNAVAILABLE",
    reason: failed,
    onFailure: asked.OnStackFailure ?? null,
    clientToken: asked.ClientToken ?? null,
    changes: typeof found === "string" ? [] : found.changes,
  };
}

function differenceOf(engine: Engine, stack: Stack, deployment: Deployment): Difference | string {
  try {
    return toDifference(engine, stack, deployment);
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

/** ExecuteChangeSet: begins, and drops the stack's other change sets, which do not fit any more. */
export const executeChangeSet: Operation = (engine, asked) => {
  const { stack, changeSet } = findChangeSet(engine, asked);
  const { status, execution, type } = changeSet;
  if (execution !== "AVAILABLE") {
    throw new AwsError("InvalidChangeSetStatus", 400, {
      message: `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${status}]`,
    });
  }
  if (type === "UPDATE") requireUpdatable(stack);
  const disabled = asked.DisableRollback ? "DO_NOTHING" : "ROLLBACK";
  const { template, parameters, tags, capabilities, adopts } = changeSet;
  const start = {
    deployment: { template, parameters, tags, capabilities, adopts },
    onFailure: changeSet.onFailure ?? disabled,
    token: asked.ClientRequestToken,
  };
  changeSet.execution = "EXECUTE_COMPLETE";
  stack.changeSets = [changeSet];
  if (type === "CREATE") startCreating(engine, stack, start);
  else startUpdating(engine, stack, start);
  return {};
};

export const describeChangeSet: Operation = (engine, asked) => {
  const { stack, changeSet } = findChangeSet(engine, asked);
  const { some, NextToken } = toPage(changeSet.changes, asked);
  const template = parseTemplate(changeSet.template);
  const parameters = Object.entries(changeSet.parameters).map(([name, value]) => ({
    ...{ ParameterKey: name, ParameterValue: shown(template, name, value) },
  }));
  return {
    ...summaryOf(stack, changeSet),
    Parameters: parameters,
    ...{ Tags: changeSet.tags, Capabilities: changeSet.capabilities, NotificationARNs: [] },
    OnStackFailure: changeSet.onFailure ?? undefined,
    Changes: some.map((ResourceChange) => ({ Type: "Resource", ResourceChange })),
    NextToken,
  };
};

const summaryOf = (stack: Stack, changeSet: ChangeSet): Json => ({
  ...{ ChangeSetId: changeSet.id, ChangeSetName: changeSet.name },
  ...{ StackId: stack.id, StackName: stack.name },
  ...{ Status: changeSet.status, ExecutionStatus: changeSet.execution },
  StatusReason: changeSet.reason ?? undefined,
  Description: changeSet.description ?? undefined,
  CreationTime: toIso(changeSet.createdAt),
  IncludeNestedStacks: false,
});

/** DeleteChangeSet: also of one that is gone, as long as its stack is there. */
export const deleteChangeSet: Operation = (engine, asked) => {
  const { stack, changeSet } = findChangeSet(engine, asked);
  stack.changeSets = stack.changeSets.filter((each) => each !== changeSet);
  engine.stacks.changed();
  return {};
};

export const listChangeSets: Operation = (engine, asked) => {
  const stack = findStack(engine, requireText("stackName", asked.StackName));
  const { some, NextToken } = toPage(stack.changeSets, asked);
  return { Summaries: some.map((each) => summaryOf(stack, each)), NextToken };
};

/** By its ARN, or by its name and its stack. */
function findChangeSet(engine: Engine, { StackName, ChangeSetName }: Asked) {
  const name = requireText("changeSetName", ChangeSetName);
  const isArn = name.startsWith("arn:");
  if (!isArn && StackName === undefined) {
    throw validationError(
      "StackName must be specified if ChangeSetName is not specified as an ARN.",
    );
  }
  const stacks = StackName === undefined ? engine.stacks.list() : [findOrRefuse(engine, StackName)];
  for (const stack of stacks) {
    const changeSet = stack.changeSets.find((each) => each.id === name || each.name === name);
    if (changeSet !== undefined) return { stack, changeSet };
  }
  throw new AwsError("ChangeSetNotFound", 404, { message: `ChangeSet [${name}] does not exist` });
}

function findOrRefuse({ stacks }: Engine, name: string): Stack {
  const stack = stacks.find(name);
  if (stack === undefined) throw noStack(name);
  return stack;
}
