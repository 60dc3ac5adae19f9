import { isOpsError } from "../errors.ts";
import type { Clock, Ids, Log, Notes } from "../manager/ports.ts";

/** The right to write to Slack, which one process of a site has at a time. */
export type Turn = {
  /**
   * True when it is ours at this moment; asks for it otherwise. It is kept for a while after the last question, and then
   * given back. It never throws.
   */
  isOurs(): Promise<boolean>;
  /** Grows whenever others may have written since it was ours last. */
  epoch(): number;
  /** Gives it back, and asks no more. */
  end(): Promise<void>;
};

type Needs = { notes: Notes; clock: Clock; ids: Ids; log: Log };

/** The note that names who has the turn. */
const key = "turn#slack";
const renewMs = 1_000;
/** A process that was paused does not write before it has renewed. */
const freshMs = 2_000;
/** So many looks a second apart must find the same token before it is taken from a process that is gone. */
const patientLooks = 3;
/** Longer than a call to Slack may take, and than the figures of a live card stand still. */
const lingerMs = 12_000;

/**
 * The holder writes a new token each second; who waits watches by its own clock whether it still changes. No time is
 * stored, so that clocks need not agree (docs/decisions/0006-who-posts.md).
 */
export function createTurn({ notes, clock, ids, log }: Needs): Turn {
  const me = `${ids.next("bot")}/`;
  const ending = new AbortController();
  const watch = createWatch();
  let count = 0;
  let epoch = 0;
  let written: string | null = null;
  let renewedAt: number | null = null;
  let askedAt = 0;
  let looking: Promise<void> | null = null;
  let keeping: Promise<void> | null = null;

  const now = () => clock.now().getTime();
  const isOurToken = (token: string | null) => token?.startsWith(me) === true;

  /** A clock that went back tells nothing about how long ago something was. */
  function isFresh(): boolean {
    const age = renewedAt === null ? -1 : now() - renewedAt;
    return age >= 0 && age < freshMs;
  }

  async function take(): Promise<void> {
    const startedAt = now();
    renewedAt = null;
    const token = await notes.read(key);
    if (token !== null && !isOurToken(token) && !watch.isAbandoned(token)) return;
    count += 1;
    const next = `${me}${count}`;
    await notes.write(key, next, token);
    if (token === null || token !== written) epoch += 1;
    written = next;
    renewedAt = startedAt;
  }

  /** Whatever goes wrong, it is not ours then. */
  async function unlessItFails(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      renewedAt = null;
      if (!isOpsError(error, "conflict")) log.warn("turn-unknown", { reason: String(error) });
    }
  }

  /** One call at a time: who asks meanwhile waits for it. */
  async function look(): Promise<void> {
    looking ??= unlessItFails(take);
    await looking;
    looking = null;
  }

  async function giveBack(): Promise<void> {
    const token = await notes.read(key);
    if (isOurToken(token)) await notes.write(key, null, token);
  }

  async function keep(): Promise<void> {
    while (!ending.signal.aborted && Math.abs(now() - askedAt) < lingerMs) {
      await clock.sleep(renewMs, ending.signal);
      watch.tick();
      await look();
    }
    renewedAt = null;
    looking = unlessItFails(giveBack);
    await looking;
    looking = null;
    keeping = null;
  }

  return {
    async isOurs() {
      if (ending.signal.aborted) return false;
      askedAt = now();
      if (!isFresh()) await look();
      keeping ??= keep();
      return isFresh();
    },
    epoch: () => epoch,
    async end() {
      ending.abort();
      await keeping;
    },
  };
}

/** Watches a token by ticks of our own clock. */
function createWatch() {
  let ticks = 0;
  let watched = { token: "", since: 0 };
  return {
    tick: () => {
      ticks += 1;
    },
    isAbandoned: (token: string): boolean => {
      if (token !== watched.token) watched = { token, since: ticks };
      return ticks - watched.since >= patientLooks;
    },
  };
}
