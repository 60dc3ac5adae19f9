import type { Policy } from "../../src/domain/policy.ts";
import type { Ports } from "../../src/manager/ports.ts";
import type { Change } from "./forms.ts";
import type { NotifierSlack } from "./slack.ts";

/** A seeded bug: the same product with one promise of its parts broken. */
export type Mutant = {
  /** What its life has other than the rough form, so that it can come to light. */
  change?: Change;
  /** Where it is known to show soon; a hunt begins there. */
  ground?: { seed: number; days?: number };
  /** Ports of one process that have the bug. */
  ports?(ports: Ports): Ports;
  slack?(slack: NotifierSlack): NotifierSlack;
  policy?(policy: Policy): Policy;
};
