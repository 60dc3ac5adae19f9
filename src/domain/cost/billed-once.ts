import type { Session } from "../session.ts";
import { type Interval, later } from "./interval.ts";
import { type BilledSession, billedInterval } from "./session-meter.ts";

/**
 * Sessions as they are billed: AWS bills a run of a channel once, however many destinations share it. It is the first one's
 * for as long as that is on, then the next one's; what began and ended meanwhile costs nothing.
 */
export function billedOnce(sessions: readonly Session[], now: Date): readonly BilledSession[] {
  const shares = new Map(runsOf(sessions, now).flatMap(sharesOf));
  return sessions.map((each) => shares.get(each) ?? each);
}

type Member = { session: Session; own: Interval };
type Run = { time: Interval; members: Member[] };

/** Each run of a channel, with the sessions that it served. */
function runsOf(sessions: readonly Session[], now: Date): Run[] {
  const latest = new Map<string, Run>();
  const runs: Run[] = [];
  for (const session of sessions.toSorted(byBeginning)) {
    const own = billedInterval(session, now);
    if (own === null) continue;
    const key = session.channelId ?? session.id;
    const last = latest.get(key);
    if (last !== undefined && own.from < last.time.to) {
      last.members.push({ session, own });
      last.time = { from: last.time.from, to: later(last.time.to, own.to) };
    } else {
      const run = { time: own, members: [{ session, own }] };
      latest.set(key, run);
      runs.push(run);
    }
  }
  return runs;
}

/** What each session of a run that several share is billed for; nothing to change for one of its own. */
function sharesOf({ time, members }: Run): [Session, BilledSession][] {
  if (members.length === 1) return [];
  let until = time.from;
  return members.map(({ session, own }) => {
    const billedFrom = until < own.to ? until : null;
    until = later(until, own.to);
    return [session, { ...session, billedFrom, run: time }];
  });
}

const byBeginning = (left: Session, right: Session): number =>
  Number(left.billedFrom) - Number(right.billedFrom) || left.id.localeCompare(right.id);
