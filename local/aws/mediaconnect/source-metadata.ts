import type { Json } from "../answers.ts";
import type { RestCall } from "../rest.ts";
import { isPassing } from "./flow.ts";
import { findFlow } from "./flows.ts";

/**
 * DescribeFlowSourceMetadata: the programs of what arrives, or a message that nothing does. AWS documents that a
 * message comes then, but not its wording.
 */
export function describeFlowSourceMetadata({ site, params }: RestCall): Json {
  const flow = findFlow(site.world, params.arn);
  const { source } = site.world.data;
  const passing = isPassing(site.world.data);
  const timestamp = new Date(Math.max(flow.changedAt, source.changedAt)).toISOString();
  const answer = { flowArn: flow.arn, timestamp };
  if (passing && source.connected) {
    return { ...answer, messages: [], transportMediaInfo: { programs: [program] } };
  }
  const message = passing
    ? { code: "SourceNotConnected", message: "The source is not receiving any content." }
    : { code: "FlowNotActive", message: "The flow is not active." };
  return { ...answer, messages: [message], transportMediaInfo: { programs: [] } };
}

const program: Json = {
  pcrPid: 256,
  programName: "Program 1",
  programNumber: 1,
  programPid: 4096,
  streams: [
    {
      codec: "AVC",
      frameRate: "30",
      frameResolution: { frameHeight: 1080, frameWidth: 1920 },
      pid: 256,
      streamType: "video",
    },
    { channels: 2, codec: "AAC", pid: 257, sampleRate: 48_000, streamType: "audio" },
  ],
};
