import {
  DescribeFlowCommand,
  DescribeFlowSourceMetadataCommand,
  type MediaConnectClient,
  StartFlowCommand,
  StopFlowCommand,
} from "@aws-sdk/client-mediaconnect";
import * as z from "zod";
import {
  carriesVideo,
  type FlowReading,
  type SourceReading,
  toFlowState,
  unknownSource,
} from "../domain/source.ts";
import { OpsError } from "../errors.ts";
import type { Flows } from "../manager/ports.ts";
import type { Pair } from "./client-config.ts";
import type { SourceFigures } from "./cloudwatch.ts";
import { ask } from "./errors.ts";

const sourceSchema = z.object({ SourceArn: z.string().min(1) });

const flowSchema = z.object({
  Name: z.string().catch(""),
  Status: z.string().nullish().catch(null),
  Source: sourceSchema.nullish().catch(null),
});

const metadataSchema = z.object({ Programs: z.array(z.unknown()) });

/** The site's MediaConnect flow; `figures` measures its source. */
export function mediaConnectFlows(
  { reads, acts }: Pair<MediaConnectClient>,
  figures: SourceFigures,
): Flows {
  return {
    read: (flowArn) => readFlow(reads, figures, flowArn),
    start: (FlowArn) => act("start", FlowArn, () => acts.send(new StartFlowCommand({ FlowArn }))),
    stop: (FlowArn) => act("stop", FlowArn, () => acts.send(new StopFlowCommand({ FlowArn }))),
  };
}

async function readFlow(
  client: MediaConnectClient,
  figures: SourceFigures,
  flowArn: string,
): Promise<FlowReading> {
  requireArn(flowArn);
  const call = { doing: "read the flow", operation: "mediaconnect:DescribeFlow" };
  const answer = await ask(call, () => client.send(new DescribeFlowCommand({ FlowArn: flowArn })));
  const flow = flowSchema.safeParse(answer.Flow);
  if (!flow.success) throw new OpsError("aws-unavailable", "AWS answered no flow.");
  const { Name: name, Status, Source } = flow.data;
  const state = toFlowState(Status);
  if (!carriesVideo(state)) return { name, state, source: unknownSource };
  return { name, state, source: await readSource(client, figures, { flowArn, source: Source }) };
}

type Where = { flowArn: string; source: z.infer<typeof sourceSchema> | null | undefined };

/**
 * A source that nobody sends to has no figures worth showing. A list without programs says so, and where there is no list
 * a measured bitrate of 0; a list that a measured bitrate contradicts says nothing.
 */
async function readSource(
  client: MediaConnectClient,
  figures: SourceFigures,
  { flowArn, source }: Where,
): Promise<SourceReading> {
  const [listed, measured] = await Promise.all([
    hasPrograms(client, flowArn),
    figures(source?.SourceArn ?? null),
  ]);
  const isQuiet =
    listed === false ? !measured.bitrateBps : listed === null && measured.bitrateBps === 0;
  if (isQuiet) return { ...unknownSource, connected: false };
  return { connected: listed === false ? null : listed, ...measured };
}

/**
 * Programs are listed while the source in use delivers a picture (MediaConnect API, DescribeFlowSourceMetadata); the
 * metric SourceConnected is minutes late. Only a list without any says that there is none: a failed reading, or an answer
 * without the list, says nothing of the source.
 */
async function hasPrograms(client: MediaConnectClient, FlowArn: string): Promise<boolean | null> {
  try {
    const answer = await client.send(new DescribeFlowSourceMetadataCommand({ FlowArn }));
    const media = metadataSchema.safeParse(answer.TransportMediaInfo);
    return media.success ? media.data.Programs.length > 0 : null;
  } catch {
    return null;
  }
}

/** The wrong state is a 400 here: MediaConnect declares no conflict (MediaConnect API model). */
async function act(verb: "start" | "stop", flowArn: string, send: () => Promise<unknown>) {
  requireArn(flowArn);
  const operation = verb === "start" ? "mediaconnect:StartFlow" : "mediaconnect:StopFlow";
  await ask({ doing: `${verb} the flow`, operation, on400: "conflict" }, send);
}

function requireArn(flowArn: string): void {
  if (!flowArn.startsWith("arn:")) throw new OpsError("not-found", "This is not a flow's ARN.");
}
