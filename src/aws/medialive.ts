import {
  DescribeChannelCommand,
  ListAlertsCommand,
  ListChannelsCommand,
  type MediaLiveClient,
  StartChannelCommand,
  StopChannelCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-medialive";
import * as z from "zod";
import { type ChannelReading, type ChannelState, toChannelState } from "../domain/channel.ts";
import type { Secret } from "../domain/secret.ts";
import { OpsError } from "../errors.ts";
import type { Channels } from "../manager/ports.ts";
import type { Pair } from "./client-config.ts";
import { ask } from "./errors.ts";
import { specFrom } from "./medialive-spec.ts";
import { everyPage } from "./pages.ts";

/**
 * MediaLive's answers hold the stream keys (`Destinations[].Settings[].StreamName`): every answer goes through this
 * schema, which keeps four members and drops the rest.
 */
const channelSchema = z
  .object({
    Id: z.string().min(1),
    Name: z.string().catch(""),
    State: z.string().nullish().catch(null),
    PipelinesRunningCount: z.number().int().nonnegative().nullish().catch(null),
  })
  .transform(
    ({ Id, Name, State, PipelinesRunningCount }): ChannelReading => ({
      channelId: Id,
      name: Name,
      state: toChannelState(State),
      pipelinesRunning: PipelinesRunningCount ?? null,
    }),
  );

const stateSchema = z.object({ State: z.string().nullish().catch(null) });
const alertSchema = z.object({ AlertType: z.string().min(1) });

/** MediaLive channels; keys go in and never come out. */
export function mediaLiveChannels({ reads, acts }: Pair<MediaLiveClient>): Channels {
  return {
    list: () => listChannels(reads),
    read: (channelId) => readChannel(reads, channelId),
    setOutput: (channelId, output) => setOutput({ reads, acts }, channelId, output),
    start: (ChannelId) =>
      act("start", ChannelId, () => acts.send(new StartChannelCommand({ ChannelId }))),
    stop: (ChannelId) =>
      act("stop", ChannelId, () => acts.send(new StopChannelCommand({ ChannelId }))),
    spec: async (channelId) => specFrom(await describe(reads, channelId)),
    alerts: (channelId) => listAlerts(reads, channelId),
  };
}

function listChannels(client: MediaLiveClient): Promise<ChannelReading[]> {
  const call = { doing: "list the channels", operation: "medialive:ListChannels" };
  return everyPage(async (NextToken) => {
    const answer = await ask(call, () =>
      client.send(new ListChannelsCommand({ MaxResults: 100, NextToken })),
    );
    return { items: parsed(answer.Channels, channelSchema), next: answer.NextToken };
  });
}

async function readChannel(client: MediaLiveClient, channelId: string): Promise<ChannelReading> {
  const answer = await describe(client, channelId);
  const reading = channelSchema.safeParse(answer);
  if (!reading.success) throw new OpsError("aws-unavailable", "AWS answered no channel.");
  return reading.data;
}

/** Titles of the alerts that are set; AWS has no ids for them that last (MediaLive user guide, monitoring-api). */
async function listAlerts(client: MediaLiveClient, channelId: string): Promise<string[]> {
  requireId(channelId);
  const call = { doing: "read the channel's alerts", operation: "medialive:ListAlerts" };
  const alerts = await everyPage(async (NextToken) => {
    const answer = await ask(call, () =>
      client.send(new ListAlertsCommand({ ChannelId: channelId, StateFilter: "SET", NextToken })),
    );
    return { items: parsed(answer.Alerts, alertSchema), next: answer.NextToken };
  });
  return [...new Set(alerts.map(({ AlertType }) => AlertType))];
}

async function act(
  verb: "start" | "stop",
  channelId: string,
  send: () => Promise<unknown>,
): Promise<ChannelState> {
  requireId(channelId);
  const operation = verb === "start" ? "medialive:StartChannel" : "medialive:StopChannel";
  const call = { doing: `${verb} the channel`, operation, on400: "conflict" } as const;
  const answer = stateSchema.safeParse(await ask(call, send));
  return toChannelState(answer.data?.State);
}

/**
 * An output refers to its destination by id, so the id that the channel has is sent back with the new address and key
 * (MediaLive API model, OutputDestination).
 */
async function setOutput(
  { reads, acts }: Pair<MediaLiveClient>,
  channelId: string,
  { platformIngest, streamKey }: { platformIngest: string; streamKey: Secret },
): Promise<ChannelState> {
  const described = await describe(reads, channelId);
  const [destination, ...more] = described.Destinations ?? [];
  if (destination?.Id === undefined || more.length > 0)
    throw new OpsError("invalid-input", "This channel does not have exactly one output to set.", {
      context: { channelId },
    });
  const Settings = [{ Url: platformIngest, StreamName: streamKey.reveal() }];
  const call = {
    doing: "set the channel's output",
    operation: "medialive:UpdateChannel",
    on400: "invalid-input",
  } as const;
  const input = { ChannelId: channelId, Destinations: [{ Id: destination.Id, Settings }] };
  const answer = await hiding(streamKey, () =>
    ask(call, () => acts.send(new UpdateChannelCommand(input))),
  );
  return toChannelState(answer.Channel?.State);
}

/** AWS may quote a value that it refuses. */
async function hiding<T>(secret: Secret, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof OpsError) || !error.message.includes(secret.reveal())) throw error;
    const { code, context } = error;
    throw new OpsError(code, error.message.replaceAll(secret.reveal(), String(secret)), {
      context,
    });
  }
}

function describe(client: MediaLiveClient, channelId: string) {
  requireId(channelId);
  const call = { doing: "read the channel", operation: "medialive:DescribeChannel" };
  return ask(call, () => client.send(new DescribeChannelCommand({ ChannelId: channelId })));
}

/** The client checks nothing itself: an empty or dotted id would reach another path of the API. */
function requireId(channelId: string): void {
  if (!/^[\w-]+$/.test(channelId))
    throw new OpsError("not-found", "This is not the id of a channel.", { context: { channelId } });
}

/** What fits the schema; an item without an id is of no use and left out. */
function parsed<Out>(items: readonly unknown[] | undefined, schema: z.ZodType<Out>): Out[] {
  return (items ?? []).flatMap((item) => {
    const result = schema.safeParse(item);
    return result.success ? [result.data] : [];
  });
}
