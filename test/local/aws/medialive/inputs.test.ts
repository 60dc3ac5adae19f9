import { DescribeFlowCommand } from "@aws-sdk/client-mediaconnect";
import {
  CreateChannelCommand,
  CreateInputCommand,
  CreateInputSecurityGroupCommand,
  DeleteInputCommand,
  DeleteInputSecurityGroupCommand,
  DescribeInputCommand,
  DescribeInputSecurityGroupCommand,
  ListInputSecurityGroupsCommand,
  ListInputsCommand,
  UpdateInputCommand,
  UpdateInputSecurityGroupCommand,
} from "@aws-sdk/client-medialive";
import { expect, test, vi } from "vitest";
import { type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";
import {
  aChannel,
  anEmptyAws,
  anInput,
  makeFlow,
  makeInput,
} from "../../../support/site-requests.ts";

const outputsOf = async ({ clients }: LocalAwsHarness, FlowArn: string) => {
  const { Flow } = await clients.mediaConnect.send(new DescribeFlowCommand({ FlowArn }));
  return Flow?.Outputs?.map(({ MediaLiveInputArn }) => MediaLiveInputArn);
};

test("makes an input, which the flow feeds through an output of its own at once", async () => {
  await using local = await anEmptyAws();
  const flowArn = await makeFlow(local);
  const { mediaLive } = local.clients;
  const answer = await mediaLive.send(new CreateInputCommand(anInput(flowArn)));
  expect(answer.$metadata.httpStatusCode).toBe(201);
  expect(answer.Input).toMatchObject({ State: "CREATING", Id: expect.stringMatching(/^\d{7}$/) });
  expect(await outputsOf(local, flowArn)).toEqual([answer.Input?.Arn]);
  const InputId = answer.Input?.Id;
  const input = () => mediaLive.send(new DescribeInputCommand({ InputId }));
  await vi.waitFor(async () => expect((await input()).State).toBe("DETACHED"));
  expect(await input()).toMatchObject({
    ...anInput(flowArn),
    InputClass: "SINGLE_PIPELINE",
    Destinations: [{}, {}],
  });
  expect((await mediaLive.send(new ListInputsCommand({}))).Inputs).toMatchObject([{ Id: InputId }]);
});

test("the same request again is the same input", async () => {
  await using local = await anEmptyAws();
  const request = anInput(await makeFlow(local), { RequestId: "once" });
  const make = () => local.clients.mediaLive.send(new CreateInputCommand(request));
  expect((await make()).Input?.Id).toBe((await make()).Input?.Id);
});

test.each([
  { RoleArn: undefined },
  { Name: undefined },
  { Name: "with_underscore" },
  { Type: undefined },
  { Type: "RTMP_PULL" },
  { MediaConnectFlows: undefined },
  { MediaConnectFlows: [] },
  { MediaConnectFlows: [{ FlowArn: "arn:aws:mediaconnect:us-west-2:000000000000:flow:1-a:b" }] },
])("refuses an input with %o as a bad request", async (wrong) => {
  await using local = await anEmptyAws();
  const request = anInput(await makeFlow(local), wrong);
  const call = local.clients.mediaLive.send(new CreateInputCommand(request));
  expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
  expect(local.world.data.inputs).toEqual({});
});

test("a detached input is deleted, and its output with it", async () => {
  await using local = await anEmptyAws();
  const flowArn = await makeFlow(local);
  const InputId = await makeInput(local, flowArn);
  const { mediaLive } = local.clients;
  await mediaLive.send(new DeleteInputCommand({ InputId }));
  expect(await outputsOf(local, flowArn)).toEqual([]);
  await vi.waitFor(async () => {
    const call = mediaLive.send(new DescribeInputCommand({ InputId }));
    expect(await refusalOf(call)).toMatchObject({ name: "NotFoundException", status: 404 });
  });
});

test("an attached input is neither deleted nor, unless its channel is idle, updated", async () => {
  await using local = await anEmptyAws();
  const InputId = await makeInput(local, await makeFlow(local));
  const { mediaLive } = local.clients;
  const { Channel } = await mediaLive.send(new CreateChannelCommand(aChannel(InputId)));
  await vi.waitFor(() => expect(local.world.data.channels[Channel?.Id ?? ""]?.state).toBe("IDLE"));
  const conflict = { name: "ConflictException", status: 409 };
  expect(await refusalOf(mediaLive.send(new DeleteInputCommand({ InputId })))).toMatchObject(
    conflict,
  );
  const rename = () => mediaLive.send(new UpdateInputCommand({ InputId, Name: "renamed" }));
  expect((await rename()).Input).toMatchObject({ Name: "renamed", State: "ATTACHED" });
  local.setState(Channel?.Id ?? "", "RUNNING");
  expect(await refusalOf(rename())).toMatchObject(conflict);
});

test("an RTP input has two endpoints, for those whom its security group lets in", async () => {
  await using local = await anEmptyAws();
  const { mediaLive } = local.clients;
  const { SecurityGroup } = await mediaLive.send(
    new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: "203.0.113.0/24" }] }),
  );
  const InputSecurityGroupId = SecurityGroup?.Id ?? "";
  const group = () =>
    mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId }));
  expect(await group()).toMatchObject({ State: "IDLE", Inputs: [] });
  const pushed = { Name: "pushed", Type: "RTP_PUSH" as const };
  const { Input } = await mediaLive.send(
    new CreateInputCommand({ ...pushed, InputSecurityGroups: [InputSecurityGroupId] }),
  );
  expect(Input).toMatchObject({ InputClass: "STANDARD", MediaConnectFlows: [] });
  expect(new Set(Input?.Destinations?.map(({ Url }) => Url)).size).toBe(2);
  expect(await group()).toMatchObject({ State: "IN_USE", Inputs: [Input?.Id] });
  const remove = new DeleteInputSecurityGroupCommand({ InputSecurityGroupId });
  expect(await refusalOf(mediaLive.send(remove))).toMatchObject({ status: 400 });
  const unknown = new CreateInputCommand({ ...pushed, InputSecurityGroups: ["1234567"] });
  expect(await refusalOf(mediaLive.send(unknown))).toMatchObject({ status: 400 });
});

test("a security group that nothing uses is changed, listed and deleted", async () => {
  await using local = await anEmptyAws();
  const { mediaLive } = local.clients;
  const { SecurityGroup } = await mediaLive.send(
    new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: "203.0.113.0/24" }] }),
  );
  const InputSecurityGroupId = SecurityGroup?.Id ?? "";
  const WhitelistRules = [{ Cidr: "198.51.100.0/24" }];
  await mediaLive.send(
    new UpdateInputSecurityGroupCommand({ InputSecurityGroupId, WhitelistRules }),
  );
  const list = async () =>
    (await mediaLive.send(new ListInputSecurityGroupsCommand({}))).InputSecurityGroups;
  expect(await list()).toMatchObject([{ Id: InputSecurityGroupId, WhitelistRules }]);
  await mediaLive.send(new DeleteInputSecurityGroupCommand({ InputSecurityGroupId }));
  expect(await list()).toEqual([]);
  const again = new DeleteInputSecurityGroupCommand({ InputSecurityGroupId });
  expect(await refusalOf(mediaLive.send(again))).toMatchObject({ status: 404 });
});
