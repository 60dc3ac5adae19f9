import { OpsError } from "../errors.ts";
import type { Ids, Log } from "../manager/ports.ts";
import type { Message } from "./render/blocks.ts";
import { toErrorMessage, toInternalMessage } from "./render/error.ts";
import type { Moment } from "./render/text.ts";

/** Turns anything thrown into the one message that a person gets; what nobody foresaw gets a reference for the log. */
export function explain(error: unknown, needs: { ids: Ids; log: Log }, moment: Moment): Message {
  if (error instanceof OpsError && error.code !== "internal") {
    // Not its message: it may quote what was typed, and people type stream keys.
    needs.log.info("refused", { ...error.context, code: error.code });
    return toErrorMessage(error, moment);
  }
  const reference = needs.ids.next("error");
  needs.log.error("unforeseen", { reference, message: String(error) });
  return toInternalMessage(reference, moment);
}
