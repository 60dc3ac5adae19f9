import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Broadcast } from "../domain/broadcast.ts";
import { isInTransit } from "../domain/channel.ts";
import { type Destination, isSettled } from "../domain/destination.ts";
import { claims, type Facts } from "../domain/facts.ts";
import { plan } from "../domain/plan.ts";
import type { Policy } from "../domain/policy.ts";
import type { SiteView } from "../domain/view.ts";
import { OpsError } from "../errors.ts";
import { apply } from "./apply.ts";
import { type Current, currentBroadcast, endWhenQuiet, isBroadcasting } from "./broadcast.ts";
import type { Costs } from "./costs.ts";
import { type Gathered, gather } from "./gather.ts";
import { createDeadlineKeeper } from "./keep-deadlines.ts";
import type { Ports } from "./ports.ts";
import type { SpecReader } from "./sessions.ts";
import { settle } from "./settle.ts";
import { createSiteCosts, unknownCosts } from "./site-costs.ts";
import { tell } from "./story.ts";
import { isStuckStopping, toSiteView } from "./view.ts";

/** How soon the loop should look again: `soon` while something is on its way, `watch` while something runs. */
export type Pace = "soon" | "watch" | "idle";

/** What one pass did: how many steps it carried out, and the site as it saw it. */
export type Pass = { steps: number; view: SiteView; pace: Pace };

/** The loop's one pass, and the same look without acting on it. */
export type Reconciler = {
  /** Gather, settle, plan, apply: brings AWS one step nearer to what is wanted, and shows what is true. */
  reconcile(): Promise<Pass>;
  /** The site as it is now; changes nothing. */
  look(): Promise<SiteView>;
};

/** What a view is drawn with; `priced` is false while no card changes, because the ledger is read for it. */
type Drawing = { broadcast: Broadcast | null; troubles: readonly string[]; priced: boolean };

const alertsAgeMs = 10_000;
const longMinutes = 2;

/** Makes the one thing that starts and stops channels; everything else only writes intents. */
export function createReconciler(
  ports: Ports,
  policy: Policy,
  { specs, costs }: { specs: SpecReader; costs: Costs },
): Reconciler {
  const readAlerts = createAlertReader(ports);
  const readCosts = createSiteCosts(ports, costs);
  const keeper = createDeadlineKeeper(ports);
  const begun = new Map<string, string>();
  let isFirst = true;
  let knownId: string | null = null;

  async function draw(facts: Facts, { broadcast, troubles, priced }: Drawing) {
    const [alerts, money] = await Promise.all([
      readAlerts(facts),
      priced ? readCosts(facts, broadcast) : unknownCosts,
    ]);
    return toSiteView({
      facts,
      broadcast,
      alerts,
      costs: money,
      troubles: [...troubles, ...[keeper.trouble()].filter((each) => each !== null)],
      zone: policy.zone,
      now: ports.clock.now(),
    });
  }

  /**
   * The facts, and the broadcast that they belong to. One that is new to this process may have begun after they were read:
   * then they are gathered again, so that nothing of the evening before is told in it.
   */
  async function gatherForBroadcast(): Promise<Gathered & Current> {
    const gathered = await gather(ports);
    const current = await currentBroadcast(ports, gathered.facts);
    const id = current.broadcast?.id ?? knownId;
    if (id === knownId) return { ...gathered, ...current };
    knownId = id;
    const anew = await gatherForBroadcast();
    return { ...anew, before: anew.before ?? current.before };
  }

  /** A process that was paused, or whose clock was set, while it gathered would act on old facts by a wrong time. */
  async function gatherInTime(): Promise<Gathered & Current> {
    const begunAt = ports.clock.now();
    const gathered = await gatherForBroadcast();
    if (Math.abs(differenceInMinutes(ports.clock.now(), begunAt)) < longMinutes) return gathered;
    const anew = await gatherForBroadcast();
    return { ...anew, before: anew.before ?? gathered.before };
  }

  async function reconcile(): Promise<Pass> {
    const { facts: gathered, troubles, broadcast, before } = await gatherInTime();
    if (before !== null)
      ports.notifier.show(await draw(gathered, { broadcast: before, troubles, priced: true }));
    const now = ports.clock.now();
    const facts = await settle({ ports, specs, policy, facts: gathered, broadcast, now });
    const open = await endWhenQuiet(ports, broadcast, facts);
    const steps = plan(facts, policy, now).filter(
      ({ kind }) => kind !== "keep-deadlines" || !keeper.isPaused(now),
    );
    const priced = isFirst || isShown(broadcast, now);
    const view = await draw(facts, { broadcast: open, troubles, priced });
    isFirst = false;
    ports.notifier.show(view);
    await apply(steps, { ports, keeper, begun, facts, broadcast, now });
    await tellStuck(facts, { ports, policy, broadcast, now });
    return { steps: steps.length, view, pace: paceOf(facts, steps.length) };
  }

  async function look(): Promise<SiteView> {
    const { facts, troubles } = await gather(ports);
    const broadcast = await ports.broadcasts.latest();
    return draw(facts, { broadcast, troubles, priced: true });
  }

  return { reconcile, look };
}

