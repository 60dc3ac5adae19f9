import { expect, it } from "vitest";
import { z } from "zod";
import { memoForm } from "../../src/domain/memo-form.ts";
import { OpsError } from "../../src/errors.ts";
import { readMemo } from "../../src/manager/memo.ts";
import { aWorld } from "../support/world.ts";

const form = memoForm(z.object({ count: z.number() }), { count: 0 });
const noAnswer = new OpsError("timed-out", "No answer.");

it("a memo whose write was done, though the answer was lost, goes on from there", async () => {
  const { notes, failNext } = aWorld();
  const memo = await readMemo(notes, "memo", form);
  failNext("notes.write", noAnswer, { effect: true });
  expect(await memo.write({ count: 1 })).toBe(true);
  expect(await memo.write({ count: 2 })).toBe(true);
  expect(await notes.read("memo")).toBe('{"count":2}');
});

it("a memo that was not written fails, and can be written again", async () => {
  const { notes, failNext } = aWorld();
  const memo = await readMemo(notes, "memo", form);
  failNext("notes.write", noAnswer);
  await expect(memo.write({ count: 1 })).rejects.toBe(noAnswer);
  expect(await memo.write({ count: 1 })).toBe(true);
});

it("a memo is written by the one who was first, whatever both say", async () => {
  const { notes } = aWorld();
  const [first, second] = [
    await readMemo(notes, "memo", form),
    await readMemo(notes, "memo", form),
  ];
  expect(await first.write({ count: 1 })).toBe(true);
  expect(await second.write({ count: 1 })).toBe(false);
});
