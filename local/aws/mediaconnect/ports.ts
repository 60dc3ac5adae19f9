import type { FlowPart } from "../../world.ts";
import { badFlow, exceeded } from "./refusals.ts";

/** A flow has 50 outputs at most, MediaLive's own among them (MediaConnect quotas). */
const mostOutputs = 50;

/** Two RTP-FEC outputs to one address keep this distance, because FEC takes the ports +2 and +4 (MediaConnect user guide). */
const fecDistance = 5;

/** Refuses outputs of which one would send into the ports or under the name of another. */
export function requirePorts(outputs: readonly FlowPart[], managed = 0) {
  if (outputs.length + managed > mostOutputs) {
    throw exceeded("AddFlowOutputs", `A flow has at most ${mostOutputs} outputs.`);
  }
  const problems = outputs.flatMap((output, index) =>
    outputs.slice(0, index).flatMap((other) => collisionOf(output, other)),
  );
  if (problems.length > 0) throw badFlow(problems);
}

function collisionOf(output: FlowPart, other: FlowPart) {
  if (output.name === other.name) {
    return [{ elementPath: "/outputs", errorMessage: `the name ${output.name} is taken` }];
  }
  const isSameAddress = output.destination === other.destination;
  if (!isSameAddress || distance(output, other) >= needed(output, other)) return [];
  const errorMessage = `port ${String(output.port)} of ${output.name} is too close to port ${String(other.port)} of ${other.name}: RTP-FEC takes the ports +2 and +4 too, so keep them ${fecDistance} apart`;
  return [{ elementPath: "/outputs", errorMessage }];
}

const distance = (left: FlowPart, right: FlowPart) =>
  Math.abs(Number(left.port) - Number(right.port));

const needed = (left: FlowPart, right: FlowPart) =>
  left.protocol === "rtp-fec" || right.protocol === "rtp-fec" ? fecDistance : 1;
