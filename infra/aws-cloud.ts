import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeFlowCommand } from "@aws-sdk/client-mediaconnect";
import { ListChannelsCommand } from "@aws-sdk/client-medialive";
import type { AwsClients } from "../src/aws/clients.ts";
import { everyPage } from "../src/aws/pages.ts";
import { askAws, isUnknownStack } from "./aws-errors.ts";
import { toChangeSet, toChannel, toEvent, toExport, toResource, toStack } from "./aws-shapes.ts";
import type { ChangeSetRequest, Cloud, StackEvent } from "./cloud.ts";

type Clients = Pick<AwsClients, "cloudFormation" | "mediaLive" | "mediaConnect">;

/** The deploy command's AWS: CloudFormation, and what MediaLive and MediaConnect say of what runs. */
export function awsCloud({ cloudFormation: stacks, ...media }: Clients): Cloud {
  const region = () => stacks.config.region();
  const asking =
    (service: string, namespace: string) =>
    <T>([doing, operation]: [doing: string, operation: string], send: () => Promise<T>) =>
      askAws({ doing, operation: `${namespace}:${operation}`, service, region }, send);
  const formation = asking("CloudFormation", "cloudformation");
  const live = asking("MediaLive", "medialive");
  const connect = asking("MediaConnect", "mediaconnect");

  return {
    region: () => formation(["find the region", "DescribeStacks"], region),
    stacks: () =>
      formation(["list the stacks", "DescribeStacks"], () =>
        everyPage(async (NextToken) => {
          const { Stacks = [], NextToken: next } = await stacks.send(
            new DescribeStacksCommand({ NextToken }),
          );
          return { items: Stacks.map(toStack), next };
        }),
      ),
    stack: (StackName) =>
      formation([`read the stack ${StackName}`, "DescribeStacks"], async () => {
        const { Stacks: [found] = [] } = await stacks
          .send(new DescribeStacksCommand({ StackName }))
          .catch(ifUnknown({ Stacks: [] }));
        return found === undefined ? null : toStack(found);
      }),
    resources: (StackName) =>
      formation([`list what is in ${StackName}`, "ListStackResources"], () =>
        everyPage(async (NextToken) => {
          const { StackResourceSummaries: found = [], NextToken: next } = await stacks.send(
            new ListStackResourcesCommand({ StackName, NextToken }),
          );
          return { items: found.map(toResource), next };
        }),
      ),
    template: (StackName) =>
      formation([`read the template of ${StackName}`, "GetTemplate"], async () => {
        const command = new GetTemplateCommand({ StackName, TemplateStage: "Original" });
        return (await stacks.send(command)).TemplateBody ?? "";
      }),
    exports: () =>
      formation(["list the exports", "ListExports"], () =>
        everyPage(async (NextToken) => {
          const { Exports = [], NextToken: next } = await stacks.send(
            new ListExportsCommand({ NextToken }),
          );
          return { items: Exports.map(toExport), next };
        }),
      ),
    importers: (ExportName) =>
      formation(["read who uses an export", "ListImports"], async () => {
        const command = new ListImportsCommand({ ExportName });
        const { Imports = [] } = await stacks.send(command).catch(ifNotImported);
        return Imports;
      }),
    events: (stack, isKnown) =>
      formation([`read what happens to ${stack}`, "DescribeStackEvents"], () =>
        newEvents(stacks, stack, isKnown),
      ),
    ...changeSets(stacks, formation),
    ...whatRuns(media, { live, connect }),
  };
}

type Ask = <T>(words: [doing: string, operation: string], send: () => Promise<T>) => Promise<T>;

