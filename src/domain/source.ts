/** The states of a MediaConnect flow (MediaConnect API model, `Status`), and `unknown` for a new word. */
export const flowStates = [
  "standby",
  "starting",
  "active",
  "updating",
  "stopping",
  "deleting",
  "error",
  "unknown",
] as const;

export type FlowState = (typeof flowStates)[number];

/**
 * What the flow receives. `connected` is null when nobody can say; figures are null when they are not measured.
 * Loss is in percent, the round trip in milliseconds.
 */
export type SourceReading = {
  connected: boolean | null;
  bitrateBps: number | null;
  rttMs: number | null;
  lossPercent: number | null;
};

/** One look at the flow and its source. */
export type FlowReading = { name: string; state: FlowState; source: SourceReading };

/** A source nobody has measured. */
export const unknownSource: SourceReading = {
  connected: null,
  bitrateBps: null,
  rttMs: null,
  lossPercent: null,
};

/** The state that AWS names (`STANDBY`). */
export function toFlowState(word: string | null | undefined): FlowState {
  const lower = (word ?? "").toLowerCase();
  return flowStates.find((state) => state === lower) ?? "unknown";
}

/** True while the flow carries video; `updating` is a moment of an active flow (a channel starts or stops). */
export const carriesVideo = (state: FlowState): boolean =>
  state === "active" || state === "updating";
