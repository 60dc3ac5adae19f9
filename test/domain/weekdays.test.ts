import { describe, expect, it } from "vitest";
import { spokenDays, typedDays, weekdaysIn } from "../../src/domain/weekdays.ts";

describe("days of the week", () => {
  it.each([
    ["sunday", [7]],
    ["Sundays", [7]],
    ["MON", [1]],
    ["tues", [2]],
    ["weds", [3]],
    ["thurs", [4]],
    ["mon-fri", [1, 2, 3, 4, 5]],
    ["sat-mon", [6, 7, 1]],
    ["fri-fri", [5]],
    ["weekdays", [1, 2, 3, 4, 5]],
    ["weekend", [6, 7]],
    ["daily", [1, 2, 3, 4, 5, 6, 7]],
  ])("are understood: %s", (typed, days) => {
    expect(weekdaysIn(typed)).toEqual(days);
  });

  it.each([
    "",
    "m",
    "mo",
    "someday",
    "constructor",
    "mon-",
    "-mon",
    "mon-tue-wed",
    "mon-xyz",
    "t",
    "s",
  ])("are none: %j", (typed) => {
    expect(weekdaysIn(typed)).toBeNull();
  });

  it("are said and typed in short", () => {
    expect(spokenDays([7])).toBe("Sundays");
    expect(spokenDays([1, 5])).toBe("Mondays and Fridays");
    expect(spokenDays([1, 3, 5])).toBe("Mondays, Wednesdays and Fridays");
    expect(spokenDays([1, 2, 3, 4, 5])).toBe("weekdays");
    expect(spokenDays([1, 2, 3, 4, 5, 6, 7])).toBe("every day");
    expect(typedDays([1, 3, 5])).toBe("mon,wed,fri");
  });
});
