import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFaults } from "../../../local/aws/faults.ts";
import { createLife } from "../../../local/aws/life.ts";
import { seedWorld } from "../../../local/aws/seed.ts";
import { createWorld, type LocalChannelState, type World } from "../../../local/world.ts";
import { flowOf } from "../../support/the-flow.ts";

const id = "4710002";
let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = createWorld(seedWorld(0), () => 5_000);
});
afterEach(() => {
  vi.useRealTimers();
});

const aLife = (faults = createFaults()) => createLife(world, { stepMs: 2_000, faults });
const stateOf = () => world.data.channels[id]?.state;

test("a channel takes its time and remembers since when", () => {
  const life = aLife();
  life.moveChannel(id, "STARTING");
  vi.advanceTimersByTime(1_999);
  expect(stateOf()).toBe("STARTING");
  vi.advanceTimersByTime(1);
  expect(world.data.channels[id]).toMatchObject({ state: "RUNNING", changedAt: 5_000 });
});

test("a stop in the middle of a start wins", () => {
  const seen: (LocalChannelState | undefined)[] = [];
  const life = aLife();
  life.moveChannel(id, "STARTING");
  vi.advanceTimersByTime(1_000);
  world.onChange(() => seen.push(stateOf()));
  life.moveChannel(id, "STOPPING");
  vi.advanceTimersByTime(10_000);
  expect(stateOf()).toBe("IDLE");
  expect(seen).not.toContain("RUNNING");
});

test.each([
  ["CREATING", "IDLE"],
  ["STARTING", "RUNNING"],
  ["RECOVERING", "RUNNING"],
  ["STOPPING", "IDLE"],
  ["UPDATING", "IDLE"],
  ["DELETING", "DELETED"],
  ["UPDATE_FAILED", "UPDATE_FAILED"],
] as const)("a world that was saved while %s goes on to %s", (saved, settled) => {
  world.change(({ channels }) => void Object.assign(channels[id] ?? {}, { state: saved }));
  aLife();
  expect(stateOf()).toBe(saved);
  vi.advanceTimersByTime(2_000);
  expect(stateOf()).toBe(settled);
});

test("channels that start one after the other keep an active flow UPDATING", () => {
  const life = aLife();
  life.moveFlow("ACTIVE");
  life.moveChannel("4710002", "STARTING");
  vi.advanceTimersByTime(900);
  life.moveChannel("4710003", "STARTING");
  vi.advanceTimersByTime(900);
  expect(flowOf(world.data).status).toBe("UPDATING");
  vi.advanceTimersByTime(100);
  expect(flowOf(world.data).status).toBe("ACTIVE");
});

test("a standing flow is left alone, and nothing moves after closing", () => {
  const life = aLife();
  life.moveChannel(id, "STARTING");
  expect(flowOf(world.data).status).toBe("STANDBY");
  life.close();
  vi.advanceTimersByTime(10_000);
  expect(stateOf()).toBe("STARTING");
});

test("a jump of the clock passes the states on the way", () => {
  const seen: (LocalChannelState | undefined)[] = [];
  const life = aLife();
  life.moveChannel(id, "STARTING");
  world.onChange(() => seen.push(stateOf()));
  world.change(({ clock }) => void Object.assign(clock, { offsetMs: 60_000 }));
  expect(world.data.channels[id]).toMatchObject({ state: "RUNNING", changedAt: 65_000 });
  expect(new Set(seen)).toEqual(new Set(["RUNNING"]));
});

const aFault = (kind: "stuck" | "falls-back", operation = "StartChannel") => {
  const faults = createFaults();
  faults.add({ service: "medialive", operation, kind, times: 1 });
  return faults;
};

test("a start that falls back ends idle, the next one does not", () => {
  const life = aLife(aFault("falls-back"));
  for (const settled of ["IDLE", "RUNNING"]) {
    life.moveChannel(id, "STARTING");
    vi.advanceTimersByTime(2_000);
    expect(stateOf()).toBe(settled);
  }
});

test.each([
  { operation: "StartChannel", state: "STARTING", settled: "RUNNING" },
  { operation: "StopChannel", state: "STOPPING", settled: "IDLE" },
] as const)(
  "after $operation a stuck channel stays $state until the faults are cleared",
  (each) => {
    const faults = aFault("stuck", each.operation);
    const life = aLife(faults);
    life.moveChannel(id, each.state);
    vi.advanceTimersByTime(3_600_000);
    expect(stateOf()).toBe(each.state);
    faults.clear();
    vi.advanceTimersByTime(2_000);
    expect(stateOf()).toBe(each.settled);
  },
);

test("a stop gets a channel out of a start that is stuck", () => {
  const faults = aFault("stuck");
  const life = aLife(faults);
  life.moveChannel(id, "STARTING");
  life.moveChannel(id, "STOPPING");
  vi.advanceTimersByTime(2_000);
  faults.clear();
  vi.advanceTimersByTime(2_000);
  expect(stateOf()).toBe("IDLE");
});
