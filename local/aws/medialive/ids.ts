import { randomInt } from "node:crypto";

/** Seven digits, as MediaLive numbers channels and inputs; never one that is or was in use. */
export function freeId(taken: Readonly<Record<string, unknown>>): string {
  const id = String(randomInt(1_000_000, 10_000_000));
  return id in taken ? freeId(taken) : id;
}
