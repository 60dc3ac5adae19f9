import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { toJson } from "../input.ts";
import type { KeptTables } from "./kept.ts";

/** What the operations beside dynalite's work on; `call` asks dynalite itself. */
export type Desk = {
  kept: KeptTables;
  call(operation: string, input: Json): Promise<Json>;
  now(): number;
};

export type TableHandler = (desk: Desk, input: Json) => Promise<Json>;

/** A member that has to be there; throws as DynamoDB does for one that is not. */
export function textOf(input: Json, member: string): string {
  const value = input[member];
  if (typeof value === "string" && value !== "") return value;
  throw invalid(`Value at '${member}' failed to satisfy constraint: Member must not be null`);
}

export const invalid = (message: string) => new AwsError("ValidationException", 400, { message });

/** A table as DescribeTable tells it, or null. */
export async function find({ call }: Desk, name: string): Promise<Json | null> {
  try {
    return toJson((await call("DescribeTable", { TableName: name })).Table);
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return null;
    throw error;
  }
}

/** A table that has to be there; throws `missing`, for each operation names it differently. */
export async function describe(desk: Desk, name: string, missing: AwsError): Promise<Json> {
  const table = await find(desk, name);
  if (table === null) throw missing;
  return table;
}

export const noTable = (name: string) =>
  new AwsError("TableNotFoundException", 400, { message: `Table not found: ${name}` });

/** DynamoDB tells times as seconds with fractions (DynamoDB API, Timestamp). */
export const seconds = (at: number) => at / 1000;
