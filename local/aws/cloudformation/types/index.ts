import { instanceProfile } from "./instance-profile.ts";
import { flow, flowOutput, flowSource } from "./media-connect.ts";
import { channel, input, inputSecurityGroup } from "./media-live.ts";
import { alarm, logGroup, subscription, topic } from "./notices.ts";
import {
  channelGroup,
  channelPolicy,
  originEndpoint,
  originEndpointPolicy,
  packageChannel,
} from "./package.ts";
import { parameter } from "./parameter.ts";
import { managedPolicy, policy, queuePolicy, topicPolicy } from "./policies.ts";
import { queue } from "./queue.ts";
import type { ResourceType } from "./resource-type.ts";
import { role } from "./role.ts";
import { rule } from "./rule.ts";
import { schedule, scheduleGroup } from "./schedule.ts";
import { secret } from "./secret.ts";
import { table } from "./table.ts";

/** The resource types of the local CloudFormation; a new one needs an entry in `schemas/` too. */
export const resourceTypes: readonly ResourceType[] = [
  ...[flow, flowSource, flowOutput],
  ...[input, inputSecurityGroup, channel],
  ...[channelGroup, packageChannel, channelPolicy, originEndpoint, originEndpointPolicy],
  ...[table, parameter, secret],
  ...[role, policy, managedPolicy, instanceProfile],
  ...[rule, scheduleGroup, schedule],
  ...[queue, queuePolicy, topic, topicPolicy, subscription],
  ...[alarm, logGroup],
];

const byType = new Map(resourceTypes.map((each) => [each.type, each]));

export const typeOf = (type: string): ResourceType | undefined => byType.get(type);
