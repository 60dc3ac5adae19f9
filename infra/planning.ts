import { OpsError } from "../src/errors.ts";
import { clear, makeChangeSet } from "./change-set.ts";
import type { Change, ChangeSetRequest, Stack } from "./cloud.ts";
import type { Builder } from "./desk.ts";
import { type Resolved, resolveParameters } from "./parameters.ts";
import { conditionOf, obstacleOf } from "./stack-state.ts";
import { furtherName, isOurs, type Target, targetOf } from "./stacks.ts";
import { type Deployed, type Survey, survey } from "./survey.ts";
import {
  compareTemplates,
  exportsIn,
  namesInClear,
  readTemplate,
  seal,
  type Template,
} from "./template.ts";

/** What deploying one stack would do. */
export type StackPlan = {
  target: Target;
  template: Template;
  /** `create` also for a stack that failed and must be removed first. */
  kind: "create" | "update";
  /** True when a failed stack of that name has to go first. */
  mustRemove: boolean;
  /** Somebody else has changed the deployed template. */
  isEdited: boolean;
  /** What the flow hands on by what is known now. */
  handedOn: Readonly<Record<string, string>>;
  /** True when the flow is not there yet, and a stand-in is planned with. */
  isAfterFlow: boolean;
  /** Every parameter's value. */
  values: Readonly<Record<string, string>>;
  request: ChangeSetRequest;
  /** Null when CloudFormation has nothing to carry out, or cannot say before a stack is removed. */
  changeSetId: string | null;
  changes: readonly Change[];
};

export type Plan = { survey: Survey; stacks: readonly StackPlan[] };

/**
 * Works out what deploying would do, and leaves a change set for each stack in AWS; `dropPlan` clears them away.
 * Everything that is wrong with what was asked is one error, before AWS is asked to plan anything.
 */
export async function makePlan(desk: Builder): Promise<Plan> {
  const seen = await survey(desk.cloud, desk.options.site);
  const chosen = await Promise.all(chooseStacks(desk, seen).map(withTemplate));
  const drafts = chosen.map((each) => draft(desk, seen, each));
  const problems = [...unknownParameters(desk, chosen), ...drafts.flatMap((each) => each.problems)];
  if (problems.length > 0) throw new OpsError("invalid-input", [...new Set(problems)].join("\n"));
  const made = await Promise.allSettled(drafts.map(({ plan }) => planned(desk, plan)));
  const stacks = made.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const failure = made.find((each) => each.status === "rejected");
  if (failure === undefined) return { survey: seen, stacks };
  await dropPlan(desk, { stacks });
  throw failure.reason;
}

/** Clears away what a plan has left in AWS. */
export async function dropPlan(
  desk: Pick<Builder, "cloud">,
  { stacks }: Pick<Plan, "stacks">,
): Promise<void> {
  await Promise.all(
    stacks.map(async ({ changeSetId, target, kind }) => {
      if (changeSetId !== null) await clear(desk, { id: changeSetId, stack: target.name, kind });
    }),
  );
}

/** The stacks that were asked for, in the order in which they are made. */
function chooseStacks({ options: { only, site } }: Builder, { stacks }: Survey): Deployed[] {
  if (only === null) return [...stacks];
  const found = stacks.filter(({ target }) => target.part === only);
  const target = targetOf(site, only);
  if (found.length > 0) return found;
  if (target !== null) return [{ target, stack: null, resources: [], template: null }];
  throw new OpsError(
    "invalid-input",
    `There is no stack ${only}; there are tables, flow, channels, and channel-<name> for a further one.`,
    { hint: "A valid example: --only channel-vimeo" },
  );
}

type Chosen = Deployed & { file: Template };

const withTemplate = async (deployed: Deployed): Promise<Chosen> => ({
  ...deployed,
  file: await readTemplate(deployed.target.kind.template),
});

/** Everything but the change set, and what is wrong, each under the stack's name. */
function draft(
  desk: Builder,
  seen: Survey,
  chosen: Chosen,
): { plan: StackPlan; problems: string[] } {
  const { target, stack, file } = chosen;
  const condition = conditionOf(stack);
  const kind = condition === "absent" || condition === "failed" ? "create" : "update";
  const handedOn = handedOnTo(target, flowIn(seen));
  const { parameters, problems } = parametersOf(desk, chosen, { handedOn, kind, seen });
  const values = valuesOf(file, parameters, stack);
  const request = requestFor(desk, { ...chosen, kind, parameters, values });
  const obstacle = obstacleOf(stack);
  const collisions = [
    ...foreignStack(desk, chosen),
    ...takenExports(desk, chosen, seen),
    ...takenTable({ target, values }, seen),
  ];
  return {
    plan: {
      ...{ target, template: file, kind, handedOn, values, request },
      ...{ changeSetId: null, changes: [] },
      isAfterFlow: "FlowArn" in target.kind.handedOn && handedOn.FlowArn === undefined,
      mustRemove: condition === "failed",
      isEdited: isEdited(chosen),
    },
    problems: [...(obstacle === null ? [] : [obstacle]), ...collisions, ...problems],
  };
}

/**
 * The flow's outputs under the names that this stack knows them by; empty before there is a flow. What a flow does not have any
 * more is handed on as nothing: the stack would keep what it was given before.
 */
export const handedOnTo = (target: Target, flow: Stack | null): Record<string, string> =>
  flow?.outputs.SrtFlowArn === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(target.kind.handedOn).map(([name, output]) => [
          name,
          flow.outputs[output] ?? "",
        ]),
      );

const flowIn = ({ stacks }: Survey): Stack | null =>
  stacks.find(({ target }) => target.part === "flow")?.stack ?? null;

