import type { Json } from "../answers.ts";
import { AwsError, badRequest, notPartOfLocalAws } from "../errors.ts";
import { toTexts } from "../input.ts";
import type { RestCall } from "../rest.ts";
import { actOnChannel, type ChannelAction } from "./actions.ts";

/** BatchStart: each channel for itself; a partial failure is still an HTTP 200 (MediaLive API model). */
export const batchStart = (call: RestCall) => batch(call, "start");

export const batchStop = (call: RestCall) => batch(call, "stop");

function batch({ site, body }: RestCall, action: ChannelAction): Json {
  if (toTexts(body.multiplexIds).length > 0) {
    throw notPartOfLocalAws("medialive", `Batch ${action} of multiplexes`);
  }
  const ids = toTexts(body.channelIds);
  if (ids.length === 0) throw badRequest("channelIds must not be empty");
  const successful: Json[] = [];
  const failed: Json[] = [];
  for (const id of ids) {
    try {
      const { arn, state } = actOnChannel(site, id, action);
      successful.push({ arn, id, state });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const arn = site.world.data.channels[id]?.arn;
      failed.push({ arn, code: error.code, id, message: error.message });
    }
  }
  return { failed, successful };
}
