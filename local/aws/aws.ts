import type { World } from "../world.ts";
import { jsonError, xmlError } from "./answers.ts";
import { type AskedRecord, createAskedRecord } from "./asked.ts";
import { getCostAndUsage } from "./bill/cost-explorer.ts";
import { getProducts, priceListRegions } from "./bill/price-list.ts";
import { noteRuns } from "./bill/runs.ts";
import { isSeeded } from "./cloudformation/built-in.ts";
import { openCloudFormation } from "./cloudformation/cloudformation.ts";
import { type MadeResources, openMade } from "./cloudformation/made.ts";
import { openDynamoDb } from "./dynamodb.ts";
import { AwsError } from "./errors.ts";
import { createEventBus, type EventBus } from "./events/bus.ts";
import { detailTypes } from "./events/occurrences.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createFunctions, type Functions } from "./functions/functions.ts";
import { lambdaService } from "./functions/lambda.ts";
import { createLife, type Life } from "./life.ts";
import { mediaConnectGaps, mediaConnectRoutes } from "./mediaconnect/mediaconnect.ts";
import { mediaLiveGaps, mediaLiveRoutes } from "./medialive/medialive.ts";
import { meetFault } from "./meet-fault.ts";
import { getMetricData } from "./monitoring.ts";
import { openParameters } from "./parameters.ts";
import { restService } from "./rest.ts";
import { jsonService } from "./rpc.ts";
import { createFiring } from "./scheduler/firing.ts";
import { schedulerGaps, schedulerRoutes } from "./scheduler/scheduler.ts";
import { openSchedules, type Schedules } from "./scheduler/schedules.ts";
import { readScope, requireRegion } from "./scope.ts";
import { describeSecret, getSecretValue } from "./secrets.ts";
import { lunoraTables, seedTables } from "./seed-tables.ts";
import type { Guard, Quotas, Service, Site } from "./service.ts";
import { createQueues, type Queues } from "./sqs/queues.ts";
import { sqsOperations } from "./sqs/sqs.ts";
import { deleteParameter, getParameter, putParameter } from "./ssm.ts";

export type LocalAws = {
  /** Answers any AWS request; `cut` ends its connection without an answer, for the faults that need that. */
  fetch(request: Request, cut?: () => void): Promise<Response>;
  faults: Faults;
  life: Life;
  queues: Queues;
  schedules: Schedules;
  /** Changed in place when somebody raises a quota. */
  quotas: Quotas;
  events: Pick<EventBus, "recent">;
  /** What runs on this machine as on AWS Lambda, and is called as there. */
  functions: Functions;
  /** What has been asked so far, and by whom. */
  asked: AskedRecord["list"];
  /** What stacks made, roles and policies among it. */
  made: Pick<MadeResources, "list">;
  /** Operations by SigV4 scope, as routed. */
  operations: Record<string, readonly string[]>;
  /** What faults can meet: the operations, and the detail types of `events`. */
  faultable: Record<string, readonly string[]>;
  close(): Promise<void>;
};

export type LocalAwsOptions = {
  world: World;
  /** Folder of what must survive a restart; null keeps everything in memory. */
  home: string | null;
  /** How long STARTING, STOPPING and UPDATING take; 0 settles with the next timers. */
  stepMs: number;
  region: string;
  /** Port of the flow's SRT listener, as the flow and the stack tell it; 9998 if absent. */
  srtPort?: number;
  /** How many channels the region may have; 5 if absent, as in a new account (MediaLive quotas). */
  channelQuota?: number;
  /** False for an account in which the existing system never was: no tables of its; true if absent. */
  existingTables?: boolean;
};

