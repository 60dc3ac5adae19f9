import { DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { awsCloud } from "../../infra/aws-cloud.ts";
import { commands } from "../../infra/commands/index.ts";
import type { Desk } from "../../infra/desk.ts";
import { parseOptions } from "../../infra/options.ts";
import { emptyWorld } from "../../local/aws/seed.ts";
import { createWorld } from "../../local/world.ts";
import { createAwsClients } from "../../src/aws/clients.ts";
import { systemClock } from "../../src/clock.ts";
import { listPrices } from "../../src/domain/cost/list-prices.ts";
import { createPriceTable } from "../../src/domain/cost/price-table.ts";
import { settled } from "../local/aws/cloudformation/deploying.ts";
import { aLocalAws, testNow } from "./aws-harness.ts";
import { clientOptions } from "./aws-stage.ts";

/** What a person would see and be asked at a desk in front of a local AWS. */
export type InfraStage = Awaited<ReturnType<typeof anInfraStage>>;

/** A local AWS in which nothing was ever made, and the deploy command in front of it. */
export async function anInfraStage() {
  let ticks = 0;
  const world = createWorld(emptyWorld(testNow), () => testNow + ticks++);
  const aws = await aLocalAws({ world });
  const clients = createAwsClients(clientOptions(aws.url));
  const cloud = awsCloud(clients);
  const said: string[] = [];
  const asked: string[] = [];
  /** What a person types, or does meanwhile and types then. */
  const answers: (string | (() => string | Promise<string>))[] = [];
  const ending = new AbortController();
  const launched: string[] = [];
  const programs: { run: Desk["launch"] } = { run: () => Promise.resolve(0) };
  const environment: Record<string, string> = {};
  const deskFor = (words: string): Desk => ({
    cloud,
    clock: systemClock,
    options: parseOptions(words.split(" ")),
    prices: createPriceTable({ prices: listPrices, region: "us-west-2", overrides: [] }),
    channelQuota: parseOptions(words.split(" ")).channelQuota ?? 5,
    say: (line) => void said.push(line),
    detail: (line) => void said.push(line),
    ask: (question) => {
      asked.push(question);
      const answer = answers.shift() ?? "";
      return Promise.resolve(typeof answer === "string" ? answer : answer());
    },
    environment,
    launch: (program, words) => {
      launched.push([program, ...words].join(" "));
      return programs.run(program, words);
    },
    pollMs: 5,
    ending: ending.signal,
  });
  return {
    ...{ aws, cloud, world, said, asked, answers, ending, deskFor },
    ...{ environment, launched, programs },
    [Symbol.asyncDispose]: async () => {
      clients.close();
      await aws[Symbol.asyncDispose]();
    },
  };
}

/** Who may send, as somebody would say it on the command line. */
export const allow = "--allowed-cidr 203.0.113.25/32";

/** Does what somebody types behind `npm run infra --`; gives what `--json` prints. */
export const run = async ({ deskFor }: InfraStage, words: string): Promise<unknown> => {
  const desk = deskFor(words);
  return commands[desk.options.verb](desk);
};

/** The stacks that stand, each with its status. */
export const stacksIn = async ({ aws }: InfraStage): Promise<string[]> => {
  const { Stacks = [] } = await aws.clients.cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName, StackStatus }) => `${StackName} ${StackStatus}`).toSorted();
};

async function stackOf({ aws }: InfraStage, StackName: string): Promise<Stack | undefined> {
  const command = new DescribeStacksCommand({ StackName });
  return (await aws.clients.cloudFormation.send(command)).Stacks?.[0];
}

/** What a stack hands on. */
export const outputsIn = async (stage: InfraStage, name: string) => {
  const { Outputs = [] } = (await stackOf(stage, name)) ?? {};
  return Object.fromEntries(Outputs.map((each) => [each.OutputKey, each.OutputValue]));
};

/** What a stack was given. */
export const parametersIn = async (stage: InfraStage, name: string) => {
  const { Parameters = [] } = (await stackOf(stage, name)) ?? {};
  return Object.fromEntries(Parameters.map((each) => [each.ParameterKey, each.ParameterValue]));
};

/** Somebody deploys a template by other means than this command, and waits for the end. */
export async function change({ aws, cloud }: InfraStage, stack: string, template: string) {
  const there = await cloud.stack(stack);
  const kind = there === null ? ("create" as const) : ("update" as const);
  const parameters = Object.keys(there?.parameters ?? {}).map((key) => ({
    key,
    usePrevious: true as const,
  }));
  const request = { stack, kind, name: "by-hand", template, parameters, tags: {} };
  const { id } = await cloud.createChangeSet({ ...request, importsExisting: false });
  await cloud.executeChangeSet(id);
  return settled(aws, stack);
}