type Around = { handedOn: StackPlan["handedOn"]; kind: StackPlan["kind"]; seen: Survey };

function parametersOf(desk: Builder, { target, stack, file }: Chosen, around: Around): Resolved {
  const { project, environment } = desk.options.site;
  const given = {
    Project: project,
    Environment: environment,
    // CloudFormation plans with any ARN: until there is a flow, one that does not exist stands in for it.
    FlowArn: standIn(around.seen.region),
    Name: furtherName(target) ?? "",
    ...around.handedOn,
    ...desk.options.parameters,
  };
  const previous = around.kind === "update" ? Object.keys(stack?.parameters ?? {}) : [];
  const { parameters, problems } = resolveParameters({
    declared: file.parameters,
    given,
    previous,
  });
  return { parameters, problems: problems.map((problem) => inStack(target, problem)) };
}

/** The two words of every name are wrong in every stack or in none. */
const inStack = ({ name }: Target, problem: string): string =>
  /^(Project|Environment) /.test(problem) ? problem : `${name}: ${problem}`;

const standIn = (region: string) =>
  `arn:aws:mediaconnect:${region}:000000000000:flow:1-AfterTheFlow0001-000000000001:after-the-flow`;

type Requested = Chosen & {
  kind: StackPlan["kind"];
  parameters: Resolved["parameters"];
  values: StackPlan["values"];
};

const requestFor = (
  { clock, options: { site } }: Builder,
  { target, kind, file, parameters, values }: Requested,
): ChangeSetRequest => ({
  stack: target.name,
  kind,
  name: `patchbay-${clock.now().toISOString().replace(/\D/g, "")}`,
  template: seal(namesInClear(file.text, values)),
  parameters,
  tags: { Project: site.project, Environment: site.environment },
  importsExisting: target.kind.isKept,
});

const isEdited = ({ file, stack, template }: Chosen): boolean =>
  template !== null && compareTemplates(template, file.text, stack?.parameters ?? {}) === "edited";

/** Every parameter's value: what is given, what the stack had, or the default. */
function valuesOf(
  { parameters: declared }: Template,
  given: Resolved["parameters"],
  stack: Stack | null,
): Record<string, string> {
  const entries = declared.flatMap(({ name, default: otherwise }) => {
    const found = given.find(({ key }) => key === name);
    const before = found === undefined ? otherwise : stack?.parameters[name];
    const value = found !== undefined && "value" in found ? found.value : before;
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** Also one that failed: it would be removed first. */
function foreignStack({ options: { site } }: Builder, { target, stack }: Chosen): string[] {
  if (stack === null || conditionOf(stack) === "absent" || isOurs(stack, site)) return [];
  return [
    `A stack named ${target.name} exists already and is not patchbay's. Choose another name, for example --environment ${site.environment}2`,
  ];
}

/** Exports are unique in a region; a stack that exports a taken name fails in its last moment. */
function takenExports(
  { options: { site } }: Builder,
  { file, stack, target }: Chosen,
  seen: Survey,
) {
  const own = new Set(exportsIn(file, site).map(({ name }) => name));
  return seen.exports
    .filter(({ name, stackId }) => own.has(name) && stackId !== stack?.id)
    .map(
      ({ name, stackId }) =>
        `${target.name}: the export ${name} belongs to the stack ${nameIn(stackId)} already. Choose another name, for example --environment ${site.environment}2`,
    );
}

/** Two sites may share the tables of the existing system, but not the one that is patchbay's own. */
function takenTable({ target, values }: Pick<StackPlan, "target" | "values">, { others }: Survey) {
  const { OpsTableName: table, Project, Environment } = values;
  const owner = others.find(({ parameters }) => parameters.OpsTableName === table);
  if (target.kind.id !== "tables" || table === undefined || owner === undefined) return [];
  return [
    `${target.name}: the table ${table} belongs to the stack ${owner.name} already. Choose another name, for example --param OpsTableName=${Project}-${Environment}-ops`,
  ];
}

/** `arn:aws:cloudformation:R:A:stack/<name>/<uuid>`. */
const nameIn = (stackId: string): string => stackId.split("/")[1] ?? stackId;

function unknownParameters({ options }: Builder, chosen: readonly Chosen[]): string[] {
  const known = new Set(chosen.flatMap(({ file }) => file.parameters.map(({ name }) => name)));
  const ours = ["Project", "Environment", "FlowArn"];
  const open = [...known].filter((name) => !ours.includes(name));
  return Object.keys(options.parameters)
    .filter((name) => !known.has(name))
    .map((name) => `No stack takes the parameter ${name}; there are ${open.join(", ")}.`);
}

/** The plan with what CloudFormation says of it; of a stack that must go first, everything is new. */
async function planned(desk: Builder, plan: StackPlan): Promise<StackPlan> {
  if (plan.mustRemove) return { ...plan, changes: plan.template.resources.map(asNew) };
  const { id, changes } = await makeChangeSet(desk, plan.request);
  return { ...plan, changeSetId: id, changes };
}

const asNew = ({ logicalId, type }: { logicalId: string; type: string }): Change => ({
  action: "add",
  logicalId,
  physicalId: null,
  type,
  replaces: "no",
  properties: [],
  isKept: false,
});

/** True when there is nothing to carry out; outputs and tags may change without a resource. */
export const isNothing = ({ changeSetId, mustRemove }: StackPlan): boolean =>
  changeSetId === null && !mustRemove;

/** True when there is nothing to carry out in any stack. */
export const isEmpty = ({ stacks }: Pick<Plan, "stacks">): boolean => stacks.every(isNothing);
