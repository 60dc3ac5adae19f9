import { platformOf } from "../src/domain/platforms/index.ts";

const types: Record<string, string> = {
  "AWS::CloudWatch::Alarm": "alarm",
  "AWS::DynamoDB::Table": "table",
  "AWS::Events::Rule": "event rule",
  "AWS::IAM::ManagedPolicy": "policy",
  "AWS::IAM::Policy": "policy",
  "AWS::IAM::Role": "role",
  "AWS::Logs::LogGroup": "log group",
  "AWS::MediaConnect::Flow": "flow",
  "AWS::MediaConnect::FlowOutput": "flow output",
  "AWS::MediaConnect::FlowSource": "source",
  "AWS::MediaLive::Channel": "channel",
  "AWS::MediaLive::Input": "input",
  "AWS::MediaLive::InputSecurityGroup": "input security group",
  "AWS::MediaPackageV2::Channel": "package channel",
  "AWS::MediaPackageV2::ChannelGroup": "package group",
  "AWS::MediaPackageV2::OriginEndpoint": "package endpoint",
  "AWS::MediaPackageV2::OriginEndpointPolicy": "package endpoint policy",
  "AWS::Scheduler::ScheduleGroup": "schedule group",
  "AWS::SecretsManager::Secret": "secret",
  "AWS::SNS::Subscription": "subscription",
  "AWS::SNS::Topic": "topic",
  "AWS::SNS::TopicPolicy": "topic policy",
  "AWS::SQS::Queue": "queue",
  "AWS::SQS::QueuePolicy": "queue policy",
};

/** What a type is called ("channel"); the end of its own name when it has none here. */
export const typeWords = (type: string): string =>
  types[type] ?? (type.split("::").slice(1).join(" ") || type);

/** A resource as people know it: "channel for Twitch", "input for the primary", "event rule". */
export function resourceWords({ logicalId, type }: { logicalId: string; type: string }): string {
  const words = typeWords(type);
  const [, standby, word = ""] = /^(Standby)?([A-Z][a-z]+)(?:Channel|Input)$/.exec(logicalId) ?? [];
  const platform = platformOf(word);
  if (platform === null) return words;
  if (standby !== undefined) return `standby ${words} of the primary`;
  return `${words} for ${platform.id === "primary" ? "the primary" : platform.name}`;
}