function whatRuns(
  { mediaLive, mediaConnect }: Omit<Clients, "cloudFormation">,
  { live, connect }: { live: Ask; connect: Ask },
): Pick<Cloud, "channels" | "flowStatus"> {
  return {
    channels: () =>
      live(["list the channels", "ListChannels"], () =>
        everyPage(async (NextToken) => {
          const { Channels = [], NextToken: next } = await mediaLive.reads.send(
            new ListChannelsCommand({ MaxResults: 100, NextToken }),
          );
          return { items: Channels.map(toChannel), next };
        }),
      ),
    flowStatus: (FlowArn) =>
      connect(["read the flow", "DescribeFlow"], async () => {
        const answer = await mediaConnect.reads
          .send(new DescribeFlowCommand({ FlowArn }))
          .catch(ifNotFound);
        return answer?.Flow?.Status ?? null;
      }),
  };
}

function changeSets(client: Clients["cloudFormation"], formation: Ask) {
  return {
    createChangeSet: (request: ChangeSetRequest) =>
      formation([`plan ${request.stack}`, "CreateChangeSet"], async () => {
        const { Id = "", StackId = "" } = await client.send(toCommand(request));
        return { id: Id, stackId: StackId };
      }),
    changeSet: (ChangeSetName: string) =>
      formation(["read the plan", "DescribeChangeSet"], async () => {
        const pages = await everyPage(async (NextToken) => {
          const page = await client.send(
            new DescribeChangeSetCommand({ ChangeSetName, NextToken }),
          );
          return { items: [page], next: page.NextToken };
        });
        return toChangeSet(pages);
      }),
    hasChangeSets: (StackName: string) =>
      formation([`look for plans of ${StackName}`, "ListChangeSets"], async () => {
        const { Summaries = [] } = await client
          .send(new ListChangeSetsCommand({ StackName }))
          .catch(ifUnknown({ Summaries: [] }));
        return Summaries.length > 0;
      }),
    executeChangeSet: (ChangeSetName: string) =>
      formation(["deploy", "ExecuteChangeSet"], async () => {
        await client.send(new ExecuteChangeSetCommand({ ChangeSetName }));
      }),
    deleteChangeSet: (ChangeSetName: string) =>
      formation(["clear a plan away", "DeleteChangeSet"], async () => {
        await client.send(new DeleteChangeSetCommand({ ChangeSetName })).catch(ifUnknown(null));
      }),
    deleteStack: (StackName: string) =>
      formation([`remove ${StackName}`, "DeleteStack"], async () => {
        await client.send(new DeleteStackCommand({ StackName }));
      }),
  };
}

const toCommand = (request: ChangeSetRequest) =>
  new CreateChangeSetCommand({
    StackName: request.stack,
    ChangeSetName: request.name,
    ChangeSetType: request.kind === "create" ? "CREATE" : "UPDATE",
    TemplateBody: request.template,
    Capabilities: ["CAPABILITY_NAMED_IAM"],
    ...(request.importsExisting && { ImportExistingResources: true }),
    Parameters: request.parameters.map((parameter) =>
      "value" in parameter
        ? { ParameterKey: parameter.key, ParameterValue: parameter.value }
        : { ParameterKey: parameter.key, UsePreviousValue: true },
    ),
    Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })),
  });

/** The newest stand first: pages are read until one has an event that is known. */
async function newEvents(
  client: Clients["cloudFormation"],
  StackName: string,
  isKnown: (id: string) => boolean,
): Promise<StackEvent[]> {
  const found: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await client.send(new DescribeStackEventsCommand({ StackName, NextToken }));
    const events = (answer.StackEvents ?? []).map(toEvent);
    const fresh = events.filter(({ id }) => !isKnown(id));
    found.push(...fresh);
    NextToken = fresh.length < events.length ? undefined : answer.NextToken;
  } while (NextToken !== undefined);
  return found.reverse();
}

const ifUnknown =
  <T>(answer: T) =>
  (error: unknown): T => {
    if (isUnknownStack(error)) return answer;
    throw error;
  };

/** An export that nobody imports is a ValidationError too (ListImports). */
function ifNotImported(error: unknown): { Imports?: string[] } {
  if (error instanceof Error && error.name === "ValidationError") return {};
  throw error;
}

function ifNotFound(error: unknown): null {
  if (error instanceof Error && error.name === "NotFoundException") return null;
  throw error;
}
