import type { Policy } from "../../src/domain/policy.ts";
import type { Ports } from "../../src/manager/ports.ts";
import type { SimOptions } from "./options.ts";
import type { NotifierSlack } from "./slack.ts";

/** A seeded bug: the same product with one promise of its parts broken. */
export type Mutant = {
  /** True for one that only shows in what is said. */
  messages?: true;
  /** Faults that bring it to light, in place of those that every mutant meets. */
  faults?: Partial<SimOptions["faults"]>;
  /** Where it is known to show soon; a hunt begins there. */
  ground?: { seed: number; days: number };
  /** Ports of one process that have the bug. */
  ports?(ports: Ports): Ports;
  slack?(slack: NotifierSlack): NotifierSlack;
  policy?(policy: Policy): Policy;
};
