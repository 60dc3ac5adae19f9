import type { Destination } from "../../../src/domain/destination.ts";
import type { SimProcess } from "../process.ts";
import type { CheckContext } from "./context.ts";

/**
 * Who can know that a start has taken effect: whoever has seen the channel begin since, and everybody once a row says so.
 * Only a process that cannot may send it again (docs/decisions/0004).
 */
export function createKnownStarts({ timeline, seen }: Pick<CheckContext, "timeline" | "seen">) {
  const begunAt = new Map<string, number>();
  const accepted = new Set<string>();
  return {
    began(intentId: string): void {
      if (!begunAt.has(intentId)) begunAt.set(intentId, timeline.now());
    },
    written({ attempt }: Destination): void {
      if (attempt?.outcome === "accepted") accepted.add(attempt.intentId);
    },
    canKnow(process: SimProcess, channelId: string, intentId: string): boolean {
      const since = begunAt.get(intentId) ?? timeline.now();
      return accepted.has(intentId) || seen.hasSeenBegun(process, channelId, since);
    },
  };
}
