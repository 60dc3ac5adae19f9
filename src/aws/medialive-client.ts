import { MediaLiveClient } from "@aws-sdk/client-medialive";
import { type AwsClientOptions, mediaConfig, once, type Pair, repeated } from "./client-config.ts";

/** The clients of the channels. */
export const mediaLiveClients = (options: AwsClientOptions): Pair<MediaLiveClient> => ({
  reads: new MediaLiveClient({ ...mediaConfig(options), ...repeated() }),
  acts: new MediaLiveClient({ ...mediaConfig(options), ...once() }),
});
