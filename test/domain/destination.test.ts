import { describe, expect, it } from "vitest";
import { type ChannelState, channelStates } from "../../src/domain/channel.ts";
import { isSettled, type Phase, toStreamingStatus } from "../../src/domain/destination.ts";
import { sessionIdFrom } from "../../src/domain/session.ts";
import { isActive, type Stage } from "../../src/domain/view.ts";
import { aDestination, aDestinationView } from "../support/builders.ts";

const phases: Phase[] = ["accepted", "starting", "running", "stopping", "off", "failed"];

describe("a destination", () => {
  it("is settled only when nothing is wanted and nothing is still to happen", () => {
    const settled = (["on", "off"] as const).flatMap((desired) =>
      phases
        .filter((phase) => isSettled(aDestination({ desired, phase })))
        .map((phase) => `${desired} ${phase}`),
    );
    expect(settled).toEqual(["off off", "off failed"]);
  });

  it("tells the existing clients one of their three words, whatever its channel does", () => {
    const streaming: ChannelState[] = ["starting", "running", "recovering"];
    const error: ChannelState[] = ["create_failed", "update_failed", "deleted"];
    const expected = (state: ChannelState) =>
      streaming.includes(state) ? "streaming" : error.includes(state) ? "error" : "ready";
    for (const state of channelStates)
      expect([state, toStreamingStatus(state, "off")]).toEqual([state, expected(state)]);
  });

  it("is an error for them after a start that failed, unless the channel runs", () => {
    expect(toStreamingStatus("idle", "failed")).toBe("error");
    expect(toStreamingStatus("running", "failed")).toBe("streaming");
  });

  it("opens the same session for the same intent", () => {
    expect(sessionIdFrom("intent_7")).toBe("session_intent_7");
  });

  it("is active for people while it costs money or is about to", () => {
    const stages: Stage[] = [
      ...(["disabled", "no-channel", "off", "failed", "starting"] as const),
      ...(["running", "on-air", "stopping", "unknown"] as const),
    ];
    const active = stages.filter((stage) => isActive(aDestinationView({ stage })));
    expect(active).toEqual(["starting", "running", "on-air", "stopping"]);
  });
});
