import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { parseBody } from "../input.ts";
import { startFlow, stopFlow } from "../mediaconnect/flows.ts";
import { batchStart, batchStop } from "../medialive/batch.ts";
import { startChannel, stopChannel } from "../medialive/medialive.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";

const prefix = "arn:aws:scheduler:::aws-sdk:";

/** An operation as a universal target: what its input must hold, and where that goes in the call. */
type Universal = {
  member: string;
  handle: (call: RestCall) => Json;
  place: (value: unknown) => Partial<RestCall>;
};

const byId = (value: unknown) => ({ params: { id: String(value) } });
const byArn = (value: unknown) => ({ params: { arn: String(value) } });
const byIds = (value: unknown) => ({ body: { channelIds: value } });

const targets: Record<string, Universal> = {
  "medialive:startChannel": { member: "ChannelId", handle: startChannel, place: byId },
  "medialive:stopChannel": { member: "ChannelId", handle: stopChannel, place: byId },
  "medialive:batchStart": { member: "ChannelIds", handle: batchStart, place: byIds },
  "medialive:batchStop": { member: "ChannelIds", handle: batchStop, place: byIds },
  "mediaconnect:startFlow": { member: "FlowArn", handle: startFlow, place: byArn },
  "mediaconnect:stopFlow": { member: "FlowArn", handle: stopFlow, place: byArn },
};

export const isTarget = (arn: string) => nameOf(arn) in targets;

/** What a universal target does, in short: `medialive:stopChannel`. */
export const nameOf = (arn: string) => arn.slice(prefix.length);

/**
 * Does what a universal target says; throws AWS's error. The input has the members of the request in PascalCase, as in
 * every documented example; that batches can fail in part stays hidden, as behind their HTTP 200.
 */
export function runTarget(site: Site, target: { Arn: string; Input?: string | undefined }) {
  const universal = targets[nameOf(target.Arn)];
  if (universal === undefined) throw badInput(`${target.Arn} is not a target here`);
  const input = parseBody(target.Input ?? "");
  const value = input[universal.member];
  if (value === undefined || value === null) throw badInput(`${universal.member} is missing`);
  const query = new URLSearchParams();
  universal.handle({ site, params: {}, query, body: {}, ...universal.place(value) });
}

const badInput = (message: string) => new AwsError("ValidationException", 400, { message });
