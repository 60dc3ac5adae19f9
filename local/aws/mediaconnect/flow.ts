import type { FlowPart, LocalFlow, LocalInput, WorldData } from "../../world.ts";
import type { Json } from "../answers.ts";
import type { Site } from "../service.ts";
import { managedOutputArn } from "./arns.ts";

/** Whether media can pass through the flow; while UPDATING it goes on passing. */
export const isPassing = ({ flow }: Readonly<WorldData>) =>
  flow?.status === "ACTIVE" || flow?.status === "UPDATING";

/** The ARN of the flow's first source, of which the figures tell. */
export const sourceArnOf = ({ spec }: LocalFlow) => spec.sources[0]?.arn ?? "";

/** The inputs that the flow feeds, each through an output that MediaLive manages. */
export const managedInputs = ({ inputs }: Readonly<WorldData>, { arn }: LocalFlow) =>
  Object.values(inputs).filter(({ flowArn, state }) => flowArn === arn && state !== "DELETING");

/** What DescribeFlow tells. */
export function toFlow(site: Site, flow: LocalFlow): Json {
  const { spec } = flow;
  const sources = spec.sources.map((source) => toSource(site, flow, source));
  const managed = managedInputs(site.world.data, flow);
  return {
    availabilityZone: spec.availabilityZone,
    description: descriptionOf(flow),
    egressIp: "127.0.0.1",
    entitlements: [],
    flowArn: flow.arn,
    maintenance: spec.maintenance,
    name: flow.name,
    outputs: [...spec.outputs.map(toOutput), ...managed.map((input) => toManaged(flow, input))],
    source: sources[0],
    sourceFailoverConfig: spec.sourceFailoverConfig,
    sourceMonitoringConfig: spec.sourceMonitoringConfig,
    sources,
    status: flow.status,
  };
}

export function toListedFlow(flow: LocalFlow): Json {
  return {
    availabilityZone: flow.spec.availabilityZone,
    description: descriptionOf(flow),
    flowArn: flow.arn,
    maintenance: flow.spec.maintenance,
    name: flow.name,
    sourceType: "OWNED",
    status: flow.status,
  };
}

/** A flow has no description of its own (MediaConnect API model, CreateFlow). */
const descriptionOf = ({ name, spec }: LocalFlow) => spec.sources[0]?.description ?? name;

/**
 * The port is the one at which this machine really listens, whatever was asked for. The peer's address is only there
 * while the flow is started and somebody sends (MediaConnect API model).
 */
export function toSource({ world, srtPort }: Site, flow: LocalFlow, part: FlowPart): Json {
  const { arn, name, description, decryption, whitelistCidr, ingestPort, tags, ...transport } =
    part;
  const isFirst = arn === sourceArnOf(flow);
  const isFed = isFirst && isPassing(world.data) && world.data.source.connected;
  return {
    decryption,
    description,
    ingestIp: "127.0.0.1",
    ingestPort: isFirst ? srtPort : ingestPort,
    name,
    sourceArn: arn,
    transport,
    whitelistCidr,
    ...(isFed ? { peerIpAddress: "127.0.0.1" } : {}),
  };
}

export function toOutput(part: FlowPart): Json {
  const {
    arn,
    name,
    description,
    destination,
    encryption,
    outputStatus,
    port,
    tags,
    ...transport
  } = part;
  return {
    ...{ description, destination, encryption, name, port, transport },
    outputArn: arn,
    outputStatus: outputStatus ?? "ENABLED",
  };
}

const toManaged = (flow: LocalFlow, input: LocalInput): Json => ({
  mediaLiveInputArn: input.arn,
  name: input.name,
  outputArn: managedOutputArn(flow.arn, input),
  outputStatus: "ENABLED",
});
