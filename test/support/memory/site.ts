import { Secret } from "../../../src/domain/secret.ts";
import { type Bindings, emptyMemory, type SiteMemory } from "../../../src/domain/site.ts";
import { OpsError } from "../../../src/errors.ts";
import type { BindingsSource, SiteMemoryStore, StreamKeys } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryStreamKeys = StreamKeys & {
  put(ref: string, value: string): void;
  remove(ref: string): void;
};

/** Stream keys below one prefix. */
export function memoryStreamKeys(
  outside: Outside,
  options: { prefix: string; keys?: Readonly<Record<string, string>> },
): MemoryStreamKeys {
  const keys = new Map(Object.entries(options.keys ?? {}));
  return {
    read: (ref) =>
      outside.pass("streamKeys.read", () => {
        if (!ref.startsWith(`${options.prefix}/`))
          throw new OpsError("not-allowed", "The parameter is outside the configured prefix.");
        const value = keys.get(ref);
        if (value === undefined) throw new OpsError("not-found", "There is no such parameter.");
        return new Secret(value);
      }),
    put: (ref, value) => void keys.set(ref, value),
    remove: (ref) => void keys.delete(ref),
  };
}

export type MemoryBindings = BindingsSource & {
  set(change: Partial<Bindings>): void;
  /** From now on every read says that this is missing. */
  miss(what: string): void;
};

/** The site's AWS resources, as configured. */
export function memoryBindings(outside: Outside, bindings: Bindings): MemoryBindings {
  let current = bindings;
  let missing: string | null = null;
  return {
    read: () =>
      outside.pass("bindings.read", () => {
        if (missing !== null) throw new OpsError("not-configured", `${missing} is missing.`);
        return current;
      }),
    set: (change) => {
      current = { ...current, ...change };
    },
    miss: (what) => {
      missing = what;
    },
  };
}

export type MemorySiteMemory = SiteMemoryStore & { current(): SiteMemory };

/** What patchbay remembers of the site. */
export function memorySiteMemory(outside: Outside): MemorySiteMemory {
  let current: SiteMemory = emptyMemory;
  return {
    read: () => outside.pass("siteMemory.read", () => current),
    write: (memory) =>
      outside.pass("siteMemory.write", () => {
        if (memory.version !== current.version)
          throw new OpsError("conflict", "Somebody else wrote the site's memory in between.");
        current = Object.freeze({ ...memory, version: memory.version + 1 });
      }),
    current: () => current,
  };
}
