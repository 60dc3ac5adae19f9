import { max } from "date-fns/max";
import type { Session } from "../session.ts";
import { billedInterval } from "./session-meter.ts";

/**
 * Sessions as they are billed: AWS bills a channel once, however many destinations share it. It is the first one's for as
 * long as that runs, then the next one's; what began and ended meanwhile costs nothing.
 */
export function billedOnce(sessions: readonly Session[], now: Date): readonly Session[] {
  const billedUntil = new Map<string, Date>();
  const changed = new Map<Session, Session>();
  for (const session of sessions.toSorted(byBeginning)) {
    const run = billedInterval(session, now);
    if (run === null) continue;
    const key = session.channelId ?? session.id;
    const until = billedUntil.get(key) ?? run.from;
    const billedFrom = until < run.to ? until : null;
    if (until > run.from) changed.set(session, { ...session, billedFrom });
    billedUntil.set(key, max([until, run.to]));
  }
  return sessions.map((each) => changed.get(each) ?? each);
}

const byBeginning = (left: Session, right: Session): number =>
  Number(left.billedFrom) - Number(right.billedFrom) || left.id.localeCompare(right.id);
