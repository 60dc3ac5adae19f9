import stores, { type Rows, type Store } from "dynalite/db/index.js";
import { expect, onTestFinished, test } from "vitest";
import { closingIterators } from "../../../local/aws/dynalite-server.ts";

/** A store with rows in memory, and the iterators that were opened on it. */
async function aStore(prepare: (store: Store) => Store) {
  const { db } = prepare(stores.create({}));
  onTestFinished(() => db.close());
  await db.open();
  const opened: Rows[] = [];
  for (const kind of ["keys", "values"] as const) {
    const open = db[kind].bind(db);
    db[kind] = (options) => {
      const rows = open(options);
      opened.push(rows);
      return rows;
    };
  }
  return { db, opened };
}

const isClosed = async (rows: Rows | undefined) =>
  (await rows?.next().catch(({ code }) => code)) === "LEVEL_ITERATOR_NOT_OPEN";

test.each(["createKeyStream", "createValueStream"] as const)(
  "what %s reads is closed at its end, and when it is left",
  async (stream) => {
    const { db, opened } = await aStore(closingIterators);
    await db[stream]().toArray();
    db[stream]().destroy();
    expect(opened).toHaveLength(2);
    await expect.poll(() => Promise.all(opened.map(isClosed))).toEqual([true, true]);
  },
);

test("dynalite itself leaves what it reads open: without that this is not needed any more", async () => {
  const { db, opened } = await aStore((store) => store);
  await db.createValueStream().toArray();
  expect(await isClosed(opened[0])).toBe(false);
});
