import type { Clock, Deliveries } from "../manager/ports.ts";
import { type OpsTable, putOps, readOps } from "./ops-table.ts";

const goodForSeconds = 3_600;

/** Slack deliveries, each claimed by a conditional write; whether an old claim still counts is decided by our clock. */
export function dynamoDeliveries(ops: OpsTable, clock: Clock): Deliveries {
  return {
    claim: async (key) => {
      const write_id = ops.ids.next("write");
      const now = Math.floor(clock.now().getTime() / 1_000);
      const where = { pk: `site#${ops.site}#delivery#${key}`, sk: "delivery" };
      const claimed = await putOps(
        ops,
        { ...where, write_id, expires_at: now + goodForSeconds },
        {
          condition: "attribute_not_exists(pk) OR expires_at <= :now",
          values: { ":now": now },
        },
      );
      return claimed || (await readOps(ops, where))?.write_id === write_id;
    },
  };
}
