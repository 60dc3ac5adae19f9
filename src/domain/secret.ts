const shown = "[secret]";
const inspected = Symbol.for("nodejs.util.inspect.custom");

/** A value that prints as `[secret]` wherever it is printed; only `reveal` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: call it only where it leaves for AWS or Slack. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspected](): string {
    return shown;
  }
}
