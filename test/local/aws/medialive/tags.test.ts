import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeChannelCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-medialive";
import { expect, test } from "vitest";
import { aLocalAws, refusalOf } from "../../../support/aws-harness.ts";

const id = "4710003";

test("tags of a running channel and of an input change at any time", async () => {
  await using local = await aLocalAws();
  const { mediaLive } = local.clients;
  const { channels, inputs } = local.world.data;
  local.setState(id, "RUNNING");
  for (const ResourceArn of [channels[id]?.arn, inputs["5710003"]?.arn]) {
    const tags = async () =>
      (await mediaLive.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    await mediaLive.send(new CreateTagsCommand({ ResourceArn, Tags: { Show: "evening" } }));
    expect(await tags()).toEqual({ Project: "patchbay", Destination: "twitch", Show: "evening" });
    await mediaLive.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ["Show", "Destination"] }));
    expect(await tags()).toEqual({ Project: "patchbay" });
  }
  const channel = await mediaLive.send(new DescribeChannelCommand({ ChannelId: id }));
  expect(channel.Tags).toEqual({ Project: "patchbay" });
});

test("what is not there has no tags", async () => {
  await using local = await aLocalAws();
  const ResourceArn = "arn:aws:medialive:us-west-2:000000000000:channel:1234567";
  const { mediaLive } = local.clients;
  const notFound = { name: "NotFoundException", status: 404 };
  const list = mediaLive.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(await refusalOf(list)).toMatchObject(notFound);
  const tag = mediaLive.send(new CreateTagsCommand({ ResourceArn, Tags: { A: "b" } }));
  expect(await refusalOf(tag)).toMatchObject(notFound);
});
