import { randomBytes } from "node:crypto";
import type { Ids } from "./manager/ports.ts";

/** New names: the kind, the time in base 36 so that they sort, and 40 random bits. */
export const createIds = (now: () => Date): Ids => ({
  next: (kind) => `${kind}_${now().getTime().toString(36)}${randomBytes(5).toString("hex")}`,
});
