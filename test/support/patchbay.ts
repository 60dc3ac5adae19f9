import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { createManager } from "../../src/manager/manager.ts";
import type { Pace, Pass } from "../../src/manager/reconcile.ts";
import { ana } from "./builders.ts";
import { hooked, type Wrap } from "./hooked.ts";
import type { World } from "./world.ts";

export type PatchbayOptions = {
  policy?: Partial<Policy>;
  wrap?: Wrap;
  /** Ports that this process has instead of the world's. */
  ports?: Partial<World["ports"]>;
};

const patienceMs = 30 * 60_000;
const paceMs: Record<Pace, number> = { soon: 1_000, watch: 10_000, idle: 60_000 };

/**
 * One patchbay on a world, driven by hand: the real manager, whose passes come as the loop would make them while the
 * world's clock goes on. Several on one world are several processes; one that is dropped has died.
 */
export function aPatchbay(world: World, options: PatchbayOptions = {}) {
  const { clock } = world;
  const own = { ...world.ports, ...options.ports };
  const ports = options.wrap === undefined ? own : hooked(own, options.wrap);
  const policy = { ...defaultPolicy, ...options.policy };
  const manager = createManager(ports, policy, () => undefined);
  const asked = (ids: readonly string[], until: Date | null = null) => ({
    destinationIds: ids,
    by: ana,
    reason: null,
    until,
  });

  /** Passes until nothing is on its way any more. */
  async function converge(): Promise<Pass> {
    const end = clock.now().getTime() + patienceMs;
    while (clock.now().getTime() < end) {
      const pass = await manager.reconcile();
      if (pass.pace !== "soon") return pass;
      await clock.advance(paceMs.soon);
    }
    throw new Error("patchbay does not come to rest");
  }

  /** Passes for so many minutes, with the jobs of each minute. */
  async function live(minutes: number): Promise<void> {
    const end = clock.now().getTime() + minutes * 60_000;
    while (clock.now().getTime() < end) {
      const { pace } = await manager.reconcile();
      const toMinute = 60_000 - (clock.now().getTime() % 60_000);
      await clock.advance(Math.min(paceMs[pace], toMinute));
      if (clock.now().getTime() % 60_000 > 0) continue;
      await runDueJobs(clock.now(), { manager, ports, policy });
      await clock.advance(1);
    }
    await manager.reconcile();
  }

  return {
    manager,
    ports,
    converge,
    live,
    start: (...ids: string[]) => manager.intents.start(asked(ids)),
    startUntil: (until: Date, ...ids: string[]) => manager.intents.start(asked(ids, until)),
    stop: (...ids: string[]) => manager.intents.stop(asked(ids)),
    pass: () => manager.reconcile(),
  };
}

/** What AWS did, in the order in which it did it: "start-channel 1003". Refused calls are left out. */
export const effects = ({ calls }: World): string[] =>
  calls.flatMap(({ call, channelId, refused }) =>
    refused === undefined ? [[call, channelId].filter(Boolean).join(" ")] : [],
  );

/** The calls that AWS refused. */
export const refusals = ({ calls }: World) => calls.filter(({ refused }) => refused !== undefined);

/** The story of every broadcast so far: "running Twitch". */
export const story = ({ broadcasts }: World): string[] =>
  broadcasts
    .all()
    .flatMap(({ id }) => broadcasts.story(id))
    .map(({ kind, destinationName }) => `${kind} ${destinationName}`);
