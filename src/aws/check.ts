import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "../manager/ports.ts";
import { isPassing } from "./errors.ts";

type Checked = Pick<Ports, "bindings"> & {
  destinations: Pick<Ports["destinations"], "list">;
  siteMemory: Pick<Ports["siteMemory"], "read">;
  /** Rejects when the SDK's own chain finds no region. */
  region: () => Promise<string>;
};

/**
 * Reads once what no pass can do without, and throws `not-configured` naming everything that is missing: the region,
 * credentials, a stack, a table, a permission. An AWS that cannot be reached now is not missing, and is no error.
 */
export async function checkAws({ region, ...ports }: Checked): Promise<void> {
  await region().catch(() => {
    throw new OpsError(
      "not-configured",
      "AWS needs a region: set AWS_REGION, or one in the profile.",
    );
  });
  const reads = [ports.bindings.read(), ports.destinations.list(), ports.siteMemory.read()];
  const results = await Promise.allSettled<unknown>(reads);
  const missing = results.flatMap((each) =>
    each.status === "rejected" && !isPassing(each.reason) ? [toWords(each.reason)] : [],
  );
  if (missing.length > 0) throw new OpsError("not-configured", [...new Set(missing)].join(" "));
}

/** What is not an `OpsError` is a fault of ours and not of the configuration. */
function toWords(reason: unknown): string {
  if (!isOpsError(reason)) throw reason;
  return reason.message;
}
