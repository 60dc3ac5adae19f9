import { describe, expect, it } from "vitest";
import { collectUnreadable } from "../../src/aws/unreadable.ts";
import { memoryLog } from "../support/memory/process.ts";

describe("what cannot be read", () => {
  it("is remembered and logged once by its table and key", () => {
    const log = memoryLog();
    const { port, row } = collectUnreadable(log);
    for (let times = 0; times < 3; times++) {
      row("ops", { pk: "site#main#audit#2026-11", sk: "x", what: 7 });
      row("sessions", { session_id: "session_1" });
      row("ops", "no item");
    }
    const expected = [
      { table: "ops", key: "site#main#audit#2026-11 x" },
      { table: "sessions", key: "session_1" },
      { table: "ops", key: "no key" },
    ];
    expect(port.rows()).toEqual(expected);
    expect(log.lines).toEqual(
      expected.map((fields) => ({ level: "warn", event: "row-unreadable", fields })),
    );
  });

  it("P3 closed: does not grow with a table of another program", () => {
    const log = memoryLog();
    const { port, row } = collectUnreadable(log);
    for (let count = 0; count < 500; count++) row("ops", { pk: `row_${count}` });
    expect(port.rows()).toHaveLength(50);
    expect(log.lines).toHaveLength(50);
  });

  it("is, of the destinations, what the last reading of them left out", () => {
    const log = memoryLog();
    const { port, destinations } = collectUnreadable(log);
    const damaged = { destination_id: "d", name: "Twitch", platform: "twitch", desired_state: 1 };
    destinations([damaged, { pk: "no destination" }]);
    destinations([damaged]);
    expect(port.destinations()).toEqual([
      { id: "d", name: "Twitch", kind: "twitch", channelId: null },
    ]);
    expect(log.lines).toHaveLength(1);
    destinations([]);
    expect(port.destinations()).toEqual([]);
  });
});