/** The AWS of the local world behind one port: which service is meant is told by the SigV4 scope. */
export async function createLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { world, home, stepMs, region, srtPort = 9998 } = options;
  const { channelQuota = 5, existingTables = true } = options;
  const parameters = await openParameters(home);
  const schedules = await openSchedules(home);
  const made = await openMade(home);
  const dynamoDb = await openDynamoDb({ home, region, now: world.now });
  try {
    const ours = isSeeded(world) ? ["patchbay-ops"] : [];
    const tables = existingTables ? [...lunoraTables, ...ours] : ours;
    await seedTables({ dynamoDb, parameters, now: world.now() }, tables);
  } catch (error) {
    await dynamoDb.close();
    throw error;
  }
  const faults = createFaults();
  const life = createLife(world, { stepMs, faults });
  const closing = new AbortController();
  const site: Site = {
    ...{ world, life, parameters, region, srtPort },
    queues: createQueues(world),
    ...{ schedules, made, faults },
    quotas: { channels: channelQuota },
    openedAt: world.now(),
    closing: closing.signal,
  };
  const stopNoting = noteRuns(world);
  const firing = createFiring(site);
  const events = createEventBus(site, faults);
  const functions = createFunctions({ world, changes: dynamoDb.changes, events });
  const cloudFormation = await openCloudFormation({ site, dynamoDb, made, home });
  const lambda = lambdaService({ functions, region });
  const services = [...listServices(site), lambda, cloudFormation.service, dynamoDb.service];
  const operations = Object.fromEntries(services.map((each) => [each.scope, each.operations]));
  const record = createAskedRecord();
  const hall = { services, faults, record, region, closing: closing.signal };
  return {
    fetch: async (request, cut = () => undefined) => {
      try {
        return dated(world, await dispatch(hall, request, cut));
      } catch (error) {
        return dated(world, speaksXml(request) ? xmlError(error) : jsonError(error));
      }
    },
    faults,
    life,
    queues: site.queues,
    schedules,
    quotas: site.quotas,
    asked: record.list,
    made,
    ...{ events, functions },
    operations,
    faultable: { ...operations, events: detailTypes },
    close: async () => {
      closing.abort();
      await functions.close();
      firing.close();
      stopNoting();
      events.close();
      await cloudFormation.close();
      life.close();
      await made.close();
      await dynamoDb.close();
    },
  };
}

/** Every answer of AWS tells AWS's time, and here that is the world's. */
function dated(world: World, answer: Response): Response {
  // A new one: the headers of an answer that was passed on may not be changed.
  const headers = new Headers(answer.headers);
  headers.set("date", new Date(world.now()).toUTCString());
  return new Response(answer.body, { status: answer.status, headers });
}

type Hall = {
  services: Service[];
  faults: Faults;
  record: AskedRecord;
  region: string;
  closing: AbortSignal;
};

/** Finds the service a request is signed for, and lets a waiting fault meet the operation it asks for. */
function dispatch(hall: Hall, request: Request, cut: () => void) {
  const asked = readScope(request);
  const service = hall.services.find(({ scope }) => scope === asked.service);
  requireRegion(asked.region, service?.regions ?? [hall.region]);
  if (service === undefined) throw unknownService(asked.service);
  const gone = () => aborted(AbortSignal.any([request.signal, hall.closing]));
  const guard: Guard = (operation, effect, tables = []) => {
    const what = { by: asked.by, service: service.scope, operation };
    if (tables.length === 0) hall.record.note(what);
    for (const on of tables) hall.record.note({ ...what, on });
    const kind = hall.faults.takeRequest(service.scope, operation);
    return meetFault(kind, { service: service.scope, effect, cut, gone });
  };
  return service.fetch(request, guard);
}

function listServices(site: Site): Service[] {
  return [
    restService(site, { scope: "medialive", routes: mediaLiveRoutes, gaps: mediaLiveGaps }),
    restService(site, {
      scope: "mediaconnect",
      routes: mediaConnectRoutes,
      gaps: mediaConnectGaps,
    }),
    restService(site, { scope: "scheduler", routes: schedulerRoutes, gaps: schedulerGaps }),
    jsonService(site, {
      scope: "monitoring",
      version: "1.0",
      operations: { GetMetricData: getMetricData },
    }),
    jsonService(site, {
      scope: "ssm",
      version: "1.1",
      operations: {
        GetParameter: getParameter,
        PutParameter: putParameter,
        DeleteParameter: deleteParameter,
      },
    }),
    jsonService(site, {
      scope: "secretsmanager",
      version: "1.1",
      operations: { GetSecretValue: getSecretValue, DescribeSecret: describeSecret },
    }),
    jsonService(site, {
      scope: "ce",
      version: "1.1",
      // One for the whole partition: the SDK signs for us-east-1, or for its own region with an endpoint of ours.
      regions: ["us-east-1", site.region],
      operations: { GetCostAndUsage: getCostAndUsage },
    }),
    jsonService(site, {
      scope: "pricing",
      version: "1.1",
      regions: priceListRegions,
      operations: { GetProducts: getProducts },
    }),
    jsonService(site, { scope: "sqs", version: "1.0", operations: sqsOperations }),
  ];
}

const unknownService = (scope: string) =>
  new AwsError("UnknownOperationException", 400, {
    message: `the service ${scope} is not part of the local AWS yet`,
  });

/** Query services get their errors as XML even before the service is known. */
const speaksXml = (request: Request) =>
  request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
