import { beforeEach, describe, expect, it } from "vitest";
import type { Notes } from "../../src/manager/ports.ts";

/** What every implementation of `Notes` does. */
export function notesContract(name: string, open: () => Promise<Notes>): void {
  describe(`Notes: ${name}`, () => {
    let notes: Notes;
    beforeEach(async () => {
      notes = await open();
    });

    it("reads what was written last, and nothing at first", async () => {
      expect(await notes.read("settings")).toBeNull();
      await notes.write("settings", "one", null);
      await notes.write("settings", "two", "one");
      expect(await notes.read("settings")).toBe("two");
    });

    it("keeps empty words apart from none", async () => {
      await notes.write("settings", "", null);
      expect(await notes.read("settings")).toBe("");
      await expect(notes.write("settings", "one", null)).rejects.toMatchObject({
        code: "conflict",
      });
    });

    it("removes a note, which may then be written anew", async () => {
      await notes.write("show#1", "one", null);
      await notes.write("show#1", null, "one");
      expect(await notes.read("show#1")).toBeNull();
      expect(await notes.list("show#")).toEqual([]);
      await notes.write("show#1", "two", null);
      expect(await notes.read("show#1")).toBe("two");
    });

    it.each([
      ["that has other words", "another"],
      ["that exists", null],
    ])("refuses to write over a note %s", async (_what, previous) => {
      await notes.write("settings", "one", null);
      const conflict = { code: "conflict" };
      await expect(notes.write("settings", "two", previous)).rejects.toMatchObject(conflict);
      await expect(notes.write("settings", null, previous)).rejects.toMatchObject(conflict);
      await expect(notes.write("none", "two", "one")).rejects.toMatchObject(conflict);
      expect(await notes.read("settings")).toBe("one");
    });

    it("lets one of two writers through, also when both write the same", async () => {
      const writes = [1, 2, 3].map(() => notes.write("claim", "done", null));
      const outcomes = await Promise.allSettled(writes);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });

    it("lets one of two remove a note", async () => {
      await notes.write("claim", "done", null);
      const outcomes = await Promise.allSettled(
        [1, 2].map(() => notes.write("claim", null, "done")),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });

    it("lists the notes that begin so, by key", async () => {
      for (const key of ["show#2", "settings", "show#10", "shows", "show#1"])
        await notes.write(key, `words of ${key}`, null);
      const keys = async (prefix: string) => (await notes.list(prefix)).map(({ key }) => key);
      expect(await notes.list("show#1")).toEqual([
        { key: "show#1", words: "words of show#1" },
        { key: "show#10", words: "words of show#10" },
      ]);
      expect(await keys("show#")).toEqual(["show#1", "show#10", "show#2"]);
      expect(await keys("")).toHaveLength(5);
      expect(await keys("none")).toEqual([]);
    });
  });
}
