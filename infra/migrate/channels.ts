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

/** Those of some channels that do not exist any more; MediaLive still tells for a while of one that is deleted. */
export async function goneAmong(
  { mediaLive }: Pick<AwsClients, "mediaLive">,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const gone = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const call = { doing: `read channel ${id}`, operation: "medialive:DescribeChannel" };
      const command = new DescribeChannelCommand({ ChannelId: id });
      try {
        const { State } = await ask(call, () => mediaLive.reads.send(command));
        return State === "DELETED" || State === "DELETING" ? [id] : [];
      } catch (error) {
        if (isOpsError(error, "not-found")) return [id];
        throw error;
      }
    }),
  );
  return new Set(gone.flat());
}

const noChannel = (platform: string, id: string) =>
  new OpsError("not-configured", `There is no channel ${id}, which should be ${platform}'s.`, {
    hint: "Look at the outputs of PATCHBAY_STACKS, at the …_CHANNEL_ID variables and at the region.",
  });
