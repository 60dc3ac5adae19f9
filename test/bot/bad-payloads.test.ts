import { describe, expect, it } from "vitest";
import { createAnswerTo } from "../../src/bot/answer-to.ts";
import { createAnswers } from "../../src/bot/answers.ts";
import { createFrontDoor } from "../../src/bot/front-door.ts";
import type { Message } from "../../src/bot/render/blocks.ts";
import type { CommandLine } from "../../src/commands/run.ts";
import { aLine } from "../support/bot.ts";
import { aWorld, type World } from "../support/world.ts";

const teamId = "T1";
const slash = {
  command: "/stream",
  text: "stop all",
  team_id: teamId,
  user_id: "U0ANA",
  user_name: "ana",
  channel_id: "C1",
  response_url: "https://hooks.slack.example/answer",
  trigger_id: "1.2.a",
  is_enterprise_install: "false",
};
const button = {
  type: "button",
  action_id: "run:0",
  block_id: "b",
  value: JSON.stringify({ c: "stop dest_twitch", seen: "intent_1", ok: true }),
};
const press = {
  type: "block_actions",
  trigger_id: "1.3.b",
  team: { id: teamId, domain: "t" },
  user: { id: "U0ANA", username: "ana", team_id: teamId },
  channel: { id: "C1" },
  container: { type: "message", message_ts: "1.0", channel_id: "C1" },
  actions: [button],
};
const home = {
  type: "event_callback",
  team_id: teamId,
  event_id: "Ev1",
  event: { type: "app_home_opened", user: "U0ANA", tab: "home" },
};
const without = (payload: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));
const pressing = (overrides: object) => ({ ...press, actions: [{ ...button, ...overrides }] });

/** A front door whose people are all known, with everything that it says and lets through. */
function aDoor(world: World = aWorld()) {
  const lines: CommandLine[] = [];
  const told: Message[] = [];
  const whisper = async (_: unknown, message: Message) => void told.push(message);
  const slack = {
    whisper,
    publishHome: whisper,
    post: async ({ message }: { message: Message }) => {
      told.push(message);
      return "1.0";
    },
  };
  const answerTo = createAnswerTo({
    ...world.ports,
    site: { zone: "UTC", defaultLeaseMinutes: 240 },
    people: { look: async ({ userId }) => ({ id: userId, name: "Ana", role: "operator" }) },
    commands: {
      run: async (line) => {
        lines.push(line);
        return aLine("done");
      },
    },
  });
  const answers = createAnswers({ slack, log: world.log, standIn: null });
  const door = createFrontDoor({ ...world.ports, answerTo, answers, slack });
  const acks: (object | undefined)[] = [];
  const deliver = (payload: unknown, key: string | null = null) =>
    door.handle(payload, async (response) => void acks.push(response), { teamId, key });
  /** As `work` does with what was acknowledged before it came. */
  const deliverLater = (payload: unknown) => door.handle(payload, null, { teamId, key: null });
  const words = () => [...acks, ...told].map((each) => JSON.stringify(each ?? "")).join("\n");
  return { lines, told, acks, deliver, deliverLater, words, world };
}

describe("a payload that is fine", () => {
  it.each([
    ["a command", slash, { text: "stop all", confirmed: false, seen: null }],
    ["a command without text", without(slash, "text"), { text: "" }],
    ["a press", press, { text: "stop dest_twitch", confirmed: true, seen: "intent_1" }],
    ["a press on the Home tab", without(press, "channel"), { text: "stop dest_twitch" }],
    ["the Home tab", home, { text: "" }],
  ])("acts: %s", async (_, payload, line) => {
    const door = aDoor();
    await door.deliver(payload);
    expect(door.lines[0]).toMatchObject(line);
    expect(door.words()).toContain("done");
  });

  it("is answered where the person is when it was acknowledged before", async () => {
    const door = aDoor();
    await door.deliverLater(slash);
    expect(door.lines).toMatchObject([{ text: "stop all" }]);
    expect(door.told).toHaveLength(1);
    expect(door.words()).toContain("done");
    expect(door.acks).toEqual([]);
  });
});

const notKnown = "This button is not one that patchbay knows.";
const otherTeam = "This patchbay belongs to another workspace.";
const unreadable = "patchbay could not read that.";

