import type { Destination } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import { platformOf } from "../domain/platforms/index.ts";
import type { Policy } from "../domain/policy.ts";
import { OpsError } from "../errors.ts";
import type { Intents, Outcome } from "./intents.ts";
import { type Decide, everyVerb, type Request, wishOf } from "./request.ts";

/** Intents that are decided as always and written nowhere. */
export type PlannedIntents = {
  intents: Intents;
  /** The rows as they would be. */
  rows(): readonly Destination[];
};

/** Decides on these facts; what is accepted changes the rows that later wishes are decided on. */
export function planIntents(facts: Facts, policy: Policy, now: Date): PlannedIntents {
  let rows = facts.destinations;

  function decideOne(decide: Decide, request: Request, id: string): Outcome {
    const destination = rows.find((each) => each.id === id);
    if (destination === undefined)
      throw new OpsError("not-found", "That destination does not exist any more.");
    const { bindings } = facts;
    const platform = platformOf(destination.platform);
    const wish = wishOf(request, { id, intentId: `planned_${id}`, now });
    const decision = decide(wish, { destination, all: rows, bindings, platform, policy });
    const outcome = { destination, error: null, cappedBy: null };
    if (decision.kind === "already") return { ...outcome, result: "already" };
    if (decision.kind === "refuse") return { ...outcome, result: "refused", error: decision.error };
    const after = { ...destination, ...decision.change };
    rows = rows.map((each) => (each.id === id ? after : each));
    return { destination: after, result: "accepted", error: null, cappedBy: decision.cappedBy };
  }

  const each = (decide: Decide) => (request: Request) =>
    Promise.resolve(request.destinationIds.map((id) => decideOne(decide, request, id)));
  return {
    rows: () => rows,
    intents: everyVerb(each),
  };
}
