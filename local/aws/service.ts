import type { World } from "../world.ts";
import type { MadeResources } from "./cloudformation/made.ts";
import type { Faults } from "./faults.ts";
import type { Life } from "./life.ts";
import type { Parameters } from "./parameters.ts";
import type { Schedules } from "./scheduler/schedules.ts";
import type { Queues } from "./sqs/queues.ts";

/** How much of something AWS allows in this region; it can be raised while the world runs. */
export type Quotas = { channels: number };

/** What the handlers of all services work on. */
export type Site = {
  world: World;
  life: Life;
  parameters: Parameters;
  queues: Queues;
  schedules: Schedules;
  made: MadeResources;
  faults: Pick<Faults, "takeSchedule" | "takeRole">;
  region: string;
  srtPort: number;
  quotas: Quotas;
  /** Epoch milliseconds at which this local AWS was opened. */
  openedAt: number;
  /** Ends what is still waited for when the local AWS closes. */
  closing: AbortSignal;
};

/** Runs the effect of an operation, or the fault that waits for it; `tables` are what it is asked on. */
export type Guard = (
  operation: string,
  effect: () => Promise<Response>,
  tables?: readonly string[],
) => Promise<Response>;

/** One AWS service behind the port: its SigV4 scope, what it answers, and how. */
export type Service = {
  scope: string;
  /** Regions in which it is asked; that of the site if absent. */
  regions?: readonly string[];
  operations: readonly string[];
  fetch(request: Request, guard: Guard): Promise<Response> | Response;
};
