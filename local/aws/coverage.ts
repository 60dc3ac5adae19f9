/**
 * What the local AWS answers, by SigV4 scope. Written by hand and compared with the routes by a test, so that a gap
 * cannot open or close unnoticed. Everything else is refused by name.
 */
export const coverage: Record<string, readonly string[]> = {
  medialive: [
    "BatchStart",
    "BatchStop",
    "DescribeChannel",
    "ListAlerts",
    "ListChannels",
    "StartChannel",
    "StopChannel",
    "UpdateChannel",
  ],
  mediaconnect: [
    "DescribeFlow",
    "DescribeFlowSourceMetadata",
    "ListFlows",
    "StartFlow",
    "StopFlow",
  ],
  monitoring: ["GetMetricData"],
  ssm: ["DeleteParameter", "GetParameter", "PutParameter"],
  cloudformation: ["DescribeStacks"],
  dynamodb: [
    "BatchGetItem",
    "BatchWriteItem",
    "CreateTable",
    "DeleteItem",
    "DeleteTable",
    "DescribeTable",
    "DescribeTimeToLive",
    "GetItem",
    "ListTables",
    "ListTagsOfResource",
    "PutItem",
    "Query",
    "Scan",
    "TagResource",
    "UntagResource",
    "UpdateItem",
    "UpdateTable",
  ],
};
