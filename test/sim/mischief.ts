import { isBilledRunning } from "../../src/domain/channel.ts";
import { aChannelReading, channelByPlatform, flowArn } from "../support/builders.ts";
import type { Faults, Side } from "./faults.ts";
import type { FaultKind, SimOptions } from "./options.ts";
import type { SimProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { SimWorld } from "./world.ts";

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  random: Random;
  faults: Faults;
  trace: Trace;
  /** The processes that live at present. */
  processes(): readonly SimProcess[];
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** What happens behind the product's back: people in the AWS console, outages, channels that fail, hand-edited rows. */
export function createMischief(parts: Parts) {
  const { options, timeline, random, faults, trace } = parts;
  const deeds = deedsIn(parts);
  failUpdates(parts);
  const flap = flapping(parts);

  const planAt = (at: number, { kind, act }: Deed) =>
    timeline.at(at, () => {
      if (faults.isCalm()) return;
      faults.stir(3);
      trace.add(timeline.now(), "mischief", kind);
      act(kind);
    });
  return {
    /** Plans one day; `at` is its beginning. */
    plan(at: number): void {
      for (const deed of deeds)
        if (random.chance(deed.perDay * options.faults[deed.kind]))
          planAt(at + random.between(0, day), deed);
    },
    /** Much of it comes just when something is on air. */
    during(lengthMs: number): void {
      flap(lengthMs);
      for (const deed of deeds)
        if (random.chance(0.4 * deed.perDay * options.faults[deed.kind]))
          planAt(timeline.now() + random.between(0, random.pick([minute, lengthMs])), deed);
    },
  };
}

/** Now and then a channel does not take what it is told, and says so only when it should have taken it. */
function failUpdates({ options, world, timeline, random, faults }: Parts): void {
  const own = random.fork("updates");
  world.watch({
    channelEntered({ channelId, state }, due) {
      if (state !== "updating" || due === null || faults.isCalm()) return;
      if (!own.chance(options.faults["update-fails"] * 0.2)) return;
      faults.note("update-fails", "channels.setOutput");
      timeline.at(due.getTime() - 1, () =>
        world.channels.put({ channelId, state: "update_failed" }),
      );
    },
  });
}

/** The source is lost, back and lost again, each too short for a stop: half of the time while every process is paused. */
function flapping({ options, world, timeline, random, faults, processes }: Parts) {
  const own = random.fork("flaps");
  return (lengthMs: number): void => {
    if (!own.chance(0.4 * options.faults["source-flaps"])) return;
    const lost = own.between(0, lengthMs);
    // A shorter return may go unseen: between two looks, by an answer that is old, by clocks that differ.
    const back = lost + own.between(1, 7) * minute;
    const again = back + own.between(3, 20) * minute + 2 * options.maxSkewMs;
    const unseen = own.chance(0.5);
    const turn = (afterMs: number, connected: boolean) =>
      timeline.after(afterMs, () => {
        if (faults.isCalm() && !connected) return;
        faults.note("source-flaps");
        world.setSource(connected);
      });
    turn(lost, false);
    turn(back, true);
    turn(again, false);
    turn(again + own.between(1, 7) * minute, true);
    if (!unseen) return;
    timeline.after(back, () => {
      const asleep = faults.isCalm() ? [] : processes();
      for (const process of asleep) process.pauseFor(again - back + own.below(60_000));
    });
  };
}

type Deed = { kind: FaultKind; perDay: number; act(kind: FaultKind): void };

function deedsIn({ world, timeline, random, faults, processes }: Parts): Deed[] {
  const { channels, flows, destinations, history } = world;
  const some = () => random.pick(Object.values(channelByPlatform));
  const running = () => history.all().filter(({ state }) => isBilledRunning(state));
  const byHand = (kind: FaultKind, act: Promise<unknown>) =>
    void act.then(
      () => faults.note(kind),
      () => undefined,
    );
  const outage = (of: Side, most: number) => (): void =>
    faults.outage(of, random.between(1, most) * minute);
  return [
    { kind: "outage-media", perDay: 0.3, act: outage("media", 15) },
    { kind: "outage-tables", perDay: 0.3, act: outage("tables", 15) },
    { kind: "outage-slack", perDay: 0.3, act: outage("slack", 90) },
    { kind: "console-start", perDay: 0.3, act: (kind) => byHand(kind, channels.start(some())) },
    {
      kind: "console-stop",
      perDay: 1,
      act: (kind) => {
        for (const { channelId } of running().slice(0, 1)) byHand(kind, channels.stop(channelId));
      },
    },
    { kind: "console-delete", perDay: 0.05, act: (kind) => deleteAndRestore(kind, some()) },
    {
      kind: "console-flow",
      perDay: 0.3,
      act: (kind) => {
        if (running().length === 0) byHand(kind, random.chance(0.5) ? startFlow() : stopFlow());
      },
    },
    {
      kind: "start-falls-back",
      perDay: 1,
      act: (kind) => {
        faults.note(kind);
        channels.startEndsIn(some(), "idle");
      },
    },
    {
      kind: "source-lost",
      perDay: 0.5,
      act: (kind) => {
        faults.note(kind);
        world.setSource(false);
        timeline.after(random.between(0.5, 40) * minute, () => world.setSource(true));
      },
    },
    {
      kind: "clock-step",
      perDay: 1.5,
      act: (kind) => {
        const living = processes();
        if (living.length === 0) return;
        faults.note(kind);
        const process = random.pick(living);
        process.stepClock(Math.round(random.between(-6, 6) * 60 * minute));
        timeline.after(random.between(1, 180) * minute, () => process.stepClock(0));
      },
    },
    {
      kind: "hand-edit",
      perDay: 0.3,
      act: (kind) => {
        faults.note(kind);
        const row = random.pick(destinations.all());
        destinations.put({ ...row, name: `${row.name.split(" ")[0]} ${random.below(9)}` });
        destinations.put({ ...destinations.get(row.id), name: row.name });
      },
    },
  ];

  function startFlow() {
    return flows.start(flowArn);
  }
  function stopFlow() {
    return flows.stop(flowArn);
  }

  /** The channel comes back under its name and id after a while, as a stack that is deployed again makes it. */
  function deleteAndRestore(kind: FaultKind, channelId: string): void {
    if (history.now(channelId)?.state !== "idle") return;
    faults.note(kind);
    world.deleteChannel(channelId);
    timeline.after(random.between(5, 120) * minute, () =>
      channels.put(aChannelReading({ channelId, name: `channel ${channelId}` })),
    );
  }
}
