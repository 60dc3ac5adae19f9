/** A piece of a sentence: plain words, a name, an instant (shown in the reader's zone), or something to type. */
export type Part = string | { strong: string } | { time: Date } | { code: string };

/** A sentence that each door renders in its own language; plain words are escaped there. */
export type Text = readonly Part[];

/** A button that carries a command line, so that a press is the same as typing it. */
export type Button = {
  label: string;
  command: string;
  style?: "primary" | "danger";
  /** Asked before the command is sent; its `title` and `yes` are short. */
  confirm?: { title: string; text: Text; yes: string };
  /** True when the answer around it is the question, so that no dialog asks it again. */
  asked?: true;
  /** The intents that it was drawn for (`Seen`): it does nothing to what has a newer one. */
  seen?: string | null;
};

type Value = Part | Date | number;

/** Writes a sentence: `text\`Starting ${strong(name)} until ${until}\``. */
export function text(words: TemplateStringsArray, ...values: readonly Value[]): Text {
  const parts = words.flatMap((word, index): Part[] => {
    const value = values[index];
    return value === undefined ? [word] : [word, toPart(value)];
  });
  return parts.filter((part) => part !== "");
}

export const strong = (name: string): Part => ({ strong: name });

/** "A, B and C". */
export const listed = (parts: readonly Part[]): Text =>
  parts.flatMap((part, index): Part[] => {
    if (index === 0) return [part];
    return [index === parts.length - 1 ? " and " : ", ", part];
  });

export const code = (typed: string): Part => ({ code: typed });

/** Words as they begin a sentence; patchbay's own name is never written otherwise. */
export const capitalised = (words: string): string =>
  /^patchbay\b/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);

function toPart(value: Value): Part {
  if (value instanceof Date) return { time: value };
  return typeof value === "number" ? String(value) : value;
}
