import type { LocalInput, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { isAttached } from "./validate-inputs.ts";

/** The channels that the input is attached to: one, or none. */
export const usersOf = (world: World, input: LocalInput) =>
  Object.values(world.data.channels).filter(
    ({ spec, state }) => state !== "DELETED" && isAttached(spec, input),
  );

/** What DescribeInput tells. */
export function toInput(world: World, input: LocalInput): Json {
  const { arn, id, name, type, roleArn, flowArn, securityGroups, state, tags } = input;
  const isFed = flowArn !== null;
  return {
    ...{ arn, id, name, type, state, tags, securityGroups },
    roleArn: roleArn ?? undefined,
    attachedChannels: usersOf(world, input).map((channel) => channel.id),
    destinations: isFed ? [{ ip: "127.0.0.1" }, { ip: "127.0.0.1" }] : endpointsOf(id),
    inputClass: isFed ? "SINGLE_PIPELINE" : "STANDARD",
    inputDevices: [],
    inputPartnerIds: [],
    inputSourceType: "STATIC",
    mediaConnectFlows: isFed ? [{ flowArn }] : [],
    sources: [],
  };
}

/** An RTP input is of the standard class: two endpoints, each with an address of its own (MediaLive user guide). */
const endpointsOf = (id: string) =>
  [Number(id), Number(id) + 2 ** 23].map((number) => {
    const ip = `127.${(number >> 16) % 256}.${(number >> 8) % 256}.${number % 256}`;
    return { ip, port: "5000", url: `rtp://${ip}:5000` };
  });
