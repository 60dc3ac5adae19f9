import type { Json } from "../answers.ts";
import { isJson, parseBody } from "../input.ts";
import type { Desk } from "./desk.ts";
import { type Change, isChange, type StreamRecord, toStreamRecord } from "./stream-record.ts";
import { type Write, writesOf } from "./writes.ts";

type Listener = (record: StreamRecord) => void;

/** The streams of the tables to which somebody listens; the others cost nothing. */
export type Changes = {
  /** Hears of each change of a table, in order; the answer ends it. */
  listen(table: string, listener: Listener): () => void;
  /** Runs the effect of a request, and tells what it changed. */
  around(operation: string, body: string, effect: () => Promise<Response>): Promise<Response>;
};

type Options = { desk: Desk; region: string };

/** dynalite has no streams: an item is read before and after each write, and the writes to a table take turns. */
export function createChanges({ desk, region }: Options): Changes {
  const listeners = new Map<string, Set<Listener>>();
  const inTurn = createTurns();
  const keyNames = keyNamesOf(desk);
  let sequence = 0;

  const tell = (change: Change) => {
    sequence += 1;
    const record = toStreamRecord(change, { region, sequence, at: desk.now() });
    for (const listener of listeners.get(change.table) ?? []) listener(record);
  };

  const heard = async (operation: string, body: string) => {
    const writes = writesOf(operation, toInput(body)).filter(({ table }) => listeners.has(table));
    const keyed = await Promise.all(writes.map((write) => withKeys(write, keyNames)));
    return keyed.flat();
  };

  return {
    listen(table, listener) {
      const all = listeners.get(table) ?? new Set();
      listeners.set(table, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(table);
      };
    },
    async around(operation, body, effect) {
      if (listeners.size === 0) return effect();
      const places = await heard(operation, body);
      if (places.length === 0) return effect();
      const tables = places.map(({ table }) => table);
      return inTurn(tables, async () => {
        const before = await Promise.all(places.map((place) => read(desk, place)));
        const answer = await effect();
        if (!answer.ok) return answer;
        const after = await Promise.all(places.map((place) => read(desk, place)));
        places
          .map((place, index) => ({
            ...place,
            before: before[index] ?? null,
            after: after[index] ?? null,
          }))
          .filter(isChange)
          .forEach(tell);
        return answer;
      });
    },
  };
}

type Place = { table: string; keys: Json };

/** dynalite says what is wrong with a body that cannot be read. */
function toInput(body: string): Json {
  try {
    return parseBody(body);
  } catch {
    return {};
  }
}

async function withKeys(
  write: Write,
  keyNames: (table: string) => Promise<string[]>,
): Promise<Place[]> {
  const { table } = write;
  if ("keys" in write) return [write];
  const names = await keyNames(table);
  if (names.length === 0) return [];
  return [{ table, keys: Object.fromEntries(names.map((name) => [name, write.item[name]])) }];
}

/** The names of a table's keys never change; none for a table that is not there. */
function keyNamesOf(desk: Desk): (table: string) => Promise<string[]> {
  const known = new Map<string, string[]>();
  return async (table) => {
    const names = known.get(table) ?? (await askKeyNames(desk, table));
    if (names.length > 0) known.set(table, names);
    return names;
  };
}

async function askKeyNames({ call }: Desk, TableName: string): Promise<string[]> {
  const { Table } = await call("DescribeTable", { TableName }).catch(() => ({ Table: null }));
  const schema = isJson(Table) && Array.isArray(Table.KeySchema) ? Table.KeySchema : [];
  return schema.map((key: unknown) => (isJson(key) ? String(key.AttributeName) : ""));
}

/** A key that is refused here is refused to the write too. */
async function read({ call }: Desk, { table, keys }: Place): Promise<Json | null> {
  const input = { TableName: table, Key: keys, ConsistentRead: true };
  const { Item } = await call("GetItem", input).catch(() => ({ Item: null }));
  return isJson(Item) ? Item : null;
}

/** Lets work on the same tables follow one another, whatever becomes of it. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(tables: readonly string[], work: () => Promise<T>): Promise<T> => {
    const turn = Promise.all(tables.map((table) => last.get(table))).then(work);
    const over = turn.catch(() => undefined);
    for (const table of tables) last.set(table, over);
    return turn;
  };
}
