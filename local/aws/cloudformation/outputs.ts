import type { Engine } from "./engine.ts";
import { evaluate, holds, type Scope } from "./intrinsics.ts";
import { formatError, validationError } from "./refusals.ts";
import type { Output, Stack } from "./stacks.ts";
import type { OutputDeclaration, Template } from "./template.ts";

type Asked = { stack: Stack; template: Template; scope: Scope };

/** The outputs of a template; an export that another stack has, or one in use that would change, is refused. */
export function toOutputs(engine: Engine, { stack, template, scope }: Asked): Output[] {
  const outputs = evaluateOutputs(template, scope);
  for (const { exportName } of outputs) requireFree(engine, stack, exportName);
  for (const old of stack.outputs) requireKept(engine, old, outputs);
  return outputs;
}

export function evaluateOutputs({ outputs }: Template, scope: Scope): Output[] {
  return Object.entries(outputs)
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition, scope))
    .map(([key, declaration]) => toOutput(key, declaration, scope));
}

function toOutput(key: string, declaration: OutputDeclaration, scope: Scope): Output {
  const { Value, Description, Export } = declaration;
  const value = evaluate(Value, scope);
  if (typeof value === "object" || value === undefined) {
    throw formatError(`The Value field of every Outputs member must evaluate to a String: ${key}.`);
  }
  const name = Export === undefined ? null : String(evaluate(Export.Name, scope));
  if (name !== null && !/^[\w:-]{1,255}$/.test(name)) {
    throw formatError(
      `Output ${key} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
    );
  }
  return { key, value: String(value), description: Description ?? null, exportName: name };
}

function requireFree({ stacks }: Engine, stack: Stack, exportName: string | null) {
  const other = stacks
    .list()
    .filter(({ id, deletedAt }) => id !== stack.id && deletedAt === null)
    .find(({ outputs }) => outputs.some((each) => each.exportName === exportName));
  if (exportName === null || other === undefined) return;
  throw validationError(
    `Export with name ${exportName} is already exported by stack ${other.name}`,
  );
}

function requireKept(engine: Engine, { exportName, value }: Output, outputs: readonly Output[]) {
  if (exportName === null) return;
  const now = outputs.find((each) => each.exportName === exportName);
  if (now?.value === value) return;
  const verb = now === undefined ? "deleted" : "updated";
  requireUnused(engine, exportName, verb);
}

/** Refuses while another stack imports the export. */
export function requireUnused(engine: Engine, exportName: string, verb: "deleted" | "updated") {
  const users = importersOf(engine, exportName);
  if (users.length === 0) return;
  const names = users.map(({ name }) => name).join(", ");
  throw validationError(`Export ${exportName} cannot be ${verb} as it is in use by ${names}`);
}

export const importersOf = ({ stacks }: Engine, exportName: string) =>
  stacks
    .list()
    .filter(({ deletedAt, imports }) => deletedAt === null && imports.includes(exportName));
