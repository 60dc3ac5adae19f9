import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Asked } from "../../local/aws/asked.ts";
import { infraFile, isRecord, objectsIn, type Template } from "./templates.ts";

/** One right: an action, and the table that it is for, if it is for one. */
export type Grant = { action: string; table: string | null };

/** A grant as one line, to compare with. */
export const toLine = ({ action, table }: Grant): string =>
  table === null ? action : `${action} on ${table}`;

/** Where AWS names the right otherwise than scope and operation (Service Authorization Reference). */
const services: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };
const actions: Readonly<Record<string, string>> = {
  "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
  "lambda:Invoke": "lambda:InvokeFunction",
};

/** The right that was needed for something that was asked. */
export function grantFor({ service, operation, on }: Asked): Grant {
  const action = `${services[service] ?? service}:${operation}`;
  return { action: actions[action] ?? action, table: on ?? null };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Which table a resource is, as it is written there; null for what is no table. */
export type TableOf = (resource: unknown) => string | null;

/** Every right that the statements within a value grant. */
export const grantsIn = (value: unknown, tableOf: TableOf): Grant[] =>
  objectsIn(value)
    .filter(({ Effect, Principal }) => Effect === "Allow" && Principal === undefined)
    .flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource).map((resource) => ({ action: String(action), table: tableOf(resource) })),
      ),
    );

/** In a template `table/${OpsTableName}` is the table that is called so by default. */
export const tablesOf =
  ({ Parameters }: Template): TableOf =>
  (resource) => {
    const arn = isRecord(resource) ? resource["Fn::Sub"] : resource;
    const name = /:table\/\$\{(\w+)\}$/.exec(String(arn))?.[1];
    return name === undefined ? null : String(Parameters[name]?.Default);
  };

const functionTables = [
  [/:table\/\$\{param:destinationsTable\}"/, "lunora-destinations"],
  [/:table\/\$\{param:sessionsTable\}"/, "lunora-streaming-sessions"],
  [/:table\/\$\{Table\}".*-ops-table"/, "patchbay-ops"],
] as const;

/** serverless.yml takes the names of the existing tables from its parameters, and ours from its stack's export. */
const functionTableOf: TableOf = (resource) =>
  functionTables.find(([words]) => words.test(JSON.stringify(resource)))?.[1] ?? null;

/** What a role of serverless.yml's functions grants, as lines. */
export function grantedTo(role: string): string[] {
  const { Resources: roles } = parse(readFileSync(infraFile("serverless/roles.yaml"), "utf8"));
  return grantsIn(roles[role].Properties.Policies, functionTableOf).map(toLine);
}
