import type { WorldData } from "../../world.ts";
import { isAttached } from "./validate-inputs.ts";

/** Puts each input that is not on its way in the state that the channels leave it in. */
export function settleAttachments({ channels, inputs }: WorldData) {
  const alive = Object.values(channels).filter(({ state }) => state !== "DELETED");
  for (const input of Object.values(inputs)) {
    if (input.state === "CREATING" || input.state === "DELETING") continue;
    const isUsed = alive.some(({ spec }) => isAttached(spec, input));
    input.state = isUsed ? "ATTACHED" : "DETACHED";
  }
}
