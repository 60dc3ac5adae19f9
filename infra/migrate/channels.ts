import { DescribeChannelCommand } from "@aws-sdk/client-medialive";
import type { AwsClients } from "../../src/aws/clients.ts";
import { ask } from "../../src/aws/errors.ts";
import { isOpsError, OpsError } from "../../src/errors.ts";
import type { Channel } from "./plan.ts";

/** The dedicated channels with their ARNs as MediaLive tells them. Throws `not-configured` for one that is not there. */
export async function readChannels(
  { mediaLive }: Pick<AwsClients, "mediaLive">,
  idByPlatform: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, Channel>> {
  const channels = await Promise.all(
    Object.entries(idByPlatform).map(async ([platform, id]) => {
      const call = { doing: `read channel ${id}`, operation: "medialive:DescribeChannel" };
      const command = new DescribeChannelCommand({ ChannelId: id });
      try {
        const { Arn = "" } = await ask(call, () => mediaLive.reads.send(command));
        return [platform, { id, arn: Arn }] as const;
      } catch (error) {
        throw isOpsError(error, "not-found") ? noChannel(platform, id) : error;
      }
    }),
  );
  return new Map(channels);
}

const noChannel = (platform: string, id: string) =>
  new OpsError("not-configured", `There is no channel ${id}, which should be ${platform}'s.`, {
    hint: "Look at the outputs of PATCHBAY_STACKS, at the …_CHANNEL_ID variables and at the region.",
  });
