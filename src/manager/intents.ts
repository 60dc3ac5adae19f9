import type { Deed } from "../domain/deed.ts";
import type { Destination } from "../domain/destination.ts";
import { platformOf } from "../domain/platforms/index.ts";
import type { Policy } from "../domain/policy.ts";
import type { Bindings } from "../domain/site.ts";
import { decideStart, type Wish } from "../domain/wish.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { type Decide, everyVerb, type Request, wishOf } from "./request.ts";

/** What became of a wish for one destination, with the row as it is now. */
export type Outcome = {
  destination: Destination;
  result: "accepted" | "already" | "refused";
  /** Why it was refused. */
  error: OpsError | null;
  /** Which limit made the lease shorter than asked. */
  cappedBy: string | null;
};

type Needs = Pick<Ports, "clock" | "ids" | "destinations" | "bindings">;

const writeAttempts = 5;

/** The verbs by which anything is ever started or stopped: each writes an intent, and the loop does the rest. */
export type Intents = {
  start(request: Request): Promise<Outcome[]>;
  stop(request: Request): Promise<Outcome[]>;
  /** Stops those whose lease is over when the row is written; the others are left as they are. */
  endLeases(request: Request): Promise<Outcome[]>;
  /** Stops those that still have the intent that was seen and that nobody holds. */
  stopByRule(request: Request): Promise<Outcome[]>;
  extend(request: Request): Promise<Outcome[]>;
  /** Shortens the leases that end after `until`. */
  shrink(request: Request): Promise<Outcome[]>;
  hold(request: Request): Promise<Outcome[]>;
  release(request: Request): Promise<Outcome[]>;
};

/** Intents are durable when the promise resolves; one destination's refusal does not touch the others. */
export function createIntents(ports: Needs, policy: Policy): Intents {
  const each = (bindings: () => Promise<Bindings>) => (decide: Decide) => (request: Request) =>
    Promise.all(
      request.destinationIds.map((id) => {
        const intentId = request.intentIds?.[id] ?? ports.ids.next("intent");
        const wish = wishOf(request, { id, intentId, now: ports.clock.now() });
        return decideAndWrite({ id, wish, decide, bindings, ports, policy });
      }),
    );
  return {
    ...everyVerb(each(notNeeded)),
    start: each(() => ports.bindings.read())(decideStart),
  };
}

/** A stop must be possible whatever else cannot be read. */
const notNeeded = (): Promise<Bindings> =>
  Promise.resolve({ channelByPlatform: {}, sharedChannelId: null, flowArn: null });

type Task = {
  id: string;
  wish: Wish;
  decide: Decide;
  bindings(): Promise<Bindings>;
  ports: Needs;
  policy: Policy;
};

/** Reads, decides and writes with the version as read; another writer in between means deciding again. */
async function decideAndWrite(task: Task): Promise<Outcome> {
  for (let attempt = 1; attempt < writeAttempts; attempt++) {
    const outcome = await tryOnce(task);
    if (!isOpsError(outcome.error, "conflict") || outcome.decided) return outcome;
  }
  return tryOnce(task);
}

/** One try; `decided` is false when the answer is only that somebody else wrote in between. */
async function tryOnce(task: Task): Promise<Outcome & { decided: boolean }> {
  const { id, wish, decide, ports, policy } = task;
  const [all, bindings] = await Promise.all([ports.destinations.list(), task.bindings()]);
  const destination = all.find((each) => each.id === id);
  if (destination === undefined)
    throw new OpsError("not-found", "That destination does not exist any more.");
  const platform = platformOf(destination.platform);
  const decision = decide(wish, { destination, all, bindings, platform, policy });
  const outcome = { destination, error: null, cappedBy: null, decided: true };
  if (decision.kind === "already") return { ...outcome, result: "already" };
  if (decision.kind === "refuse") return { ...outcome, result: "refused", error: decision.error };
  try {
    const written = await ports.destinations.update(destination, decision.change);
    const { cappedBy } = decision;
    return { ...outcome, destination: written, result: "accepted", cappedBy };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const written = await writtenAllTheSame(task);
    if (written !== null) return { ...outcome, destination: written, result: "accepted" };
    return { ...outcome, result: "refused", error: unwritten(error), decided: false };
  }
}

/** A write whose answer was lost: the row says whether it happened. */
async function writtenAllTheSame({ id, wish, ports }: Task): Promise<Destination | null> {
  const isIt = (deed: Deed) => deed.id === wish.intentId;
  try {
    const row = await ports.destinations.find(id);
    const written = row.intent?.id === wish.intentId || row.deeds.some(isIt);
    return written ? row : null;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    return null;
  }
}

/** Why a wish could not be written, for the person who had it. */
const unwritten = (error: OpsError): OpsError =>
  error.code === "conflict"
    ? new OpsError("conflict", "Too many people are changing it at once.", { hint: "Try again." })
    : error;
