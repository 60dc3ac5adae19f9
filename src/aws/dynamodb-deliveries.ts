import { OpsError } from "../errors.ts";
import type { Clock, Deliveries } from "../manager/ports.ts";
import { type OpsTable, putOps, readOps } from "./ops-table.ts";

const goodForSeconds = 3_600;

/** Slack deliveries, each claimed by a conditional write; whether an old claim still counts is decided by our clock. */
export function dynamoDeliveries(ops: OpsTable, clock: Clock): Deliveries {
  return {
    claim: async (key, call = null) => {
      const write_id = ops.ids.next("write");
      const now = Math.floor(clock.now().getTime() / 1_000);
      const where = { pk: `site#${ops.site}#delivery#${key}`, sk: "delivery" };
      const claimed = await putOps(
        ops,
        { ...where, write_id, call, expires_at: now + goodForSeconds },
        {
          condition: "attribute_not_exists(pk) OR expires_at <= :now",
          values: { ":now": now },
        },
      );
      if (claimed) return true;
      const row = await readOps(ops, where);
      if (row?.write_id === write_id) return true;
      if (call !== null && row?.call === call) throw brokenOff();
      return false;
    },
  };
}

const brokenOff = () =>
  new OpsError("timed-out", "patchbay was interrupted while it worked on this.");
