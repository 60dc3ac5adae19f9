import {
  carriesVideo,
  type FlowReading,
  type FlowState,
  type SourceReading,
  unknownSource,
} from "../../../src/domain/source.ts";
import { OpsError } from "../../../src/errors.ts";
import type { Flows } from "../../../src/manager/ports.ts";
import type { Outside, WorldCall } from "./outside.ts";

export type MemoryFlows = Flows & {
  setState(state: FlowState): void;
  setSource(source: Partial<SourceReading>): void;
  stateOf(): FlowState;
  /** A channel has started or stopped: an active flow is `updating` for a moment. */
  disturb(): void;
};

type Options = {
  flowArn: string;
  state?: FlowState;
  source?: Partial<SourceReading>;
  startMs?: number;
  stopMs?: number;
  updatingMs?: number;
  /** Told of each state that the flow enters, and of when it will leave it by itself. */
  onEnter?: (state: FlowState, due: Date | null) => void;
};

const name = "srt-router";

/** One MediaConnect flow as a state machine: only standby starts, only active stops. */
export function memoryFlows(outside: Outside, options: Options): MemoryFlows {
  const { flowArn, startMs = 1_000, stopMs = 1_000, updatingMs = 1_000 } = options;
  let state: FlowState = options.state ?? "standby";
  let due: { at: number; state: FlowState } | null = null;
  let source: SourceReading = { ...unknownSource, ...options.source };
  const now = () => outside.clock.now().getTime();

  const current = (): FlowState => {
    if (due !== null && due.at <= now()) enter(due.state);
    return state;
  };
  const enter = (next: FlowState, later: typeof due = null) => {
    state = next;
    due = later;
    options.onEnter?.(state, due && new Date(due.at));
  };
  const find = (arn: string) => {
    if (arn !== flowArn) throw new OpsError("not-found", "AWS does not know this flow.");
    return current();
  };
  const move = (call: WorldCall, allowed: FlowState, arn: string) => {
    const was = find(arn);
    if (was !== allowed) {
      outside.calls.push({ ...call, refused: "conflict" });
      throw new OpsError("conflict", `The flow is ${was}, so AWS refused this.`);
    }
    outside.calls.push(call);
  };
  const reading = (): FlowReading => {
    if (!carriesVideo(state)) return { name, state, source: unknownSource };
    const seen = source.connected === false ? { ...unknownSource, connected: false } : source;
    return { name, state, source: { ...seen } };
  };

  return {
    read: (arn) =>
      outside.pass("flows.read", () => {
        find(arn);
        return reading();
      }),
    start: (arn) =>
      outside.pass("flows.start", () => {
        move({ call: "start-flow" }, "standby", arn);
        enter("starting", { at: now() + startMs, state: "active" });
      }),
    stop: (arn) =>
      outside.pass("flows.stop", () => {
        move({ call: "stop-flow" }, "active", arn);
        enter("stopping", { at: now() + stopMs, state: "standby" });
      }),
    setState: (next) => enter(next),
    setSource: (change) => {
      source = { ...source, ...change };
    },
    stateOf: current,
    disturb: () => {
      if (current() === "active" && updatingMs > 0)
        enter("updating", { at: now() + updatingMs, state: "active" });
    },
  };
}
