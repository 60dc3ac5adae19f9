import { min } from "date-fns/min";
import { subMinutes } from "date-fns/subMinutes";
import type { Actor } from "../domain/destination.ts";
import type { Policy } from "../domain/policy.ts";
import { bind, type SiteMemory } from "../domain/site.ts";
import { decideStray, type StrayDecision, type StrayWish } from "../domain/stray.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { record } from "./record.ts";

type StrayRequest = Omit<StrayWish, "now" | "longestMinutes"> & {
  channelId: string;
  /** A shorter limit than the site's own; null for none. */
  maxLeaseMinutes: number | null;
  by: Actor;
};

/** What people do about what runs for no destination: it is written into the site's memory, and the loop makes it so. */
export type Strays = {
  /** Moves the end of such a channel. Throws `not-found` when it does not run, `conflict` when it is a destination's. */
  moveEnd(request: StrayRequest): Promise<StrayDecision>;
  /** Keeps the flow warm no longer: whether nobody needs it the loop asks again, right before its stop. */
  coolFlow(by: Actor): Promise<void>;
};

type Needs = Pick<
  Ports,
  "siteMemory" | "destinations" | "bindings" | "audit" | "clock" | "ids" | "log"
>;

const writeAttempts = 5;

/** `onWish` is called after each, to wake the loop. */
export const createStrays = (ports: Needs, policy: Policy, onWish: () => void): Strays => ({
  async moveEnd({ channelId, maxLeaseMinutes, by, ...asked }) {
    await refuseRows(channelId, ports);
    const longestMinutes = Math.min(
      policy.maxLeaseMinutes,
      maxLeaseMinutes ?? Number.POSITIVE_INFINITY,
    );
    const wish = { ...asked, longestMinutes, now: ports.clock.now() };
    const { decision, before } = await change(ports, (memory) => {
      const stranger = memory.strangers.find((each) => each.channelId === channelId);
      if (stranger === undefined) throw unknown(channelId);
      const made = decideStray(wish, stranger);
      const strangers = memory.strangers.map((each) => (each === stranger ? made.stranger : each));
      const next = made.result === "accepted" ? { ...memory, strangers } : null;
      return { next, decision: made, before: stranger.until };
    });
    if (decision.result !== "accepted") return decision;
    const { until } = decision.stranger;
    await record(ports, {
      what: until <= wish.now ? "stop" : "extend",
      object: `channel ${channelId}`,
      by,
      before: before.toISOString(),
      after: until.toISOString(),
    });
    onWish();
    return decision;
  },
  async coolFlow(by) {
    const now = ports.clock.now();
    const cold = subMinutes(now, policy.keepWarmMinutes);
    await change(ports, (memory) => {
      const flowQuietSince = min([memory.flowQuietSince ?? now, cold]);
      return { next: { ...memory, flowQuietSince } };
    });
    await record(ports, { what: "stop", object: "the flow", by });
    onWish();
  },
});

/** Reads, decides and writes; another writer in between means deciding again. Null is nothing to write. */
async function change<T extends { next: SiteMemory | null }>(
  { siteMemory }: Needs,
  decide: (memory: SiteMemory) => T,
): Promise<T> {
  for (let attempt = 0; attempt < writeAttempts; attempt++) {
    const decided = decide(await siteMemory.read());
    if (decided.next === null) return decided;
    try {
      await siteMemory.write(decided.next);
      return decided;
    } catch (error) {
      if (!isOpsError(error, "conflict")) throw error;
    }
  }
  throw new OpsError("conflict", "Too many are changing what is remembered of the site.", {
    hint: "Try again.",
  });
}

/** A destination's channel goes by the destination's own end. */
async function refuseRows(channelId: string, ports: Needs): Promise<void> {
  const [rows, bindings] = await Promise.all([ports.destinations.list(), ports.bindings.read()]);
  const row = rows.find((each) => bind(each, bindings)?.channelId === channelId);
  if (row === undefined) return;
  throw new OpsError("conflict", `Channel ${channelId} is ${row.name}'s.`, {
    hint: `Name the destination: \`/stream stop ${row.id}\`.`,
  });
}

const unknown = (channelId: string): OpsError =>
  new OpsError("not-found", `No channel ${channelId} of this site runs without a destination.`, {
    hint: "`/stream sync` says what runs for nobody.",
  });
