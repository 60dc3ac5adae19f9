import { afterEach, describe, expect, it } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { stackBindings } from "../../src/aws/cloudformation.ts";
import type { Bindings } from "../../src/domain/site.ts";
import { clientOptions, serve } from "../support/aws-stage.ts";
import { flowArn } from "../support/builders.ts";
import { memoryClock } from "../support/memory/clock.ts";

type Output = { key: string; value: string; exportName?: string };

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const element = (name: string, inner: string) => `<${name}>${inner}</${name}>`;
const output = ({ key, value, exportName = "" }: Output) =>
  element(
    "member",
    element("OutputKey", key) +
      element("OutputValue", value) +
      (exportName === "" ? "" : element("ExportName", exportName)),
  );

/** CloudFormation with these stacks, which can be made to fail; `asked` lists the stacks asked for. */
async function aCloudFormation(stacks: Record<string, Output[]>) {
  const asked: string[] = [];
  const state = { failing: false };
  const server = await serve(async (request) => {
    const name = new URLSearchParams(await request.text()).get("StackName") ?? "";
    asked.push(name);
    const known = stacks[name];
    if (state.failing || known === undefined) return refusal(state.failing);
    const stack = element("Outputs", known.map(output).join(""));
    const result = element("Stacks", element("member", stack));
    const body = element("DescribeStacksResponse", element("DescribeStacksResult", result));
    return new Response(body, { headers: { "content-type": "text/xml" } });
  });
  opened.push(server.close);
  const { cloudFormation, close } = createAwsClients(clientOptions(server.url));
  opened.push(close);
  const clock = memoryClock();
  const read = (names: string[], fromEnvironment: Partial<Bindings> = {}) =>
    stackBindings(cloudFormation, { stacks: names, fromEnvironment, clock });
  return { asked, state, clock, read };
}

function refusal(failing: boolean): Response {
  const code = failing ? "InternalFailure" : "ValidationError";
  const body = element("ErrorResponse", element("Error", element("Code", code)));
  return new Response(body, {
    status: failing ? 500 : 400,
    headers: { "content-type": "text/xml" },
  });
}

const flow: Output = { key: "SrtFlowArn", value: flowArn };

describe("stackBindings", () => {
  it("reads outputs of several stacks by key", async () => {
    const { read } = await aCloudFormation({
      flow: [flow, { key: "SrtIngestEndpoint", value: "srt://198.51.100.1:9998" }],
      channels: [
        { key: "PrimaryChannelId", value: "1" },
        { key: "YouTubeChannelId", value: "2" },
        { key: "LinkedinChannelId", value: "3" },
        { key: "BackupChannelId", value: "9" },
      ],
    });
    expect(await read(["flow", "channels"]).read()).toEqual({
      channelByPlatform: { primary: "1", youtube: "2", linkedin: "3" },
      sharedChannelId: null,
      flowArn,
    });
  });

  it("reads outputs by export name, and no other channel's", async () => {
    const { read } = await aCloudFormation({
      one: [
        { key: "A", value: flowArn, exportName: "show-prod-srt-flow-arn" },
        { key: "B", value: "4", exportName: "show-prod-twitch-channel-id" },
        { key: "C", value: "5", exportName: "show-prod-channel-id" },
        { key: "D", value: "6", exportName: "show-prod-medialive-channel-id" },
        { key: "E", value: "arn:old", exportName: "show-prod-mediaconnect-flow-arn" },
      ],
    });
    expect(await read(["one"]).read()).toEqual({
      channelByPlatform: { twitch: "4" },
      sharedChannelId: null,
      flowArn,
    });
  });

  it("lets ids from the environment win and add", async () => {
    const { read } = await aCloudFormation({ one: [flow, { key: "TwitchChannelId", value: "4" }] });
    const fromEnvironment = {
      channelByPlatform: { twitch: "40", custom: "50" },
      sharedChannelId: "60",
      flowArn: "arn:own",
    };
    expect(await read(["one"], fromEnvironment).read()).toEqual(fromEnvironment);
  });

  it("needs no stack, and then no flow", async () => {
    const { asked, read } = await aCloudFormation({});
    expect(await read([], { sharedChannelId: "60" }).read()).toEqual({
      channelByPlatform: {},
      sharedChannelId: "60",
      flowArn: null,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ["a stack that is not there", ["gone"], /no stack named gone/],
    ["the flow in the stacks", ["one", "two"], /SrtFlowArn.* in one, two/],
    ["everything", [], /Neither a stack nor a flow or channel/],
  ])("names what is missing: %s", async (_what, names, words) => {
    const { read } = await aCloudFormation({ one: [], two: [] });
    await expect(read(names).read()).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringMatching(words),
    });
  });

  it("asks again after five minutes, and keeps what it knows while nobody answers", async () => {
    const { asked, state, clock, read } = await aCloudFormation({ one: [flow] });
    const bindings = read(["one"]);
    await bindings.read();
    await clock.advance(299_999);
    await bindings.read();
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    state.failing = true;
    expect(await bindings.read()).toMatchObject({ flowArn });
    const sofar = asked.length;
    expect(sofar).toBeGreaterThan(1);
    await clock.advance(29_999);
    expect(await bindings.read()).toMatchObject({ flowArn });
    expect(asked).toHaveLength(sofar);
    await clock.advance(1);
    state.failing = false;
    await bindings.read();
    expect(asked.length).toBeGreaterThan(sofar);
  });

  it("knows nothing while nobody has ever answered", async () => {
    const { state, read } = await aCloudFormation({ one: [flow] });
    state.failing = true;
    await expect(read(["one"]).read()).rejects.toMatchObject({ code: "aws-unavailable" });
  });
});
