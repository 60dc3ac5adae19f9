import type { Session } from "../../../src/domain/session.ts";
import type { Sessions } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemorySessions = Sessions & { all(): Session[] };

/** The sessions table: frozen rows, so that a reader cannot change what is kept. */
export function memorySessions(outside: Outside): MemorySessions {
  const kept = new Map<string, Session>();
  return {
    open: (session) =>
      outside.pass("sessions.open", () => {
        if (!kept.has(session.id)) kept.set(session.id, frozen(session));
      }),
    amend: (id, change) =>
      outside.pass("sessions.amend", () => {
        const session = kept.get(id);
        if (session !== undefined) kept.set(id, frozen({ ...session, ...change }));
      }),
    find: (id) => outside.pass("sessions.find", () => kept.get(id) ?? null),
    list: (from, to) =>
      outside.pass("sessions.list", () =>
        [...kept.values()]
          .filter(({ startedAt, endedAt }) => startedAt < to && (endedAt ?? to) > from)
          .toSorted((left, right) => left.startedAt.getTime() - right.startedAt.getTime()),
      ),
    all: () => [...kept.values()],
  };
}

const frozen = (session: Session): Session => Object.freeze({ ...session });
