import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { detailTypes } from "../../local/aws/events/occurrences.ts";
import { variableNames } from "../../src/config.ts";
import { createHandOver } from "../../src/lambda/hand-over.ts";
import * as functions from "../../src/lambda.ts";
import * as workers from "../../src/lambda-worker.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const yaml = (name: string) => parse(read(name), { merge: true });

const service = yaml("serverless.yml");
const { Resources: roles } = yaml("infra/serverless/roles.yaml");
const { Resources: watch } = yaml("infra/serverless/watch.yaml");
const names = Object.keys(service.functions);

type Statement = { Action: string | string[]; Resource: unknown };
const statementsOf = (role: string): Statement[] =>
  roles[role].Properties.Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) =>
      PolicyDocument.Statement,
  );
const actionsOf = (role: string) => new Set(statementsOf(role).flatMap(({ Action }) => Action));

/** What the adapters name as the operation of each of their calls. */
const called = new Set(
  readdirSync(join(root, "src/aws")).flatMap((name) =>
    [...read(`src/aws/${name}`).matchAll(/operation: "([a-z]+:[A-Za-z]+)"/g)].map(
      ([, action]) => action ?? "",
    ),
  ),
);

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

  it("never takes silence for trouble", () => {
    type Alarm = {
      Type: string;
      Properties: { TreatMissingData: string; AlarmActions: unknown[] };
    };
    const alarms = Object.values<Alarm>(watch).filter(
      ({ Type }) => Type === "AWS::CloudWatch::Alarm",
    );
    expect(alarms).toHaveLength(6);
    for (const { Properties } of alarms) {
      expect(Properties.TreatMissingData).toBe("notBreaching");
      expect(Properties.AlarmActions).toHaveLength(1);
    }
  });
});
