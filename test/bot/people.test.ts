import { describe, expect, it } from "vitest";
import { createPeople } from "../../src/bot/people.ts";
import type { SlackUser } from "../../src/bot/slack.ts";
import { SlackFailure } from "../../src/bot/slack-failure.ts";
import { memoryClock } from "../support/memory/clock.ts";
import { memoryLog } from "../support/memory/process.ts";

const ana = { userId: "U0ANA", name: "ana", teamId: null };
const roles = { operators: ["U0ANA"], admins: ["U0ADA"] };
const user = (overrides: Partial<SlackUser> = {}): SlackUser => ({
  name: "Ana",
  teamId: "T1",
  isBot: false,
  isGone: false,
  isGuest: false,
  ...overrides,
});
const down = () => Promise.reject(new SlackFailure("users.info", { kind: "unreachable" }));

function people(answer: () => Promise<SlackUser>) {
  const clock = memoryClock();
  let asked = 0;
  let next = answer;
  const slack = {
    user: () => {
      asked += 1;
      return next();
    },
  };
  const log = memoryLog();
  return {
    ...createPeople({ slack, clock, log, roles }),
    clock,
    asked: () => asked,
    from: (later: () => Promise<SlackUser>) => {
      next = later;
    },
  };
}

describe("people", () => {
  it("are asked for once in five minutes", async () => {
    const known = people(async () => user());
    await known.look(ana, "T1");
    await known.clock.advance(4 * 60_000);
    expect(await known.look(ana, "T1")).toEqual({ id: "U0ANA", name: "Ana", role: "operator" });
    expect(known.asked()).toBe(1);
    await known.clock.advance(60_000);
    await known.look(ana, "T1");
    expect(known.asked()).toBe(2);
  });

  it("keep their last known name, or the payload's, while Slack is silent", async () => {
    const known = people(down);
    expect(await known.look(ana, "T1")).toMatchObject({ name: "ana", role: "operator" });
    known.from(async () => user());
    await known.look(ana, "T1");
    known.from(down);
    await known.clock.advance(6 * 60_000);
    expect(await known.look(ana, "T1")).toMatchObject({ name: "Ana" });
  });

  it("do not keep a command waiting for their name", async () => {
    const known = people(() => new Promise(() => undefined));
    const looked = known.look(ana, "T1");
    await known.clock.advance(1_000);
    expect(await looked).toMatchObject({ name: "ana" });
  });

  const refused: [string, Partial<SlackUser>, string][] = [
    ["deactivated", { isGone: true }, "This account has been deactivated."],
    ["a program", { isBot: true }, "Only people can use patchbay, not programs."],
    ["of another workspace", { teamId: "T2" }, "Only people of this workspace can use patchbay."],
  ];
  it.each(refused)("are refused when %s", async (_, overrides, message) => {
    const known = people(async () => user(overrides));
    await expect(known.look(ana, "T1")).rejects.toMatchObject({ code: "not-allowed", message });
  });

  it("who are guests need a role of their own", async () => {
    const known = people(async () => user({ isGuest: true }));
    expect(await known.look(ana, "T1")).toMatchObject({ role: "operator" });
    await expect(known.look({ ...ana, userId: "U0GUEST" }, "T1")).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it.each([
    ["U0ANA", {}, { role: "operator", hasLeft: false }],
    ["U0ADA", { isGone: true }, { role: "admin", hasLeft: true }],
    ["U0BEN", {}, { role: "viewer", hasLeft: false }],
  ] as const)("stand as they are listed, here or not: %s", async (userId, overrides, standing) => {
    expect(await people(async () => user(overrides)).standing(userId)).toEqual(standing);
  });

  it("stand as they are listed, while nobody knows whether they are here", async () => {
    expect(await people(down).standing("U0ANA")).toEqual({ role: "operator", hasLeft: null });
  });
});
