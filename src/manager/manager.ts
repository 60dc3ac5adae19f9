import type { Announcement } from "../domain/announcement.ts";
import type { AuditEntry } from "../domain/audit.ts";
import type { Destination } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import type { Policy } from "../domain/policy.ts";
import { type Costs, createCosts } from "./costs.ts";
import { gather } from "./gather.ts";
import { createIntents, type Intents } from "./intents.ts";
import { createLeaks, type Leaks } from "./leaks.ts";
import { inOrder } from "./order.ts";
import type { Ports } from "./ports.ts";
import { createReconciler, type Reconciler } from "./reconcile.ts";
import { createRequests, type Requests } from "./requests.ts";
import { createSpecReader } from "./sessions.ts";
import { createSettings, type SettingsStore } from "./settings.ts";
import { createShows, type Shows } from "./shows.ts";
import { createStrays, type Strays } from "./strays.ts";

/** The verbs of the product over one site. `onIntent` is called after each accepted wish, to wake the loop. */
export type Manager = Reconciler & {
  intents: Intents;
  shows: Shows;
  costs: Costs;
  settings: SettingsStore;
  requests: Requests;
  leaks: Leaks;
  strays: Strays;
  /** Tells the conversation something once; true when it was told now. */
  say(announcement: Announcement): Promise<boolean>;
  /** The latest lines of the audit, newest first. */
  history(options: { destinationId?: string; limit: number }): Promise<AuditEntry[]>;
  /** The facts as they are now, for those who decide on them; changes nothing. */
  facts(): Promise<Facts>;
  destinations(): Promise<Destination[]>;
};

export function createManager(ports: Ports, policy: Policy, onIntent: () => void): Manager {
  const intents = createIntents(ports, policy);
  const waking =
    (verb: keyof Intents): Intents[typeof verb] =>
    async (request) => {
      try {
        return await intents[verb](request);
      } finally {
        onIntent();
      }
    };
  const specs = createSpecReader(ports);
  const costs = createCosts(ports, policy, specs);
  return {
    ...createReconciler(ports, policy, { specs, costs }),
    costs,
    facts: async () => (await gather(ports)).facts,
    intents: {
      start: waking("start"),
      stop: waking("stop"),
      endLeases: waking("endLeases"),
      stopByRule: waking("stopByRule"),
      extend: waking("extend"),
      shrink: waking("shrink"),
      hold: waking("hold"),
      release: waking("release"),
    },
    shows: createShows(ports),
    settings: createSettings(ports),
    requests: createRequests(ports),
    leaks: createLeaks(ports, policy.zone),
    strays: createStrays(ports, policy, onIntent),
    async say(announcement) {
      const added = await ports.announcements.add(announcement);
      ports.notifier.announce();
      return added;
    },
    history: (options) => ports.audit.latest(options),
    destinations: async () => inOrder(await ports.destinations.list()),
  };
}
