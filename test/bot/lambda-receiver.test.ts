import { describe, expect, it } from "vitest";
import type { Ack } from "../../src/bot/front-door.ts";
import { createLambdaReceiver } from "../../src/bot/lambda-receiver.ts";
import type { MediaType } from "../../src/bot/verify-slack.ts";
import { Secret } from "../../src/domain/secret.ts";
import { memoryLog } from "../support/memory/process.ts";

const identity = { botId: "B01", userId: "U01", teamId: "T01" };
const form = "application/x-www-form-urlencoded";

/** A receiver whose front door notes what reaches it; it reaches no network. */
async function aReceiver(failure?: Error) {
  const heard: unknown[] = [];
  const receive = await createLambdaReceiver({
    botToken: new Secret("xoxb-test"),
    identity,
    apiUrl: "http://127.0.0.1:9/api/",
    log: memoryLog(),
    deliver: async (payload: unknown, ack: Ack, from: object) => {
      heard.push({ payload, ack, from });
      if (failure) throw failure;
    },
  });
  const bring = (words: string, mediaType: MediaType = form) =>
    receive({ body: Buffer.from(words), mediaType, key: "k1" }, "call-1");
  return { bring, heard };
}

describe("what a function brings to Bolt", () => {
  it("reaches the front door with its workspace and its key, and with nothing left to acknowledge", async () => {
    const { bring, heard } = await aReceiver();
    await bring("command=%2Fstream&text=start+twitch&team_id=T01&user_id=U1");
    const press = { type: "block_actions", team: { id: "T01" }, user: { id: "U1" }, actions: [{}] };
    await bring(`payload=${encodeURIComponent(JSON.stringify(press))}`);
    const from = { teamId: "T01", key: "k1", call: "call-1" };
    expect(heard).toMatchObject([
      { payload: { command: "/stream", text: "start twitch" }, ack: null, from },
      { payload: press, ack: null, from },
    ]);
  });

  it("fails as the front door does, which Bolt would keep to itself", async () => {
    const { bring, heard } = await aReceiver(new Error("the front door fell"));
    const command = "command=%2Fstream&text=help&team_id=T01&user_id=U1";
    await expect(bring(command)).rejects.toThrow("the front door fell");
    expect(heard).toHaveLength(1);
  });

  it("keeps every letter of a body in UTF-8", async () => {
    const { bring, heard } = await aReceiver();
    const payload = { type: "event_callback", event: { type: "x", text: "Zoë, 東京" } };
    await bring(JSON.stringify({ ...payload, team_id: "T01" }), "application/json");
    expect(heard).toMatchObject([{ payload: { event: { text: "Zoë, 東京" } } }]);
  });

  it("is refused when nobody can read it", async () => {
    const { bring, heard } = await aReceiver();
    await expect(bring("payload=%7Bbad")).rejects.toThrow();
    expect(heard).toEqual([]);
  });
});
