import { OpsError } from "../../../src/errors.ts";
import type { Deliveries } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

const hourMs = 3_600_000;

/** Slack deliveries by key; a claim is good for an hour. */
export function memoryDeliveries(outside: Outside): Deliveries {
  const claims = new Map<string, { until: number; call: string | null }>();
  return {
    claim: (key, call = null) =>
      outside.pass("deliveries.claim", () => {
        const now = outside.clock.now().getTime();
        const last = claims.get(key);
        if (last === undefined || last.until <= now) {
          claims.set(key, { until: now + hourMs, call });
          return true;
        }
        if (call !== null && last.call === call) throw new OpsError("timed-out", "Interrupted.");
        return false;
      }),
  };
}
