import type { DynamoDb } from "../dynamodb.ts";
import { type QueryHandler, queryService } from "../rpc.ts";
import type { Service, Site } from "../service.ts";
import type { Engine } from "./engine.ts";
import { tellStack } from "./events.ts";
import type { MadeResources } from "./made.ts";
import { operations } from "./operations/index.ts";
import type { Operation } from "./operations/operation.ts";
import { isUnderWay, runPhases } from "./phases.ts";
import { parseRequest } from "./requests.ts";
import { openStacks, type Stack } from "./stacks.ts";
import { typeOf } from "./types/index.ts";

export type CloudFormation = {
  service: Service;
  /** Ends when what is under way has come to a point from which the next world goes on. */
  close(): Promise<void>;
};

export type CloudFormationOptions = {
  site: Site;
  dynamoDb: Pick<DynamoDb, "call">;
  made: MadeResources;
  /** Folder of what must survive a restart; null keeps everything in memory. */
  home: string | null;
};

/** Deploys templates into the services of this local AWS, and goes on with what a restart has cut off. */
export async function openCloudFormation(options: CloudFormationOptions): Promise<CloudFormation> {
  const { site, dynamoDb, made, home } = options;
  const stacks = await openStacks(home);
  const underWay = new Map<string, Promise<void>>();
  const engine: Engine = {
    ...{ site, dynamoDb, made, stacks, origin: "http://127.0.0.1" },
    start: (stackId) => {
      const stack = stacks.find(stackId);
      if (stack === undefined || underWay.has(stackId)) return;
      const run = runPhases(engine, stack).catch((error: unknown) => fail(engine, stack, error));
      underWay.set(
        stackId,
        run.finally(() => underWay.delete(stackId)),
      );
    },
  };
  for (const resource of made.list()) typeOf(resource.type)?.restore?.({ site }, resource);
  for (const stack of stacks.list()) if (isUnderWay(stack)) engine.start(stack.id);
  return {
    service: queryService(site, {
      scope: "cloudformation",
      namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
      operations: toHandlers(engine),
    }),
    close: async () => {
      await Promise.allSettled(underWay.values());
      await stacks.close();
    },
  };
}

/** A fault of our own must not leave a stack under way for ever. */
function fail(engine: Engine, stack: Stack, error: unknown) {
  const reason = error instanceof Error ? error.message : String(error);
  const status = stack.status.replace(/_IN_PROGRESS$/, "_FAILED");
  tellStack(engine, stack, { status, reason: `Internal Failure: ${reason}` });
}

const toHandlers = (engine: Engine): Record<string, QueryHandler> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, toHandler(engine, operation)]),
  );

const toHandler =
  (engine: Engine, operation: Operation): QueryHandler =>
  (_site, form, { origin }) => {
    engine.origin = origin;
    return operation(engine, parseRequest(form));
  };
