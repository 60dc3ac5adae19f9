import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { detailTypes } from "../../local/aws/events/occurrences.ts";
import { parseConfig, variableNames } from "../../src/config.ts";
import { createHandOver } from "../../src/lambda/hand-over.ts";
import * as functions from "../../src/lambda.ts";
import * as workers from "../../src/lambda-worker.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const yaml = (name: string) => parse(read(name), { merge: true });

const service = yaml("serverless.yml");
const { Resources: roles, Conditions: conditions } = yaml("infra/serverless/roles.yaml");
const {
  Resources: watch,
  Conditions: watching,
  Parameters: asked,
} = yaml("infra/serverless/watch.yaml");
const names = Object.keys(service.functions);

type Statement = { Action: string | string[]; Resource: unknown; Condition?: unknown };
/** A statement may be there on a condition only. */
type Conditional = { "Fn::If": [condition: string, statement: Statement, otherwise: unknown] };
type Written = Statement | Conditional;

const writtenOf = (role: string): Written[] =>
  roles[role].Properties.Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: Written[] } }) => PolicyDocument.Statement,
  );
const statementsOf = (role: string): Statement[] =>
  writtenOf(role).map((written) => ("Fn::If" in written ? written["Fn::If"][1] : written));
const actionsOf = (role: string) => new Set(statementsOf(role).flatMap(({ Action }) => Action));

/** What the adapters name as the operation of each of their calls. */
const called = new Set(
  readdirSync(join(root, "src/aws")).flatMap((name) =>
    [...read(`src/aws/${name}`).matchAll(/operation: "([a-z]+:[A-Za-z]+)"/g)].map(
      ([, action]) => action ?? "",
    ),
  ),
);

/** What the daemon can be told and the functions are not, with the reason. */
const notForFunctions: Readonly<Record<string, string>> = {
  PORT: "they listen on nothing",
  PATCHBAY_HOST: "they listen on nothing",
  LOCAL_PORT: "the local world's",
  LOCAL_SRT_PORT: "the local world's",
  LOCAL_RTMP_PORT: "the local world's",
  LOCAL_STEP_MS: "the local world's",
  LOCAL_MEDIA: "the local world's",
  PATCHBAY_HOME: "the local world's",
  PATCHBAY_LOG: "info is what their log groups are for",
  PATCHBAY_STACKS: "each binding is imported by name (decision 0010)",
  PATCHBAY_POLL_MS: "an invocation has no time to look less often",
  PATCHBAY_EVENTS_QUEUE_URL: "EventBridge calls work itself",
  PATCHBAY_BILL: "they have no right to read the bill",
  PATCHBAY_PRICES: "a file beside the daemon",
  SLACK_APP_TOKEN: "Socket Mode's",
  SLACK_API_URL: "for rehearsals",
  AWS_REGION: "Lambda sets it",
  AWS_PROFILE: "their roles are their credentials",
  AWS_ENDPOINT_URL: "for rehearsals",
  MEDIALIVE_REGION: "they run where the channels are",
  PRESETS_TABLE: "only migrate reads presets",
  SOURCES_TABLE: "nothing reads it",
};

/** Not part of a function: bindings and events come from elsewhere, prices from a file, and the bill costs a cent a day. */
const elsewhere = /^(cloudformation|pricing|sqs|ce):/;

