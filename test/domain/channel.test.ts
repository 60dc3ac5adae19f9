import { describe, expect, it } from "vitest";
import {
  type ChannelState,
  canFollow,
  canStart,
  canStop,
  canUpdate,
  channelStates,
  isBilledRunning,
  isBroken,
  isInTransit,
  toChannelState,
} from "../../src/domain/channel.ts";

type Row = { may: string; bills?: true; moves?: true; broken?: true; next: string };

/** The rows of the MediaLive user guide, and `unknown` for what AWS may add: nothing is asked of it. */
const table: Record<ChannelState, Row> = {
  creating: { may: "", moves: true, next: "create_failed idle" },
  create_failed: { may: "", broken: true, next: "deleting" },
  idle: { may: "start update", next: "deleting starting updating" },
  starting: { may: "stop", bills: true, moves: true, next: "idle running stopping" },
  running: { may: "stop", bills: true, next: "recovering stopping" },
  recovering: { may: "stop", bills: true, moves: true, next: "running stopping" },
  stopping: { may: "", bills: true, moves: true, next: "idle" },
  updating: { may: "", moves: true, next: "idle update_failed" },
  update_failed: { may: "update", next: "deleting updating" },
  deleting: { may: "", moves: true, broken: true, next: "deleted" },
  deleted: { may: "", broken: true, next: "" },
  unknown: { may: "", next: "" },
};

describe("a channel's states", () => {
  it.each(channelStates)("lets %s be asked only for what AWS accepts then", (state) => {
    const may = [
      canStart(state) ? "start" : "",
      canStop(state) ? "stop" : "",
      canUpdate(state) ? "update" : "",
    ];
    expect(may.filter(Boolean).join(" ")).toBe(table[state].may);
  });

  it.each(channelStates)(
    "knows what %s costs, whether it passes, and whether it is broken",
    (state) => {
      expect([isBilledRunning(state), isInTransit(state), isBroken(state)]).toEqual([
        table[state].bills ?? false,
        table[state].moves ?? false,
        table[state].broken ?? false,
      ]);
    },
  );

  it.each(channelStates)("knows which states follow %s", (state) => {
    const next = channelStates.filter((each) => canFollow(state, each));
    expect(next.toSorted().join(" ")).toBe(table[state].next);
  });

  it.each([
    ["IDLE", "idle"],
    ["UPDATE_FAILED", "update_failed"],
    ["recovering", "recovering"],
    ["already_running", "running"],
    ["already_stopped", "idle"],
    ["FROZEN", "unknown"],
    ["", "unknown"],
    ["__proto__", "unknown"],
    [null, "unknown"],
    [undefined, "unknown"],
  ])("reads %j as %s", (word, state) => {
    expect(toChannelState(word)).toBe(state);
  });
});
