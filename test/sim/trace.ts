/** Everything that happened, as one hash, and the last of it in words. */
export type Trace = {
  /** `what` is a fixed word; `about` tells more. */
  add(at: number, what: string, about: string): void;
  count(): number;
  /** The same for the same course of events. */
  hash(): string;
  /** The latest lines, oldest first. */
  last(): string[];
};

const kept = 200;

export function createTrace(): Trace {
  const lines: { at: number; what: string; about: string }[] = [];
  let count = 0;
  let high = 0x811c9dc5;
  let low = 0x01000193;
  const mix = (word: string) => {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      high = Math.imul(high ^ code, 16_777_619);
      low = Math.imul(low ^ code, 2_246_822_519);
    }
  };
  return {
    add(at, what, about) {
      lines[count % kept] = { at, what, about };
      count += 1;
      high = Math.imul(high ^ at, 16_777_619);
      mix(what);
      mix(about);
    },
    count: () => count,
    hash: () => hex(high) + hex(low ^ count),
    last: () =>
      Array.from({ length: Math.min(kept, count) }, (_, index) => {
        const line = lines[(Math.max(0, count - kept) + index) % kept];
        return line === undefined
          ? ""
          : `${new Date(line.at).toISOString()} ${line.what} ${line.about}`;
      }),
  };
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");