/** True while a broadcast goes on, and for as long as its last card may take to be shown. */
const isShown = (broadcast: Broadcast | null, now: Date): boolean =>
  broadcast !== null &&
  (broadcast.endedAt === null || differenceInMinutes(now, broadcast.endedAt) < 10);

function paceOf(facts: Facts, steps: number): Pace {
  const moving = facts.destinations.some((each) => !isSettled(each) && each.phase !== "running");
  const flowMoves =
    facts.flow !== null &&
    facts.flow !== "not-configured" &&
    ["starting", "stopping"].includes(facts.flow.state);
  const channelMoves = [...(facts.channels?.values() ?? [])].some(({ state }) =>
    isInTransit(state),
  );
  if (steps > 0 || moving || flowMoves || channelMoves) return "soon";
  const { flowQuietSince, strangers } = facts.memory;
  const isWatched = flowQuietSince !== null || strangers.length > 0;
  return isBroadcasting(facts) || isWatched ? "watch" : "idle";
}

type Telling = { ports: Ports; policy: Policy; broadcast: Broadcast | null; now: Date };

async function tellStuck(facts: Facts, { ports, policy, broadcast, now }: Telling) {
  const isStuck = (each: Destination) => isStuckStopping(each, policy.stopDeadlineMinutes, now);
  if (!facts.destinations.some(isStuck)) return;
  // What was true when the pass began may be over: nothing is told after its end.
  const rows = await ports.destinations.list();
  for (const destination of rows.filter(isStuck)) {
    const detail = `still stopping after ${policy.stopDeadlineMinutes} min; patchbay keeps trying`;
    await tell(destination, { kind: "stuck-stopping", detail }, { ports, broadcast, now });
  }
}

/** Alerts of running channels, asked for at most every ten seconds: one call a channel. */
function createAlertReader({ channels, clock, log }: Ports) {
  const known = new Map<string, { at: number; titles: readonly string[] }>();

  async function ask(channelId: string): Promise<[string, readonly string[]]> {
    const last = known.get(channelId);
    const at = clock.now().getTime();
    if (last !== undefined && at - last.at < alertsAgeMs) return [channelId, last.titles];
    try {
      const titles = await channels.alerts(channelId);
      known.set(channelId, { at, titles });
      return [channelId, titles];
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      log.warn("alerts-unreadable", { channelId, code: error.code });
      return [channelId, last?.titles ?? []];
    }
  }

  return async (facts: Facts): Promise<ReadonlyMap<string, readonly string[]>> => {
    const claimed = claims(facts.destinations, facts.bindings);
    const running = facts.destinations.filter(({ phase }) => phase === "running");
    const ids = new Set(running.flatMap(({ id }) => claimed.get(id)?.channelId ?? []));
    return new Map(await Promise.all([...ids].map(ask)));
  };
}
