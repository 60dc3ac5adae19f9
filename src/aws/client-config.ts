import { retries } from "./retries.ts";

/** What is left out is found by the SDK's own chain (environment, profile, instance). */
export type AwsClientOptions = {
  region?: string | undefined;
  /** Region of flow, channels and their stacks, when it is not the one of the tables. */
  mediaRegion?: string | undefined;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  /** How long one request may take, from connecting to the last byte; 8 s by default. */
  requestTimeoutMs?: number | undefined;
  /** Called before each request to DynamoDB; what it gives is told the time that AWS answers with. */
  asking?: (() => (said: Date) => void) | undefined;
};

/** One client for what may be repeated, one for what must be sent once (start, stop, update). */
export type Pair<Client> = { reads: Client; acts: Client };

/**
 * `requestTimeout` alone only warns in the newer clients, and ends with the response's head: `socketTimeout` also ends
 * a body that never comes.
 */
export function commonConfig({
  region,
  endpoint,
  credentials,
  requestTimeoutMs = 8_000,
}: AwsClientOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: {
      connectionTimeout: Math.min(3_000, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
    },
  };
}

/** The same in the region of flow, channels and their stacks. */
export const mediaConfig = (options: AwsClientOptions) => ({
  ...commonConfig(options),
  ...(options.mediaRegion === undefined ? {} : { region: options.mediaRegion }),
});

/** For what may be repeated, and for what must be sent once. */
export const repeated = () => ({ maxAttempts: 3, retryStrategy: retries(3) });
export const once = () => ({ maxAttempts: 1, retryStrategy: retries(1) });
