import { randomUUID } from "node:crypto";
import { arnOf, invalidRequest, nameOr } from "./names.ts";
import { recorded } from "./recorded.ts";

export const topic = recorded({
  type: "AWS::SNS::Topic",
  toResource: (context, properties, before) => {
    const name = before?.attributes.TopicName ?? nameOr(context, properties.TopicName, 256);
    const arn = arnOf(context.site, "sns", String(name));
    return { physicalId: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
});

export const subscription = recorded({
  type: "AWS::SNS::Subscription",
  check: ({ made }, { TopicArn, Endpoint, Protocol }) => {
    if (made.get("AWS::SNS::Topic", String(TopicArn)) === undefined) {
      throw invalidRequest("Topic does not exist");
    }
    if (Endpoint === undefined)
      throw invalidRequest(`Invalid parameter: ${String(Protocol)} endpoint`);
  },
  toResource: ({ site }, { TopicArn }, before) => {
    const made = `${String(TopicArn)}:${randomUUID()}`;
    const arn = before?.physicalId ?? made;
    return { physicalId: arn, attributes: { Arn: arn, Region: site.region } };
  },
});

/** One of a metric, of metric expressions or of a PromQL query; never evaluated here. */
export const alarm = recorded({
  type: "AWS::CloudWatch::Alarm",
  check: (_context, properties) => {
    const { MetricName, Metrics, EvaluationPeriods, Statistic, ExtendedStatistic } = properties;
    const one = [MetricName, Metrics].filter((each) => each !== undefined).length === 1;
    if (!one) throw invalidRequest("Exactly one of MetricName and Metrics must be specified.");
    if (EvaluationPeriods === undefined)
      throw invalidRequest("EvaluationPeriods must be specified.");
    const summed = [Statistic, ExtendedStatistic, Metrics].some((each) => each !== undefined);
    if (!summed) throw invalidRequest("Statistic or ExtendedStatistic must be specified.");
  },
  toResource: (context, { AlarmName }, before) => {
    const name = before?.physicalId ?? nameOr(context, AlarmName, 255);
    return {
      physicalId: name,
      attributes: { Arn: arnOf(context.site, "cloudwatch", `alarm:${name}`) },
    };
  },
});

const retentionDays = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922],
  ...[3288, 3653],
];

export const logGroup = recorded({
  type: "AWS::Logs::LogGroup",
  check: (_context, { RetentionInDays: days }) => {
    if (days !== undefined && !retentionDays.includes(Number(days))) {
      throw invalidRequest(
        `RetentionInDays: ${String(days)} is not one of ${retentionDays.join(", ")}`,
      );
    }
  },
  toResource: (context, { LogGroupName }, before) => {
    const name = before?.physicalId ?? nameOr(context, LogGroupName, 512);
    return {
      physicalId: name,
      attributes: { Arn: arnOf(context.site, "logs", `log-group:${name}:*`) },
    };
  },
});
