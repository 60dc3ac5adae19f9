import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Broadcast } from "../domain/broadcast.ts";
import { billedOnce } from "../domain/cost/billed-once.ts";
import { always } from "../domain/cost/interval.ts";
import { linesOf } from "../domain/cost/lines.ts";
import type { BilledSession, Pricing } from "../domain/cost/session-meter.ts";
import type { Session } from "../domain/session.ts";
import type { SessionView } from "../domain/view.ts";

/** What each session of a broadcast came to, oldest first; one that nobody closed ends with the broadcast. */
export function sessionViews(
  sessions: readonly Session[],
  broadcast: Broadcast | null,
  pricing: Pricing,
): SessionView[] {
  const own = sessions
    .filter(({ broadcastId }) => broadcastId === broadcast?.id)
    .map((each) => ({ ...each, endedAt: each.endedAt ?? broadcast?.endedAt ?? null }));
  return billedOnce(own, pricing.now).map((session) => toSessionView(session, pricing));
}

function toSessionView(session: BilledSession, pricing: Pricing): SessionView {
  const [line] = linesOf([session], { pricing, period: always, absent: [] });
  const { runningAt, endedAt } = session;
  return {
    destinationId: session.destinationId,
    name: session.destinationName,
    minutes: runningAt === null ? 0 : differenceInMinutes(endedAt ?? pricing.now, runningAt),
    usd: line?.usd ?? 0,
    failed: session.status === "error",
    savedUsd: line?.saved.usd ?? 0,
  };
}
