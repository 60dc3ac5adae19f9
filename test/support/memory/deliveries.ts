import type { Deliveries } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

const hourMs = 3_600_000;

/** Slack deliveries by key; a claim is good for an hour. */
export function memoryDeliveries(outside: Outside): Deliveries {
  const until = new Map<string, number>();
  return {
    claim: (key) =>
      outside.pass("deliveries.claim", () => {
        const now = outside.clock.now().getTime();
        if ((until.get(key) ?? now) > now) return false;
        until.set(key, now + hourMs);
        return true;
      }),
  };
}
