/** One broken promise: the name of the invariant, when, and what was seen. */
export type Violation = { invariant: string; at: string; message: string };

export type Violations = {
  add(invariant: string, message: string): void;
  all(): readonly Violation[];
  /** Counts one check that held or did not. */
  check(holds: boolean, invariant: string, message: () => string): void;
  checks(): number;
};

/** Keeps what was violated; `onFirst` is called for the first of them. */
export function createViolations(now: () => number, onFirst: () => void): Violations {
  const all: Violation[] = [];
  let checks = 0;
  const add = (invariant: string, message: string) => {
    all.push({ invariant, at: new Date(now()).toISOString(), message });
    if (all.length === 1) onFirst();
  };
  return {
    add,
    all: () => all,
    check(holds, invariant, message) {
      checks += 1;
      if (!holds) add(invariant, message());
    },
    checks: () => checks,
  };
}
