import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OpsError } from "../src/errors.ts";
import type { Stack } from "./cloud.ts";
import { removeFailed } from "./deploy-stack.ts";
import type { Desk } from "./desk.ts";
import { failureLines, firstFailure } from "./failure.ts";
import { knownEvents } from "./progress.ts";
import { conditionOf } from "./stack-state.ts";
import { type Site, stackName } from "./stacks.ts";

/** The newest release of the open fork of the Serverless Framework that reads serverless.yml as it is. */
const framework = "osls@4.3.1";
const again = "npm run infra -- deploy --app tries again.";

/** What serverless.yml and its parts ask for beside their parameters. */
type Service = { exports: string[]; secretKeys: string[] };

/**
 * Builds the functions and deploys them with the Serverless Framework, which speaks for itself; what they need of the
 * stacks is handed on. Throws when something is missing, before anything is built, and when a program ends with an error.
 */
export async function deployApp(desk: Desk, stacks: readonly Stack[]): Promise<void> {
  const { cloud, options, say } = desk;
  const { project, environment } = options.site;
  requireRights(desk);
  const parameters = { project, ...handedOn(desk, stacks) };
  await requireExports(desk);
  const name = stackName(options.site, "app");
  say("Building the functions …");
  if ((await desk.launch("npm", ["run", "build"])) !== 0)
    throw new OpsError("internal", "The functions cannot be built; see above.", { hint: again });
  const before = await cloud.stack(name);
  if (conditionOf(before) === "failed") await removeFailed(desk, name);
  const known = before === null ? new Set<string>() : await knownEvents(desk, before.id);
  say(`Deploying ${name} …`);
  const code = await desk.launch("npx", [
    ...["--yes", framework, "deploy", "--stage", environment],
    // Without it an unchanged package is not deployed, and a changed secret is never read: CloudFormation does that when it deploys.
    ...["--region", await cloud.region(), "--force"],
    ...Object.entries(parameters).flatMap(([key, value]) => ["--param", `${key}=${value}`]),
  ]);
  if (code !== 0) throw await notDeployed(desk, name, known);
}

/** The functions take people's rights from here each time: without them a deployment would take away everybody's, and say nothing. */
function requireRights({ environment }: Desk): void {
  if (environment.PATCHBAY_OPERATORS || environment.PATCHBAY_ADMINS) return;
  throw new OpsError(
    "not-configured",
    "PATCHBAY_OPERATORS and PATCHBAY_ADMINS are both empty here, and the functions take them from here at each deployment: nobody could start or stop anything. The functions were not deployed.",
    {
      hint: "Say them as at the last deployment, then again: export PATCHBAY_OPERATORS=U0456EFGH PATCHBAY_ADMINS=U0123ABCD PATCHBAY_ZONE=Europe/London",
    },
  );
}

/** What has no export, because the tables may be older than patchbay; the environment's own words go first. */
function handedOn({ environment }: Desk, stacks: readonly Stack[]): Record<string, string> {
  const outputs = new Map(stacks.flatMap((stack) => Object.entries(stack.outputs)));
  const said = (variable: string, output: string): string | undefined =>
    environment[variable] || outputs.get(output);
  const destinationsTable = said("DESTINATIONS_TABLE", "DestinationsTableName");
  const sessionsTable = said("SESSIONS_TABLE", "SessionsTableName");
  const destinationsStream = said("DESTINATIONS_STREAM_ARN", "DestinationsTableStreamArn");
  if (destinationsStream === undefined) throw noStream(destinationsTable ?? "lunora-destinations");
  return {
    destinationsStream,
    ...(destinationsTable !== undefined && { destinationsTable }),
    ...(sessionsTable !== undefined && { sessionsTable }),
  };
}

const noStream = (table: string) =>
  new OpsError(
    "not-configured",
    `The functions hear of each wish by the stream of ${table}, and no stack made that table. The functions were not deployed.`,
    {
      hint: [
        `Give the table one: aws dynamodb update-table --table-name ${table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES`,
        "Then, with the LatestStreamArn of the answer: DESTINATIONS_STREAM_ARN=arn:aws:dynamodb:… npm run infra -- deploy --app",
      ].join("\n"),
    },
  );

async function requireExports({ cloud, options }: Desk): Promise<void> {
  const there = new Set((await cloud.exports()).map(({ name }) => name));
  const needed = (await readService()).exports.map((part) => stackName(options.site, part));
  const missing = needed.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new OpsError(
    "not-configured",
    `The functions need ${missing.join(", ")}, which no stack exports. The functions were not deployed.`,
    {
      hint: "Deploy the stack that does, without --skip and --only; or take the lines of a channel that you do not want out of serverless.yml.",
    },
  );
}

/** What a person has to put into Secrets Manager first, in one sentence. */
export async function secretWords(site: Site): Promise<string> {
  const { secretKeys } = await readService();
  return `The functions read the secret ${stackName(site, "slack")} of Secrets Manager, JSON with ${secretKeys.join(", ")} (docs/deployment.md, As functions).`;
}

async function notDeployed(
  { cloud, options }: Desk,
  name: string,
  known: ReadonlySet<string>,
): Promise<OpsError> {
  const stack = await cloud.stack(name);
  const events = stack === null ? [] : await cloud.events(stack.id, (id) => known.has(id));
  const failure = firstFailure(events);
  const said = "The functions were not deployed; the other stacks are in place.";
  if (failure !== null && /can.t find the specified secret/i.test(failure.reason))
    return new OpsError("not-configured", `${said} Their secret is not there.`, {
      hint: `${await secretWords(options.site)} Make it, then: npm run infra -- deploy --app`,
    });
  const lines = failure === null ? [`${said} See above.`] : [said, ...failureLines(failure)];
  return new OpsError("aws-refused", lines.join("\n"), { hint: again });
}

const parts = ["serverless.yml", "infra/serverless/roles.yaml", "infra/serverless/watch.yaml"];

async function readService(): Promise<Service> {
  const root = join(import.meta.dirname, "..");
  const texts = await Promise.all(parts.map((part) => readFile(join(root, part), "utf8")));
  const text = texts.join("\n");
  const all = (pattern: RegExp) => [
    ...new Set([...text.matchAll(pattern)].map(([, word = ""]) => word)),
  ];
  return {
    exports: all(/Fn::ImportValue: "?\$\{self:custom\.name\}-([a-z-]+)/g),
    secretKeys: all(/\$\{self:custom\.slack\}:(\w+)\}\}/g),
  };
}
