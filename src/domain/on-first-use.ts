/**
 * Makes something when it is first asked for. Intl takes some 10 ms to make the first of its formats, and the first answer of
 * a function would wait for each that is made while it loads.
 */
export function onFirstUse<Made extends object>(make: () => Made): () => Made {
  let made: Made | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
