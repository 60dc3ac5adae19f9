import type { DynamoDb } from "../dynamodb.ts";
import type { Site } from "../service.ts";
import type { MadeResources } from "./made.ts";
import type { Stacks } from "./stacks.ts";

/** What the operations and deployments of CloudFormation work on. */
export type Engine = {
  site: Site;
  dynamoDb: Pick<DynamoDb, "call">;
  made: MadeResources;
  stacks: Stacks;
  /** Where this local AWS was last reached, for the addresses of queues. */
  origin: string;
  /** Takes a stack through the states that its status leads to; comes back at once. */
  start(stackId: string): void;
};

/** The world is closing; the next one goes on from what is saved. */
export class Closing extends Error {}

/** Waits until `done` says so, asking again whenever the world changes. */
export async function until(
  { site }: Pick<Engine, "site">,
  done: () => boolean | Promise<boolean>,
) {
  for (;;) {
    const next = nextChange(site);
    try {
      if (await done()) return;
      await next.promise;
    } finally {
      next.forget();
    }
    if (site.closing.aborted) throw new Closing();
  }
}

function nextChange({ world, closing }: Engine["site"]) {
  const heard = new AbortController();
  const hear = () => heard.abort();
  const forgetWorld = world.onChange(hear);
  closing.addEventListener("abort", hear, { signal: heard.signal });
  const promise = new Promise<void>((resolve) => {
    heard.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const forget = () => {
    forgetWorld();
    hear();
  };
  return { promise, forget };
}
