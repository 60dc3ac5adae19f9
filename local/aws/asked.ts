/**
 * Who asked for what: `by` is the access key id of the request's signature, `service` its SigV4 scope, and `on` the table
 * for DynamoDB's operations.
 */
export type Asked = { by: string; service: string; operation: string; on?: string };

/** What has been asked of the local AWS so far, each thing once; rights are held against it. */
export type AskedRecord = { note(asked: Asked): void; list(): Asked[] };

export function createAskedRecord(): AskedRecord {
  const all = new Map<string, Asked>();
  return {
    note: (asked) => void all.set(JSON.stringify(asked), asked),
    list: () => [...all.values()],
  };
}
