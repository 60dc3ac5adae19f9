import { describe, expect, it } from "vitest";
import { createTurn } from "../../src/bot/turn.ts";
import { OpsError } from "../../src/errors.ts";
import type { Notes } from "../../src/manager/ports.ts";
import { aWorld, type World } from "../support/world.ts";

const aTurn = (world: World, notes: Notes = world.notes) => createTurn({ ...world.ports, notes });

/** Asks every half second, as one who has something to say does, until it is ours; answers with the seconds passed. */
async function secondsUntilOurs(world: World, turn: ReturnType<typeof aTurn>): Promise<number> {
  for (let halves = 0; halves < 60; halves += 1) {
    if (await turn.isOurs()) return halves / 2;
    await world.clock.advance(500);
  }
  throw new Error("it never was");
}

describe("the turn to write to Slack", () => {
  it("is had at once when nobody has it, and by nobody else", async () => {
    const world = aWorld();
    const [first, second] = [aTurn(world), aTurn(world)];
    expect(await first.isOurs()).toBe(true);
    for (let asked = 0; asked < 30; asked += 1) {
      expect([await first.isOurs(), await second.isOurs()]).toEqual([true, false]);
      await world.clock.advance(1_000);
    }
  });

  it("goes to one of two that ask together", async () => {
    const world = aWorld();
    const both = [aTurn(world), aTurn(world)];
    const ours = await Promise.all(both.map((turn) => turn.isOurs()));
    expect(ours.toSorted()).toEqual([false, true]);
  });

  it("is free a moment after nobody asks for it, and at once at the end", async () => {
    const world = aWorld();
    const [first, second] = [aTurn(world), aTurn(world)];
    await first.isOurs();
    await world.clock.advance(15_000);
    expect(await second.isOurs()).toBe(true);
    await second.end();
    expect(await first.isOurs()).toBe(true);
    expect(await second.isOurs()).toBe(false);
  });

  it("leaves nothing under way", async () => {
    const world = aWorld();
    const turn = aTurn(world);
    await turn.isOurs();
    await world.clock.advance(20_000);
    expect(world.clock.sleepers()).toBe(0);
  });

  it("comes within seconds to the next when a process has died", async () => {
    const world = aWorld();
    let isDead = false;
    const dying: Notes = {
      ...world.notes,
      read: (key) => (isDead ? new Promise(() => undefined) : world.notes.read(key)),
    };
    await aTurn(world, dying).isOurs();
    isDead = true;
    const waited = await secondsUntilOurs(world, aTurn(world));
    expect(waited).toBeGreaterThanOrEqual(3);
    expect(waited).toBeLessThanOrEqual(5);
  });

  it("is asked for again by a process that was paused, before it writes", async () => {
    const world = aWorld();
    const [paused, other] = [aTurn(world), aTurn(world)];
    await paused.isOurs();
    const epoch = paused.epoch();
    await world.notes.write("turn#slack", "somebody else/1", await world.notes.read("turn#slack"));
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    expect(await paused.isOurs()).toBe(false);
    expect(await other.isOurs()).toBe(false);
    await secondsUntilOurs(world, paused);
    expect(paused.epoch()).toBeGreaterThan(epoch);
  });

  it("stays ours when the clock steps, and its epoch with it", async () => {
    const world = aWorld();
    const turn = aTurn(world);
    await turn.isOurs();
    const epoch = turn.epoch();
    for (const hours of [6, -6]) {
      world.clock.set(new Date(world.clock.now().getTime() + hours * 3_600_000));
      expect(await turn.isOurs()).toBe(true);
    }
    expect(turn.epoch()).toBe(epoch);
  });

  it("is not ours while the store does not answer, and begins anew after a lost answer", async () => {
    const world = aWorld();
    const turn = aTurn(world);
    await turn.isOurs();
    const epoch = turn.epoch();
    const lost = new OpsError("aws-unavailable", "DynamoDB does not answer.");
    world.failNext("notes.write", lost, { effect: true });
    await world.clock.advance(1_000);
    world.failNext("notes.read", lost);
    expect(await turn.isOurs()).toBe(false);
    expect(await turn.isOurs()).toBe(true);
    expect(turn.epoch()).toBe(epoch + 1);
  });
});
