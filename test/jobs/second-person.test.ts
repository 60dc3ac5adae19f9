import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { secondPerson } from "../../src/jobs/second-person.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, inWords, linesOf, otherOperator } from "../support/command-line.ts";

/** Ana has asked for a second person. */
async function asked() {
  const line = aCommandLine();
  await spendPart(line, 0.835);
  await line.run("start twitch");
  const { world, manager } = line;
  const context = { manager, ports: world.ports, policy: defaultPolicy };
  const run = () => secondPerson.run(world.clock.now(), createTick(context));
  const question = () => {
    const [only] = world.announcements.all();
    return { open: only?.open, line: inWords(only?.content.lines[0] ?? []) };
  };
  return { ...line, run: line.run, job: run, question };
}

describe("the question to a second person", () => {
  it("stands for half an hour", async () => {
    const { world, job, question } = await asked();
    await world.clock.advance(29 * 60_000);
    await job();
    expect(question().open).toBe(true);
  });

  it("is taken back then, also when the tick comes twice", async () => {
    const { world, job, question, run } = await asked();
    await world.clock.advance(31 * 60_000);
    await Promise.all([job(), job()]);
    await job();
    expect(question()).toEqual({
      open: false,
      line: "Ana wanted to start *Twitch*; nobody agreed in time, and nothing was started.",
    });
    const [{ key = "" } = {}] = world.announcements.all();
    const late = await run(`start approved ${key}`, { asker: otherOperator });
    expect(linesOf(late)[0]).toMatch(/^That has been answered already, or is over/);
    expect(await world.notes.list("second#")).toEqual([]);
  });

  it("does not stand for ever when whoever answered it died on the way", async () => {
    const { world, job, question } = await asked();
    const [note] = await world.notes.list("second#");
    await world.notes.write(note?.key ?? "", null, note?.words ?? null);
    await world.clock.advance(29 * 60_000);
    await job();
    expect(question().open).toBe(true);
    await world.clock.advance(60_000);
    await job();
    expect(question()).toEqual({
      open: false,
      line: "This question has been answered or is over.",
    });
  });
});
