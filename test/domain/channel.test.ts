import { describe, expect, it } from "vitest";
import {
  type ChannelState,
  canStart,
  canStop,
  canUpdate,
  channelStates,
  isBilledRunning,
  isBroken,
  isInTransit,
  toChannelState,
} from "../../src/domain/channel.ts";

type Row = { may: string; bills?: true; moves?: true; broken?: true };

/** The rows of the MediaLive user guide, and `unknown` for what AWS may add: nothing is asked of it. */
const table: Record<ChannelState, Row> = {
  creating: { may: "", moves: true },
  create_failed: { may: "", broken: true },
  idle: { may: "start update" },
  starting: { may: "stop", bills: true, moves: true },
  running: { may: "stop", bills: true },
  recovering: { may: "stop", bills: true, moves: true },
  stopping: { may: "", bills: true, moves: true },
  updating: { may: "", moves: true },
  update_failed: { may: "update" },
  deleting: { may: "", moves: true, broken: true },
  deleted: { may: "", broken: true },
  unknown: { may: "" },
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
