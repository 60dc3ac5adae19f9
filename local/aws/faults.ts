const requestKinds = ["throttle", "server-error", "lost-response", "hang", "reset"] as const;
const lifeKinds = ["stuck", "falls-back"] as const;
const eventKinds = ["lost", "doubled", "delayed"] as const;
const scheduleKinds = ["old-time"] as const;
const roleKinds = ["new-role"] as const;

export const faultKinds = [
  ...requestKinds,
  ...lifeKinds,
  ...eventKinds,
  ...scheduleKinds,
  ...roleKinds,
] as const;

/**
 * What meets a request: `throttle` and `server-error` answer an error, `reset` cuts the connection before anything
 * happens, `hang` never answers and does nothing, `lost-response` lets the effect happen and cuts the connection
 * instead of answering.
 */
export type RequestFaultKind = (typeof requestKinds)[number];

/**
 * What meets a channel after `StartChannel` or `StopChannel` was accepted, whoever asked: `stuck` leaves it STARTING or
 * STOPPING until the faults are cleared, `falls-back` ends a start in IDLE.
 */
export type LifeFaultKind = (typeof lifeKinds)[number];

/** What meets an event: `delayed` lets the next one overtake it, or keeps it until the faults are cleared. */
export type EventFaultKind = (typeof eventKinds)[number];

/**
 * What meets a schedule that is moved: it runs at its old time all the same, and at the new one too (Scheduler user guide,
 * troubleshooting: a change right before a time).
 */
export type ScheduleFaultKind = (typeof scheduleKinds)[number];

/** What meets a channel that a stack makes: its role is so new that MediaLive does not know it yet. */
export type RoleFaultKind = (typeof roleKinds)[number];

/**
 * `operation` may be `*`; `times` is how many requests it meets, counting the SDK's own retries. The service of events
 * is `events`, and its operations are their detail types.
 */
export type Fault = {
  service: string;
  operation: string;
  kind: (typeof faultKinds)[number];
  times: number;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** Uses up one of the faults waiting for requests of this operation. */
  takeRequest(service: string, operation: string): RequestFaultKind | null;
  /** Uses up one of the faults waiting for a channel that begins to start or to stop. */
  takeLife(operation: "StartChannel" | "StopChannel"): LifeFaultKind | null;
  /** Uses up one of the faults waiting for a schedule that is moved. */
  takeSchedule(): ScheduleFaultKind | null;
  /** Uses up one of the faults waiting for a channel that a stack makes. */
  takeRole(): RoleFaultKind | null;
  /** Uses up one of the faults waiting for events of this detail type. */
  takeEvent(detailType: string): EventFaultKind | null;
  /** Hears of `clear`; answers how to stop hearing. */
  onClear(listener: () => void): () => void;
};

export function createFaults(): Faults {
  const waiting: Fault[] = [];
  const listeners = new Set<() => void>();

  /** `kinds` are those that the asker knows how to meet. */
  const take = <K extends string>(kinds: readonly K[], service: string, operation: string) => {
    for (const [index, fault] of waiting.entries()) {
      const kind = kinds.find((each) => each === fault.kind);
      const meant = fault.operation === operation || fault.operation === "*";
      if (kind === undefined || fault.service !== service || !meant) continue;
      fault.times -= 1;
      if (fault.times <= 0) waiting.splice(index, 1);
      return kind;
    }
    return null;
  };

  return {
    add: (fault) => void waiting.push({ ...fault }),
    clear: () => {
      waiting.splice(0);
      for (const listener of listeners) listener();
    },
    list: () => waiting.map((fault) => ({ ...fault })),
    takeRequest: (service, operation) => take(requestKinds, service, operation),
    takeLife: (operation) => take(lifeKinds, "medialive", operation),
    takeSchedule: () => take(scheduleKinds, "scheduler", "UpdateSchedule"),
    takeRole: () => take(roleKinds, "medialive", "CreateChannel"),
    takeEvent: (detailType) => take(eventKinds, "events", detailType),
    onClear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const homes: Partial<Record<Fault["kind"], { service: string; operations: readonly string[] }>> = {
  stuck: { service: "medialive", operations: ["StartChannel", "StopChannel"] },
  "falls-back": { service: "medialive", operations: ["StartChannel"] },
  "new-role": { service: "medialive", operations: ["CreateChannel"] },
  "old-time": { service: "scheduler", operations: ["UpdateSchedule"] },
};

/** Why a fault could never meet anything, or null: each kind belongs to requests, to channels, to schedules or to events. */
export function misfitOf({ service, operation, kind }: Fault): string | null {
  const isEvent = eventKinds.some((each) => each === kind);
  if (isEvent !== (service === "events")) return `${kind} does not happen to ${service}.`;
  const home = homes[kind];
  if (home === undefined) return null;
  const fits = service === home.service && home.operations.includes(operation);
  return fits ? null : `${kind} happens to ${home.service} ${home.operations.join(" and ")} only.`;
}
