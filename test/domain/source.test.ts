import { describe, expect, it } from "vitest";
import { carriesVideo, flowStates, toFlowState } from "../../src/domain/source.ts";

describe("the flow's states", () => {
  it("M6: carry video when active, and in the moments when an active flow is updating", () => {
    expect(flowStates.filter(carriesVideo)).toEqual(["active", "updating"]);
  });

  it.each([
    ["STANDBY", "standby"],
    ["ACTIVE", "active"],
    ["DREAMING", "unknown"],
    [null, "unknown"],
    [undefined, "unknown"],
  ])("reads %j as %s", (word, state) => {
    expect(toFlowState(word)).toBe(state);
  });
});
