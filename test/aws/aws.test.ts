import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackName } from "../../local/aws/seed.ts";
import { type AwsPorts, awsPorts } from "../../src/aws/aws.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { aBroadcast, aSession } from "../support/builders.ts";
import { memoryIds, memoryLog } from "../support/memory/process.ts";

let stage: AwsStage;
let ports: AwsPorts;
const log = memoryLog();
beforeAll(async () => {
  stage = await openAwsStage();
  ports = awsPorts({
    ...stage.options,
    clock: stage.clock,
    ids: memoryIds(),
    log,
    site: "main",
    tables: {
      destinations: "lunora-destinations",
      sessions: "lunora-streaming-sessions",
      ops: "patchbay-ops",
    },
    streamKeyPrefix: "/lunora-player/streaming",
    stacks: [stackName],
    figuresCacheMs: 0,
  });
});
afterAll(async () => {
  ports.close();
  await stage.close();
});

describe("awsPorts", () => {
  it("joins rows, bindings, keys and channels of a fresh local AWS", async () => {
    const [rows, bindings] = await Promise.all([ports.destinations.list(), ports.bindings.read()]);
    const twitch = rows.find(({ kind }) => kind === "twitch");
    const channelId = bindings.channelByPlatform.twitch ?? "";
    const streamKey = await ports.streamKeys.read(twitch?.streamKeyRef ?? "");
    const platformIngest = twitch?.platformIngest ?? "";
    await ports.channels.setOutput(channelId, { platformIngest, streamKey });
    expect(stage.world.data.channels[channelId]).toMatchObject({
      url: platformIngest,
      streamName: streamKey.reveal(),
    });
    expect(await ports.flows.read(bindings.flowArn ?? "")).toMatchObject({ state: "standby" });
  });

  it("keeps sessions, broadcasts, memory and deliveries in their tables", async () => {
    await ports.sessions.open(aSession());
    await ports.broadcasts.open(aBroadcast(), null);
    expect(await ports.sessions.find("session_intent_1")).toEqual(aSession());
    expect(await ports.broadcasts.latest()).toEqual(aBroadcast());
    expect(await ports.siteMemory.read()).toMatchObject({ version: 0 });
    expect(await ports.deliveries.claim("envelope-1")).toBe(true);
    expect(log.lines).toEqual([]);
  });
});