describe("a bad payload does nothing, and is answered calmly", () => {
  const cases: [string, unknown, string][] = [
    ["nothing at all", undefined, unreadable],
    ["a string", "payload", unreadable],
    ["an empty object", {}, unreadable],
    ["a list", [slash], unreadable],
    ["an unknown type", { type: "shortcut", team: { id: teamId } }, unreadable],
    ["an unknown event", { ...home, event: { type: "message", bot_id: "B1" } }, unreadable],
    ["a command without user", without(slash, "user_id"), unreadable],
    ["a command without trigger", without(slash, "trigger_id"), unreadable],
    ["a doubled field", { ...slash, text: ["stop", "all"] }, unreadable],
    ["another command", { ...slash, command: "/deploy" }, unreadable],
    ["a huge text", { ...slash, text: "x".repeat(4_000_000) }, unreadable],
    ["a press without user", without(press, "user"), unreadable],
    ["a press without actions", without(press, "actions"), unreadable],
    ["an empty list of actions", { ...press, actions: [] }, unreadable],
    ["prototype tricks", JSON.parse('{"__proto__":{"command":"/stream"}}'), unreadable],
    ["a command of another workspace", { ...slash, team_id: "T2" }, otherTeam],
    ["a command without workspace", without(slash, "team_id"), otherTeam],
    ["an enterprise install", { ...press, team: null, enterprise: { id: "E1" } }, otherTeam],
    ["a press of another workspace", { ...press, team: { id: "T2" } }, otherTeam],
    ["an unknown action", pressing({ action_id: "other:0" }), notKnown],
    ["a select in place of a button", pressing({ type: "static_select" }), notKnown],
    ["an action that is no object", { ...press, actions: ["run:0"] }, notKnown],
    ["a button without value", pressing({ value: undefined }), notKnown],
    ["a value that is not JSON", pressing({ value: "stop all" }), notKnown],
    ["a value of another shape", pressing({ value: '["stop all"]' }), notKnown],
    ["a value without command", pressing({ value: '{"seen":null}' }), notKnown],
    ["a value with odd types", pressing({ value: '{"c":"stop x","seen":7}' }), notKnown],
    ["a value that is too long", pressing({ value: `{"c":"${"x".repeat(3_000)}"}` }), notKnown],
    ["a null value", pressing({ value: "null" }), notKnown],
  ];
  it.each(cases)("%s", async (_, payload, answer) => {
    const door = aDoor();
    await door.deliver(payload);
    expect(door.lines).toEqual([]);
    expect(door.acks).toHaveLength(1);
    expect(door.words()).toContain(answer);
    expect(door.words()).not.toMatch(/at \w+ \(|Error:|stack/);
  });
});

it("takes a delivery without an id by the key that it came with, once", async () => {
  const door = aDoor();
  for (const payload of [without(slash, "trigger_id"), without(press, "trigger_id")]) {
    const key = `signature of ${Object.keys(payload).length}`;
    await door.deliver(payload, key);
    await door.deliver(payload, key);
  }
  expect(door.lines).toMatchObject([{ text: "stop all" }, { text: "stop dest_twitch" }]);
});

it("leaves it to the command what a button of yesterday means", async () => {
  const door = aDoor();
  await door.world.clock.advance(24 * 3_600_000);
  await door.deliver(press);
  expect(door.lines).toMatchObject([{ seen: "intent_1" }]);
});

describe("a delivery that comes twice", () => {
  it.each([
    ["command", slash],
    ["press", press],
    ["event", home],
  ])("acts once, also after a restart: %s", async (_, payload) => {
    const world = aWorld();
    const [first, restarted] = [aDoor(world), aDoor(world)];
    await first.deliver(payload);
    await first.deliver(payload);
    await restarted.deliver(payload);
    expect([first.lines.length, restarted.lines.length]).toEqual([1, 0]);
    expect(restarted.acks.filter((response) => response !== undefined)).toEqual([]);
  });

  it("does nothing while it cannot be told whether it has come before", async () => {
    const world = aWorld();
    world.failNext("deliveries.claim", new Error("store is down"));
    const door = aDoor(world);
    await door.deliver(slash);
    expect(door.lines).toEqual([]);
    expect(door.words()).toContain("Something went wrong inside patchbay.");
    expect(door.words()).not.toContain("store is down");
  });
});

it("sends no answer to an address that is not Slack's", async () => {
  const door = aDoor();
  await door.deliver({ ...press, response_url: "https://hooks.slack.com.evil.example/x" });
  expect(door.told).toHaveLength(1);
});
