import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Destination } from "../../src/domain/destination.ts";
import type { Outcome } from "../../src/manager/intents.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { aPatchbay, effects, refusals } from "../support/patchbay.ts";
import { aWorld, type World } from "../support/world.ts";

type Wishes = readonly ("start" | "stop")[];
type Players = {
  platform: "twitch" | "primary";
  onAir: boolean;
  processes: number;
  ana: Wishes;
  ben: Wishes;
};
type Race = { world: World; players: Players; accepted: Destination[]; versions: number[] };

/** A test lives through hundreds of interleavings. */
vi.setConfig({ testTimeout: 30_000 });

const passes = 8;
/** So many turns of everybody make a second: about as many as one pass of one process has. */
const turnsPerSecond = 16;

/**
 * Two people and some processes on one world: each of their port calls, and each answer, comes when the scheduler says
 * so, while time goes by. Then the world is left to one process for three minutes.
 */
async function race(scheduler: fc.Scheduler, players: Players): Promise<Race> {
  const destination = aDestination({ platform: players.platform });
  const world = aWorld({ flow: "active", destinations: [destination] });
  const accepted: Destination[] = [];
  const versions: number[] = [];
  const take = (outcomes: readonly Outcome[]) =>
    accepted.push(
      ...outcomes.flatMap((each) => (each.result === "accepted" ? [each.destination] : [])),
    );
  const turn = async (name: string) => {
    await scheduler.schedule(Promise.resolve(), name);
    versions.push(world.destinations.get(destination.id).version);
    if (versions.length % turnsPerSecond > 0) return;
    world.clock.set(new Date(world.clock.now().getTime() + 1_000));
  };
  const aProcess = () => aPatchbay(world, { wrap: (name, moment) => turn(`${moment} ${name}`) });

  async function person(wishes: Wishes): Promise<void> {
    const patchbay = aProcess();
    for (const wish of wishes) take(await patchbay[wish](destination.id));
  }
  async function loop(): Promise<void> {
    const { pass } = aProcess();
    for (let count = 0; count < passes; count++) await pass();
  }
  const first = aPatchbay(world);
  if (players.onAir) take(await first.start(destination.id));
  await first.converge();
  const loops = Array.from({ length: players.processes }, loop);
  await scheduler.waitFor(Promise.all([person(players.ana), person(players.ben), ...loops]));
  await first.live(3);
  return { world, players, accepted, versions };
}

/** True when the wish that was written last is one to start. */
const isWanted = ({ accepted }: Race): boolean =>
  accepted.toSorted((left, right) => right.version - left.version)[0]?.desired === "on";

/** M3 one-start-per-intent, M4 stop-wins (and start, when it is the later wish), T3 monotone. */
function keepsItsWord(each: Race): void {
  const { world, players, accepted, versions } = each;
  const channelId = channelByPlatform[players.platform];
  const wished = accepted.filter(({ desired }) => desired === "on");
  const started = effects(world).filter((call) => call === `start-channel ${channelId}`);
  expect(started.length).toBeLessThanOrEqual(wished.length);
  expect(world.channels.running()).toEqual(isWanted(each) ? [channelId] : []);
  expect(versions).toEqual(versions.toSorted((left, right) => left - right));
}

/**
 * T4 single effect: one session and one broadcast are open while it runs, no broadcast is there for nothing, and nothing was
 * told that did not happen.
 */
function tellsTheTruth(each: Race): void {
  const { sessions, broadcasts } = each.world;
  const open = [...sessions.all(), ...broadcasts.all()].filter(({ endedAt }) => endedAt === null);
  expect(open).toHaveLength(isWanted(each) ? 2 : 0);
  const stories = broadcasts.all().map(({ id }) => broadcasts.story(id));
  expect(stories.filter((lines) => lines.length === 0)).toEqual([]);
  const kinds = stories.flatMap((lines) => lines.map(({ kind }) => kind));
  expect(["start-asked", "running", "stop-asked", "off", "late-start"]).toEqual(
    expect.arrayContaining([...new Set(kinds)]),
  );
}

const always = (players: Partial<Players>, property: (race: Race) => void) => {
  const someWishes = fc.array(fc.constantFrom("start" as const, "stop" as const), { maxLength: 3 });
  const anyPlayers: fc.Arbitrary<Players> = fc
    .record({
      platform: fc.constantFrom("twitch", "primary"),
      onAir: fc.boolean(),
      processes: fc.constantFrom(1, 2),
      ana: someWishes,
      ben: someWishes,
    })
    .map((some) => ({ ...some, ...players }));
  const raced = fc.asyncProperty(fc.scheduler(), anyPlayers, async (scheduler, some) => {
    property(await race(scheduler, some));
  });
  return fc.assert(raced, { numRuns: 100 });
};

describe("people and processes in every order", () => {
  it("M3, M4, T3: with one loop the later wish wins, with at most one start for each", async () => {
    await always({ processes: 1 }, keepsItsWord);
  });

  it("M3, M4, T3: two processes do no more than one would", async () => {
    await always({ processes: 2 }, keepsItsWord);
  });

  it("T4 single effect: a start and a stop in one moment end in one story", async () => {
    await always({ ana: ["start"], ben: ["stop"] }, tellsTheTruth);
  });

  it("T4 single effect: restless people leave one session and one broadcast open, or none", async () => {
    await always({}, tellsTheTruth);
  });

  it("T5 legal: one loop asks nothing of AWS that it must refuse, whatever people wish", async () => {
    await always({ processes: 1 }, ({ world }) => expect(refusals(world)).toEqual([]));
  });
});
