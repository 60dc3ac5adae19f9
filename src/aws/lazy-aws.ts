import type { BindingsSource } from "../manager/ports.ts";
import type { AwsOptions, AwsPorts } from "./aws.ts";
import { lazily, once } from "./lazily.ts";
import type { Stores } from "./stores.ts";
import { collectUnreadable } from "./unreadable.ts";

/**
 * The ports of `awsPorts` for a process that must answer soon after its start: each loads its adapter and its part of the
 * SDK when it is first called. What answers wait for has parts of its own, tables and channels; the rest comes together.
 */
export function lazyAwsPorts(options: AwsOptions): Omit<AwsPorts, "hints" | "check" | "close"> {
  const unreadable = collectUnreadable(options.log);
  const rest = once(async () => (await import("./aws.ts")).awsPorts(options));
  return {
    ...lazyStores(once(() => openStores({ ...options, unreadable }))),
    unreadable: unreadable.port,
    bindings: configured(options) ?? lazily(async () => (await rest()).bindings),
    channels: lazily(once(() => openChannels(options))),
    flows: lazily(async () => (await rest()).flows),
    streamKeys: lazily(async () => (await rest()).streamKeys),
    deadlines: lazily(async () => (await rest()).deadlines),
    bill: options.readsBill === true ? lazily(async () => billOf(await rest())) : null,
  };
}

type StoreOptions = AwsOptions & { unreadable: ReturnType<typeof collectUnreadable> };

async function openStores(options: StoreOptions): Promise<Stores> {
  const [{ openDynamoDb }, { dynamoStores }] = await Promise.all([
    import("./dynamodb-client.ts"),
    import("./stores.ts"),
  ]);
  return dynamoStores(openDynamoDb(options).client, options);
}

const lazyStores = (stores: () => Promise<Stores>): Stores => ({
  destinations: lazily(async () => (await stores()).destinations),
  sessions: lazily(async () => (await stores()).sessions),
  broadcasts: lazily(async () => (await stores()).broadcasts),
  siteMemory: lazily(async () => (await stores()).siteMemory),
  deliveries: lazily(async () => (await stores()).deliveries),
  spans: lazily(async () => (await stores()).spans),
  announcements: lazily(async () => (await stores()).announcements),
  audit: lazily(async () => (await stores()).audit),
  notes: lazily(async () => (await stores()).notes),
});

async function openChannels(options: AwsOptions): Promise<AwsPorts["channels"]> {
  const [{ mediaLiveClients }, { mediaLiveChannels }] = await Promise.all([
    import("./medialive-client.ts"),
    import("./medialive.ts"),
  ]);
  return mediaLiveChannels(mediaLiveClients(options));
}

/** Without stacks nobody has to be asked; null with them, and for a site that lacks everything, which `awsPorts` names. */
function configured({ stacks, fromEnvironment = {} }: AwsOptions): BindingsSource | null {
  const { flowArn = null, channelByPlatform = {}, sharedChannelId = null } = fromEnvironment;
  if (stacks.length > 0 || flowArn === null) return null;
  return { read: () => Promise.resolve({ flowArn, channelByPlatform, sharedChannelId }) };
}

const billOf = ({ bill }: AwsPorts) => {
  if (bill === null) throw new Error("this site does not read its bill");
  return bill;
};
