import type { Standing } from "../../../src/domain/role.ts";
import type { SiteView } from "../../../src/domain/view.ts";
import type { Crew, Ids, Log, LogFields, Notifier } from "../../../src/manager/ports.ts";

/** Names that count: `intent_1`, `intent_2` … whatever the kind. */
export function memoryIds(): Ids {
  let count = 0;
  return {
    next: (kind) => {
      count += 1;
      return `${kind}_${count}`;
    },
  };
}

export type LogLine = { level: "info" | "warn" | "error"; event: string; fields: LogFields };
export type MemoryLog = Log & { lines: LogLine[] };

/** A log that keeps its lines. */
export function memoryLog(): MemoryLog {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine["level"]) =>
    (event: string, fields: LogFields = {}) =>
      void lines.push({ level, event, fields });
  return { lines, info: at("info"), warn: at("warn"), error: at("error") };
}

export type MemoryNotifier = Notifier & {
  views: SiteView[];
  last(): SiteView | null;
};

/** Keeps every view that was shown. */
export function memoryNotifier(): MemoryNotifier {
  const views: SiteView[] = [];
  return {
    views,
    announce: () => undefined,
    show: (view) => void views.push(structuredClone(view)),
    last: () => views.at(-1) ?? null,
  };
}

export type MemoryCrew = Crew & { set(userId: string, standing: Standing): void };

/** Everybody is an operator who is here, unless it was said otherwise. */
export function memoryCrew(): MemoryCrew {
  const known = new Map<string, Standing>();
  return {
    set: (userId, standing) => void known.set(userId, standing),
    standing: async (userId) => known.get(userId) ?? { role: "operator", hasLeft: false },
  };
}
