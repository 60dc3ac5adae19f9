import { importersOf } from "../outputs.ts";
import { validationError } from "../refusals.ts";
import { requireText, toPage } from "../requests.ts";
import type { Operation } from "./operation.ts";

export const listExports: Operation = (engine, asked) => {
  const all = engine.stacks
    .list()
    .filter(({ deletedAt }) => deletedAt === null)
    .flatMap(({ id, outputs }) =>
      outputs
        .filter(({ exportName }) => exportName !== null)
        .map(({ exportName, value }) => ({ ExportingStackId: id, Name: exportName, Value: value })),
    );
  const { some, NextToken } = toPage(all, asked);
  return { Exports: some, NextToken };
};

/** ListImports: an export that nobody uses is an error (CloudFormation API reference). */
export const listImports: Operation = (engine, asked) => {
  const name = requireText("exportName", asked.ExportName);
  const names = importersOf(engine, name).map((stack) => stack.name);
  if (names.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
  const { some, NextToken } = toPage(names, asked);
  return { Imports: some, NextToken };
};
