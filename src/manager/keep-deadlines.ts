import { asked, type DeadlineChanges, taken, type WantedDeadline } from "../domain/deadlines.ts";
import type { Deadline, SiteMemory } from "../domain/site.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

type Needs = Pick<Ports, "deadlines" | "siteMemory" | "clock" | "log">;

/** Keeps the deadlines in AWS; after a failure it waits a minute, and says in words what is wrong. */
export type DeadlineKeeper = {
  keep(changes: DeadlineChanges, memory: SiteMemory): Promise<void>;
  isPaused(now: Date): boolean;
  trouble(): string | null;
};

const pauseMs = 60_000;

export function createDeadlineKeeper(ports: Needs): DeadlineKeeper {
  let failed: { at: Date; words: string } | null = null;
  return {
    async keep(changes, memory) {
      try {
        await keepDeadlines(changes, memory, ports);
        failed = null;
      } catch (error) {
        if (!(error instanceof OpsError) || error.code === "conflict") throw error;
        const words = `The switch in AWS that ends a show without patchbay is not set: ${error.message}`;
        failed = { at: ports.clock.now(), words };
        throw error;
      }
    },
    isPaused: (now) => failed !== null && Math.abs(now.getTime() - failed.at.getTime()) < pauseMs,
    trouble: () => failed?.words ?? null,
  };
}

/**
 * Writes the deadlines to AWS. What is about to be written is remembered first, as not sure, so that a process with an old
 * memory writes nothing; whoever finds afterwards that the memory has moved on marks its channels as not sure, because
 * its own write may have come last. Throws the first failure of AWS when everything else is done.
 */
async function keepDeadlines(
  changes: DeadlineChanges,
  memory: SiteMemory,
  ports: Needs,
): Promise<void> {
  const planned = withChanges(memory, changes, ports.clock.now());
  await ports.siteMemory.write(planned);
  const failed = await sendAll(changes, ports);
  const sent = { ...planned, version: planned.version + 1 };
  const done = settled(sent, { ...changes, failed, now: ports.clock.now() });
  try {
    await ports.siteMemory.write(done);
  } catch (error) {
    if (!isOpsError(error, "conflict")) throw error;
    await doubt(changes, ports);
  }
  const [first] = failed.values();
  if (first !== undefined) throw first;
}

/** The new deadlines as not sure; those to be taken away stay until AWS has taken them. */
function withChanges(memory: SiteMemory, { set, clear }: DeadlineChanges, now: Date): SiteMemory {
  const touched = new Set([...set.map(({ channelId }) => channelId), ...clear]);
  const rest = memory.deadlines.filter(({ channelId }) => !touched.has(channelId));
  const clearing = memory.deadlines
    .filter(({ channelId }) => clear.includes(channelId))
    .map((each) => ({ ...each, sure: false }));
  const standing = ({ channelId }: WantedDeadline) =>
    memory.deadlines.find((each) => each.channelId === channelId);
  const setting = set.map((each) => asked(each, standing(each), now));
  return { ...memory, deadlines: [...rest, ...clearing, ...setting] };
}

async function sendAll({ set, clear }: DeadlineChanges, { deadlines, log }: Needs) {
  const failed = new Map<string, OpsError>();
  const attempt = async (channelId: string, call: () => Promise<void>) => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      log.warn("deadline-failed", { channelId, code: error.code });
      failed.set(channelId, error);
    }
  };
  await Promise.all([
    ...set.map(({ channelId, at }) => attempt(channelId, () => deadlines.set(channelId, at))),
    ...clear.map((channelId) => attempt(channelId, () => deadlines.clear(channelId))),
  ]);
  return failed;
}

type Sent = DeadlineChanges & { failed: ReadonlyMap<string, OpsError>; now: Date };

function settled(memory: SiteMemory, { set, clear, failed, now }: Sent): SiteMemory {
  const isCleared = (channelId: string) => clear.includes(channelId) && !failed.has(channelId);
  const isSet = (channelId: string) =>
    set.some((each) => each.channelId === channelId) && !failed.has(channelId);
  const deadlines = memory.deadlines
    .filter(({ channelId }) => !isCleared(channelId))
    .map((each) => (isSet(each.channelId) ? taken(each, now) : each));
  return { ...memory, deadlines };
}

/** Somebody else has written in between: their deadlines for these channels are written once more. */
async function doubt({ set, clear }: DeadlineChanges, { siteMemory, clock }: Needs): Promise<void> {
  const written = new Map(set.map(({ channelId, at }) => [channelId, at]));
  const touched = new Set([...written.keys(), ...clear]);
  const doubted = (each: Deadline) =>
    asked(each, { ...each, at: written.get(each.channelId) ?? each.at, sure: true }, clock.now());
  for (let attempt = 1; attempt <= 5; attempt++) {
    const memory = await siteMemory.read();
    const deadlines = memory.deadlines.map((each) =>
      touched.has(each.channelId) ? doubted(each) : each,
    );
    try {
      return await siteMemory.write({ ...memory, deadlines });
    } catch (error) {
      if (!isOpsError(error, "conflict")) throw error;
    }
  }
}
