import { isPassing } from "../src/aws/errors.ts";
import { isOpsError, OpsError } from "../src/errors.ts";
import type { Stack, StackEvent } from "./cloud.ts";
import type { Builder } from "./desk.ts";
import { typeWords } from "./resource-words.ts";

/** How a stack's deployment or removal went. `stack` is as it is now. */
export type Followed = { stack: Stack; events: readonly StackEvent[] };

type Watcher = Pick<Builder, "cloud" | "clock" | "pollMs" | "ending" | "detail">;

/** Marks what has happened to a stack so far, so that only what comes after is followed. */
export async function knownEvents(
  { cloud }: Pick<Builder, "cloud">,
  stackId: string,
): Promise<Set<string>> {
  const events = await cloud.events(stackId, () => false);
  return new Set(events.map(({ id }) => id));
}

/**
 * Says one line for each resource that is done or has failed, until the stack has settled. While AWS is out of reach it
 * only waits, because CloudFormation goes on by itself; any other failure says so.
 */
export async function follow(
  watcher: Watcher,
  stackId: string,
  known: Set<string>,
): Promise<Followed> {
  const { clock, pollMs, ending } = watcher;
  const tell = teller(watcher, stackId);
  const events: StackEvent[] = [];
  for (;;) {
    const seen = await look(watcher, stackId, known);
    const { stack, fresh } = seen;
    for (const { id } of fresh) known.add(id);
    events.push(...fresh);
    tell(seen);
    if (stack !== null && hasSettled(stack, events)) return { stack, events };
    if (ending?.aborted) throw leftAlone(nameIn(stackId));
    await clock.sleep(pollMs, ending);
  }
}

/** The stack and what is new; or only why AWS cannot be asked for the moment. */
type Seen = { stack: Stack | null; fresh: readonly StackEvent[]; trouble: string | null };

async function look({ cloud }: Watcher, stackId: string, known: Set<string>): Promise<Seen> {
  try {
    const stack = await cloud.stack(stackId);
    const fresh = await cloud.events(stackId, (id) => known.has(id));
    if (stack !== null) return { stack, fresh, trouble: null };
  } catch (error) {
    if (!isOpsError(error)) throw error;
    if (isPassing(error)) return { stack: null, fresh: [], trouble: error.message };
    throw unwatchable(nameIn(stackId), error);
  }
  throw new OpsError("not-found", `The stack ${nameIn(stackId)} is gone.`);
}

/** Says what is new, and once that AWS is out of reach. */
function teller({ clock, detail }: Watcher, stackId: string): (seen: Seen) => void {
  const startedAt = clock.now().getTime();
  let wasBlind = false;
  return ({ fresh, trouble }) => {
    const after = elapsed(clock.now().getTime() - startedAt);
    const blind = trouble === null || wasBlind ? [] : [`${trouble} Still watching …`];
    wasBlind = trouble !== null;
    for (const line of [...blind, ...fresh.flatMap((event) => linesOf(event, stackId))])
      detail(`  ${after}  ${line}`);
  };
}

const hasSettled = (stack: Stack, events: readonly StackEvent[]): boolean =>
  !stack.status.endsWith("_IN_PROGRESS") && hasBegun(events, stack);

/** A stack that is asked to change shows for a moment that it has settled, from the time before. */
const hasBegun = (events: readonly StackEvent[], stack: Stack): boolean =>
  events.some(({ physicalId, status }) => physicalId === stack.id && status === stack.status);

const howItEnded = "npm run infra -- status shows how it ended.";

const leftAlone = (name: string) =>
  new OpsError("conflict", `Stopped watching; CloudFormation goes on with ${name} by itself.`, {
    hint: howItEnded,
  });

const unwatchable = (name: string, error: OpsError) => {
  const { code, message, hint, context, cause } = error;
  return new OpsError(code, `${message} CloudFormation goes on with ${name} by itself.`, {
    hint: [hint, howItEnded].filter(Boolean).join(" "),
    context,
    cause,
  });
};

const nameIn = (stackId: string): string => stackId.split("/")[1] ?? stackId;

const done: Record<string, string> = {
  CREATE_COMPLETE: "made",
  UPDATE_COMPLETE: "changed",
  DELETE_COMPLETE: "removed",
  DELETE_SKIPPED: "stays in the account",
  IMPORT_COMPLETE: "taken over with what is in it",
  CREATE_FAILED: "FAILED to be made",
  IMPORT_FAILED: "FAILED to be taken over",
  UPDATE_FAILED: "FAILED to change",
  DELETE_FAILED: "FAILED to be removed",
};

/** A line for a resource that has settled; none for what is under way and for the stack itself. */
function linesOf({ logicalId, physicalId, type, status, reason }: StackEvent, stackId: string) {
  const word = done[status];
  if (word === undefined || physicalId === stackId) return [];
  const why = status.endsWith("_FAILED") && reason !== null ? `: ${reason}` : "";
  return [`${logicalId} (${typeWords(type)}) ${word}${why}`];
}

/** "0:07", "12:40". */
const elapsed = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`.padStart(5);
};
