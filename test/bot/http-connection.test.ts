import { describe, expect, it } from "vitest";
import { team } from "../../local/slack/people.ts";
import { untilTrue } from "../support/bot.ts";
import { aConnectedHttpBot, anHttpBot, form, signingSecret, slashOf } from "../support/http-bot.ts";
import { slackPeople, startLocalSlack } from "../support/local-slack.ts";

const { ana } = slackPeople;
const json = "application/json";
const stop = () => slashOf("stop all");
const homeOf = (over: object = {}) =>
  JSON.stringify({
    type: "event_callback",
    team_id: team.id,
    event_id: "Ev0001",
    event: { type: "app_home_opened", user: ana, tab: "home" },
    ...over,
  });
const pressOf = (over: object = {}) => {
  const value = JSON.stringify({ c: "stop dest_twitch" });
  const payload = {
    type: "block_actions",
    trigger_id: "press.1",
    team: { id: team.id },
    user: { id: ana, username: "ana", team_id: team.id },
    channel: { id: "C0LIVE00001" },
    actions: [{ type: "button", action_id: "run:0", value }],
    ...over,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
};

describe("what Slack has signed", () => {
  it("is a command, and is answered on the spot", async () => {
    const { deliver, lines } = await aConnectedHttpBot();
    const { status, words } = await deliver(slashOf("start twitch"));
    expect(status).toBe(200);
    expect(JSON.parse(words)).toMatchObject({ response_type: "ephemeral", text: "done" });
    expect(lines).toMatchObject([{ text: "start twitch", asker: { id: ana, role: "operator" } }]);
  });

  it("may name its charset", async () => {
    const { deliver, lines } = await aConnectedHttpBot();
    expect((await deliver(slashOf("é 😀"), `${form}; charset=utf-8`)).status).toBe(200);
    expect(lines).toMatchObject([{ text: "é 😀" }]);
  });

  it("is a press, whose answer comes another way", async () => {
    const { deliver, lines } = await aConnectedHttpBot();
    expect(await deliver(pressOf())).toEqual({ status: 200, words: "" });
    await expect.poll(() => lines).toMatchObject([{ text: "stop dest_twitch" }]);
  });

  it("is an event, which shows the Home tab", async () => {
    const { deliver, lines, slack } = await aConnectedHttpBot();
    expect(await deliver(homeOf(), `${json}; charset=utf-8`)).toEqual({ status: 200, words: "" });
    await expect.poll(async () => (await slack.state(ana)).home).not.toBeNull();
    expect(lines).toMatchObject([{ text: "" }]);
  });

  it("is the question whether the address is ours", async () => {
    const { deliver, lines } = await aConnectedHttpBot();
    for (const challenge of ["3eZbrw1aB1", "x".repeat(60_000)]) {
      const { status, words } = await deliver(
        JSON.stringify({ type: "url_verification", token: "t", challenge }),
        json,
      );
      expect([status, JSON.parse(words)]).toEqual([200, { challenge }]);
    }
    expect(lines).toEqual([]);
  });

  it("does nothing when it comes twice, byte for byte", async () => {
    const { send, sign, lines } = await aConnectedHttpBot();
    for (const [body, type] of [
      [slashOf("start twitch"), form],
      [pressOf(), form],
      [slashOf("start youtube", { trigger_id: "" }).replace("&trigger_id=", ""), form],
      [homeOf(), json],
    ] as const) {
      const before = lines.length;
      const headers = sign(body, type);
      expect((await send({ body, headers })).status).toBe(200);
      await expect.poll(() => lines).toHaveLength(before + 1);
      expect(await send({ body, headers })).toEqual({ status: 200, words: "" });
      expect(lines).toHaveLength(before + 1);
    }
  });

  it.each<[what: string, body: string, type: string, words: string]>([
    [
      "a command of another workspace",
      slashOf("stop", { team_id: "T2" }),
      form,
      "another workspace",
    ],
    ["a command without its person", slashOf("stop", { user_id: "" }), form, "could not read that"],
    ["a doubled field", `${slashOf("stop")}&text=all`, form, "could not read that"],
    ["another command", slashOf("stop", { command: "/deploy" }), form, "could not read that"],
    ["a field as a list", `${slashOf("")}&text[]=stop`, form, "done"],
    ["10 000 fields", `${slashOf("")}${"&a=1".repeat(10_000)}`, form, "done"],
    ["bytes that are no UTF-8", `${slashOf("")}%FF%FE&b=\u0000`, form, "done"],
    ["a shortcut", pressOf({ type: "shortcut", callback_id: "x" }), form, "could not read that"],
    ["an empty list of actions", pressOf({ actions: [] }), form, "could not read that"],
    ["an enterprise install", pressOf({ team: null, enterprise: { id: "E1" } }), form, ""],
    ["an altered button", pressOf({ actions: [{ type: "button", action_id: "run:0" }] }), form, ""],
    ["an event of the bot itself", homeOf({ event: { type: "message", bot_id: "B1" } }), json, ""],
    ["an event of another workspace", homeOf({ team_id: "T2" }), json, ""],
    ["an event that is null", homeOf({ event: null }), json, ""],
    ["an event without kind", homeOf({ event: {} }), json, ""],
  ])("is answered calmly whatever it is: %s", async (...[, body, type, words]) => {
    const { deliver, lines } = await aConnectedHttpBot();
    const answer = await deliver(body, type);
    expect(answer.status).toBe(200);
    expect(answer.words).toContain(words);
    expect(answer.words).not.toMatch(/at \w+ \(|Error:|stack/);
    expect(lines.map(({ text }) => text).filter((text) => /stop|all/.test(text))).toEqual([]);
  });
});

it("lets the API have everything else", async () => {
  const { send, sign, lines } = await aConnectedHttpBot();
  const body = stop();
  const headers = sign(body);
  for (const other of [
    { path: "/slack/events", method: "PUT" },
    { path: "/slack/events/" },
    { path: "/slack" },
    { path: "//slack/events" },
    { path: "/slack%2Fevents" },
  ])
    expect(await send({ body, headers, ...other }), other.path).toMatchObject({ status: 404 });
  const { status, words } = await send({ method: "GET", path: "/slack/events" });
  expect([status, JSON.parse(words)]).toMatchObject([404, { message: "No such route." }]);
  expect((await send({ method: "GET", path: "/healthz" })).words).toContain('"slack_mode":"http"');
  expect(lines).toEqual([]);
});

it("takes a query after the path as part of the same address", async () => {
  const { send, sign } = await aConnectedHttpBot();
  const body = slashOf("status");
  expect((await send({ body, headers: sign(body), path: "/slack/events?a=b" })).status).toBe(200);
});

describe("the connection", () => {
  it("takes nothing before it knows who the bot is, nor after the stop", async () => {
    const { bot, deliver, lines, world } = await anHttpBot();
    expect(bot.isConnected()).toBe(false);
    expect((await deliver(stop())).status).toBe(503);
    await bot.start();
    expect(bot.isConnected()).toBe(true);
    expect(world.log.lines).toEqual([{ level: "info", event: "slack-connected", fields: {} }]);
    expect((await deliver(slashOf("status"))).status).toBe(200);
    await bot.stop();
    expect(bot.isConnected()).toBe(false);
    expect((await deliver(stop())).status).toBe(503);
    expect(lines).toMatchObject([{ text: "status" }]);
  });

  it("goes on asking while Slack is out of reach, and can be stopped meanwhile", async () => {
    await using slack = await startLocalSlack();
    slack.slack.outage(true);
    const [first, second] = [await anHttpBot({ slack }), await anHttpBot({ slack })];
    const started = first.bot.start();
    await untilTrue(first.world, () => expect(first.world.log.lines.length).toBeGreaterThan(2));
    slack.slack.outage(false);
    await untilTrue(first.world, () => expect(first.bot.isConnected()).toBe(true));
    await started;
    slack.slack.outage(true);
    const other = second.bot.start();
    await second.bot.stop();
    await expect(other).resolves.toBeUndefined();
    expect(second.bot.isConnected()).toBe(false);
  });

  it("names the bot token when Slack refuses it, and shows no secret", async () => {
    const { bot, world } = await anHttpBot({ tokens: { bot: "xoxb-wrong", app: "" } });
    await expect(bot.start()).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("SLACK_BOT_TOKEN"),
    });
    expect(JSON.stringify(world.log.lines)).not.toContain("xoxb");
    expect(JSON.stringify(world.log.lines)).not.toContain(signingSecret);
  });
});