describe("serverless.yml", () => {
  it("has the four functions, each with a handler that there is", () => {
    expect(names).toEqual(["slack", "api", "tick", "work"]);
    for (const name of names) {
      const [, file, handler] =
        /^dist\/lambda\/(.+)\.(.+)$/.exec(service.functions[name].handler) ?? [];
      const there: Record<string, unknown> = file === "lambda" ? functions : workers;
      expect(typeof there[handler ?? ""], name).toBe("function");
    }
  });

  it("gives each function a role of its own", () => {
    const given = names.map((name) => service.functions[name].role);
    expect(new Set(given).size).toBe(names.length);
    for (const role of given) expect(roles[role].Type).toBe("AWS::IAM::Role");
  });

  it("grants no action by a wildcard", () => {
    const all = Object.keys(roles).flatMap((role) => [...actionsOf(role)]);
    expect(all.filter((action) => action.includes("*"))).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(["TickRole", "WorkRole"])("grants %s every call that its adapters make", (role) => {
    const granted = actionsOf(role);
    const needed = [...called].filter((action) => !elsewhere.test(action));
    expect(needed.filter((action) => !granted.has(action))).toEqual([]);
  });

  it("lets what everybody can call do nothing but log, and leave Slack's requests to work", () => {
    const log = ["logs:CreateLogStream", "logs:PutLogEvents"];
    expect([...actionsOf("SlackRole")]).toEqual([...log, "lambda:InvokeFunction"]);
    expect([...actionsOf("ApiRole")]).toEqual(log);
    const [, invoke] = statementsOf("SlackRole");
    const { PATCHBAY_WORK_FUNCTION: name } = service.functions.slack.environment;
    expect(service.functions.work.name).toBe(name);
    expect(JSON.stringify(invoke?.Resource)).toContain(`:function:${name}"`);
  });

  it("wakes nobody for what the loop itself writes down", () => {
    const streams = service.functions.work.events.flatMap(
      ({ stream }: { stream?: { filterPatterns: object[] } }) => stream ?? [],
    );
    expect(streams).toHaveLength(2);
    for (const stream of streams) {
      expect(stream.functionResponseType).toBe("ReportBatchItemFailures");
      expect(stream.destinations.onFailure.type).toBe("sqs");
      for (const pattern of stream.filterPatterns)
        expect(JSON.stringify(pattern)).toMatch(/"INSERT"\]\}$|accepted|"deeds"|#live/);
    }
  });

  it("is told of every event that the local world knows", () => {
    const told = service.functions.work.events.flatMap(
      ({ eventBridge }: { eventBridge?: { pattern: Record<string, string[]> } }) =>
        eventBridge?.pattern["detail-type"] ?? [],
    );
    expect(told.toSorted()).toEqual([...detailTypes].toSorted());
  });

  it("sets for each function what it cannot do without", () => {
    const lambdaItself = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    const setFor = (name: string) => ({
      ...Object.fromEntries(lambdaItself.map((each) => [each, "set"])),
      ...service.provider.environment,
      ...service.functions[name].environment,
    });
    const clock = { now: () => new Date(0) };
    expect(() => createHandOver(setFor("slack"), clock)).not.toThrow();
    expect(setFor("slack")).toHaveProperty("SLACK_SIGNING_SECRET");
    for (const name of ["work", "tick"]) {
      const needed = ["SLACK_BOT_TOKEN", "SLACK_CONVERSATION_ID", "MEDIACONNECT_FLOW_ARN"];
      expect(Object.keys(setFor(name))).toEqual(expect.arrayContaining(needed));
    }
    const identity = ["SLACK_BOT_ID", "SLACK_BOT_USER_ID", "SLACK_TEAM_ID"];
    expect(Object.keys(setFor("work"))).toEqual(expect.arrayContaining(identity));
  });

  it("calls work twice at most with a request of Slack, while it is fresh, and keeps what failed", () => {
    const { maximumRetryAttempts, maximumEventAge, destinations } = service.functions.work;
    expect({ maximumRetryAttempts, maximumEventAge }).toEqual({
      maximumRetryAttempts: 1,
      maximumEventAge: 300,
    });
    expect(destinations.onFailure.type).toBe("sqs");
  });

  it("hears of functions that answer with a status and never throw", () => {
    const metricOf = (name: string) => watch[name].Properties.MetricName;
    expect(["SlackErrors", "ApiErrors"].map(metricOf)).toEqual(["Url5xxCount", "Url5xxCount"]);
    expect(["WorkErrors", "TickErrors"].map(metricOf)).toEqual(["Errors", "Errors"]);
  });

  it("sets only variables that there are, and carries no secret", () => {
    const environments = [service.provider, ...Object.values(service.functions)].map(
      ({ environment = {} }: { environment?: object }) => environment,
    );
    const set = environments.flatMap((environment) => Object.entries(environment));
    expect(set.filter(([name]) => !variableNames.includes(name))).toEqual([]);
    const secrets = set.filter(([name]) => /TOKEN|SECRET/.test(name));
    expect(secrets.map(([, value]) => value.split(":").at(0))).toEqual(secrets.map(() => "${self"));
  });

  it("can be told everything that the daemon can, but for what has a reason", () => {
    const given = [service.provider, ...Object.values(service.functions)].flatMap(
      ({ environment = {} }: { environment?: object }) => Object.keys(environment),
    );
    const rest = variableNames.filter((name) => !given.includes(name));
    // Whoever leaves a channel out takes its line out too.
    const leftOut = /^(PRIMARY|YOUTUBE|TWITCH|LINKEDIN|CUSTOM)_CHANNEL_ID$/;
    const missing = rest.filter((name) => !leftOut.test(name));
    expect(missing.toSorted()).toEqual(Object.keys(notForFunctions).toSorted());
  });

  it("takes each setting from the variable of the same name, and the default where that is empty", () => {
    const settings = Object.entries<unknown>(service.provider.environment).filter(([, value]) =>
      String(value).startsWith("${env:"),
    );
    expect(settings.length).toBeGreaterThan(7);
    for (const [name, value] of settings) expect(value).toBe(`\${env:${name}, ''}`);
    const names = settings.map(([name]) => [name, ""]);
    expect(parseConfig(Object.fromEntries(names))).toEqual(parseConfig({}));
  });

  it.each(["TickRole", "WorkRole"])(
    "lets %s decrypt with one key, by SSM alone, if one is named",
    (role) => {
      const found = writtenOf(role).filter((each) => JSON.stringify(each).includes('"kms:'));
      const statement = {
        ...{ Effect: "Allow", Action: "kms:Decrypt", Resource: { Ref: "StreamKeyKmsKeyArn" } },
        Condition: {
          StringEquals: {
            "kms:ViaService": {
              "Fn::Sub": expect.stringMatching(/^ssm\.\$\{AWS::Region\}\.amazonaws\.com$/),
            },
          },
        },
      };
      expect(found).toEqual([{ "Fn::If": ["HasKmsKey", statement, { Ref: "AWS::NoValue" }] }]);
      expect(JSON.stringify(conditions.HasKmsKey)).toBe(
        '{"Fn::Not":[{"Fn::Equals":[{"Ref":"StreamKeyKmsKeyArn"},""]}]}',
      );
    },
  );

  it("takes silence for trouble only of the minute, which is to be called whatever happens", () => {
    type Alarm = {
      Type: string;
      Properties: { TreatMissingData: string; AlarmActions: unknown[] };
    };
    const alarms = Object.entries<Alarm>(watch).filter(
      ([, { Type }]) => Type === "AWS::CloudWatch::Alarm",
    );
    expect(alarms).toHaveLength(7);
    for (const [name, { Properties }] of alarms) {
      // Nobody types, nothing fails, no message lies there: that is how it should be. But tick is called each minute, or something is wrong.
      const expected = name === "TickSilent" ? "breaching" : "notBreaching";
      expect([name, Properties.TreatMissingData]).toEqual([name, expected]);
      expect(Properties.AlarmActions).toEqual([{ Ref: "Alarms" }]);
    }
  });

  it("rings when the minute has not been called for five", () => {
    expect(watch.TickSilent.Properties).toMatchObject({
      ...{ Namespace: "AWS/Lambda", MetricName: "Invocations", Statistic: "Sum" },
      ...{ ComparisonOperator: "LessThanThreshold", Threshold: 1 },
      ...{ Period: 300, EvaluationPeriods: 1 },
      Dimensions: [{ Name: "FunctionName", Value: { Ref: "TickLambdaFunction" } }],
    });
  });

  it("mails its alarms to whoever is named, and makes no subscription for nobody", () => {
    expect(watch.AlarmMail).toEqual({
      ...{ Type: "AWS::SNS::Subscription", Condition: "HasAlarmEmail" },
      Properties: {
        ...{ TopicArn: { Ref: "Alarms" }, Protocol: "email", Endpoint: { Ref: "AlarmEmail" } },
      },
    });
    expect(watching.HasAlarmEmail).toEqual({
      "Fn::Not": [{ "Fn::Equals": [{ Ref: "AlarmEmail" }, ""] }],
    });
    const { AllowedPattern: allowed } = asked.AlarmEmail;
    const words = ["", "video@example.com", "video", "a b@example.com"];
    expect(words.map((each) => new RegExp(allowed).test(each))).toEqual([true, true, false, false]);
  });

  it("hands on each parameter of its stack", () => {
    const given = service.provider.stackParameters as { ParameterKey: string }[];
    const wanted = [
      ...Object.keys(asked),
      ...Object.keys(yaml("infra/serverless/roles.yaml").Parameters),
    ];
    expect(given.map(({ ParameterKey }) => ParameterKey).toSorted()).toEqual(wanted.toSorted());
  });
});
