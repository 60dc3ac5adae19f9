/** A port whose methods all answer later, as those do that ask somebody else. */
type Asynchronous<Port> = { [Name in keyof Port]: (...args: never[]) => Promise<unknown> };

/** A port that is made when one of its methods is first called. */
export function lazily<Port extends Asynchronous<Port>>(open: () => Promise<Port>): Port {
  const nothing: Partial<Port> = {};
  return new Proxy(nothing, {
    // Whoever awaits the port itself must not take it for a promise.
    get: (_, name) =>
      name === "then"
        ? undefined
        : async (...args: unknown[]) => {
            const port = await open();
            return Reflect.apply(Reflect.get(port, name), port, args);
          },
  }) as Port;
}

/** Makes something once, and again only after a failure. */
export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let making: Promise<Made> | null = null;
  return async () => {
    making ??= make();
    try {
      return await making;
    } catch (error) {
      making = null;
      throw error;
    }
  };
}
